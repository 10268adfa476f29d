//! Servers that listen on TCP and encrypt: started on a copy of a scratch server's cluster, beside it.
//!
//! The scratch server lends its account, its programs and its watchdog, whose process group the second server joins.

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use codegen::connect::{Environment, Target, connect};
use codegen::scratch::{Binaries, Server};
use postgres::Client;
use rustix::process::{Pid, Signal, getpgid, kill_process};

use super::environment;

/// A server on a copy of a cluster. It ends when it is dropped, or with its scratch server.
pub struct Listening {
    postmaster: Child,
    pub directory: PathBuf,
    pub port: u16,
    settings: Vec<String>,
}

/// The server whose cluster is copied: nobody writes to it, so a copy is whole.
pub fn scratch() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::start(binaries()).unwrap_or_else(|error| panic!("{error}")))
}

fn binaries() -> &'static Binaries {
    static NEWEST: OnceLock<Binaries> = OnceLock::new();
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    NEWEST.get_or_init(|| Binaries::find(None, root).unwrap_or_else(|error| panic!("{error}")))
}

impl Listening {
    /// Starts a server on a copy of a cluster, with these files added to its data and these settings.
    pub fn start(name: &str, cluster: &Path, files: &[(&str, &str)], settings: &[&str]) -> Self {
        let directory = scratch().directory().join(name);
        copy(cluster, &directory);
        for (file, text) in files {
            fs::write(directory.join(file), text).unwrap();
            give(&directory.join(file));
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let settings: Vec<String> = settings.iter().map(|it| (*it).to_owned()).collect();
        let postmaster = postgres(&directory, port, &settings);
        let mut listening = Self { postmaster, directory, port, settings };
        listening.wait();
        listening
    }

    /// Kills the server at once, as SIGKILL or the end of memory does, and starts it again on what it left.
    #[allow(dead_code, reason = "only some tests have their server crash")]
    pub fn crash_and_restart(&mut self) {
        self.postmaster.kill().unwrap();
        self.postmaster.wait().unwrap();
        // It refuses to start while a process of the killed one is still there.
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            self.postmaster = postgres(&self.directory, self.port, &self.settings);
            thread::sleep(Duration::from_millis(300));
            if self.postmaster.try_wait().unwrap().is_none() {
                return self.wait();
            }
            assert!(Instant::now() < deadline, "the server does not start again");
        }
    }

    /// A connection string with host, address and port of the server.
    pub fn address(&self, host: &str, rest: &str) -> String {
        format!("host={host} hostaddr=127.0.0.1 port={} dbname=postgres {rest}", self.port)
    }

    /// A connection as superuser, through the socket.
    pub fn superuser(&self) -> Client {
        let folder = self.directory.display();
        connect_to(&format!("host={folder} port={} user=postgres dbname=postgres", self.port))
    }

    fn wait(&mut self) {
        let deadline = Instant::now() + Duration::from_secs(60);
        let pid_file = self.directory.join("postmaster.pid");
        let is_ready = || fs::read_to_string(&pid_file).is_ok_and(|text| text.contains("ready"));
        while !is_ready() {
            let log = || fs::read_to_string(self.directory.join("log")).unwrap_or_default();
            assert!(self.postmaster.try_wait().unwrap().is_none(), "the server ended: {}", log());
            assert!(Instant::now() < deadline, "the server is not ready: {}", log());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Ends the server as a crash would.
    pub fn kill(&mut self) {
        let pid = Pid::from_raw(self.postmaster.id().cast_signed()).unwrap();
        let _ = kill_process(pid, Signal::QUIT);
        self.postmaster.wait().unwrap();
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.kill();
    }
}

pub fn connect_to(text: &str) -> Client {
    connect_in(text, &environment(&[]))
}

pub fn connect_in(text: &str, environment: &Environment) -> Client {
    connect(&Target::parse(text, environment).unwrap()).unwrap_or_else(|error| panic!("{error}"))
}

/// Why there is no connection.
pub fn refusal(text: &str) -> String {
    match connect(&Target::parse(text, &environment(&[])).unwrap()) {
        Ok(_) => panic!("{text} was let in"),
        Err(error) => error.to_string(),
    }
}

/// The data of the scratch server.
pub fn cluster() -> PathBuf {
    scratch().directory().join("data")
}

/// A connection string for the scratch server.
pub fn address(rest: &str) -> String {
    format!("host={} user=postgres dbname=postgres {rest}", scratch().directory().display())
}

fn copy(cluster: &Path, directory: &Path) {
    let status = Command::new("cp").arg("-a").arg(cluster).arg(directory).status().unwrap();
    assert!(status.success(), "{} can't be copied", cluster.display());
    fs::remove_file(directory.join("postmaster.pid")).unwrap();
}

/// Gives a file to the account of the server, and to nobody else.
fn give(file: &Path) {
    let owner = fs::metadata(scratch().directory()).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
    chown(file, Some(owner.uid()), Some(owner.gid())).unwrap();
}

fn postgres(directory: &Path, port: u16, settings: &[String]) -> Child {
    let copied = scratch().directory().join("native/bin");
    let bindir = if copied.exists() { copied } else { binaries().bindir.clone() };
    let owner = fs::metadata(scratch().directory()).unwrap();
    let log = File::create(directory.join("log")).unwrap();
    let mut command = Command::new(bindir.join("postgres"));
    command.arg("-D").arg(directory).arg("-k").arg(directory).arg("-p").arg(port.to_string());
    for setting in ["listen_addresses=127.0.0.1", "fsync=off", "shared_buffers=16MB"] {
        command.arg("-c").arg(setting);
    }
    for setting in settings {
        command.arg("-c").arg(setting);
    }
    if rustix::process::geteuid().is_root() {
        command.uid(owner.uid()).gid(owner.gid());
    }
    command.current_dir(directory).env("LC_ALL", "C").process_group(watchdogs_group());
    command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap()
}

/// The process group that ends with the scratch server.
fn watchdogs_group() -> i32 {
    let pid_file = fs::read_to_string(scratch().directory().join("data/postmaster.pid")).unwrap();
    let postmaster = pid_file.lines().next().unwrap().parse().unwrap();
    getpgid(Pid::from_raw(postmaster)).unwrap().as_raw_nonzero().get()
}
