//! Nothing of a server stays behind when its owner is killed, whenever that happens.

#![cfg(feature = "database")]

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use codegen::scratch::{Binaries, Server};
use tempfile::TempDir;

/// Set in the environment of a copy of this program: the folder in which it is to hold a server until it is killed.
const HOLD: &str = "SCRATCH_TEST_HOLD";

#[test]
fn nothing_survives_sigkill() {
    if let Some(base) = env::var_os(HOLD) {
        hold(Path::new(&base));
    }
    let base = base();
    let mut holder = start_holder(&base);
    wait_for_ready(&mut holder);
    assert_eq!(fs::read_dir(base.path()).unwrap().count(), 1);
    holder.kill().unwrap();
    holder.wait().unwrap();
    assert_nothing_left(&base);
}

/// The programs of a start are different ones after each of these times, in milliseconds.
#[test]
fn nothing_survives_sigkill_during_the_start() {
    for delay in [30, 100, 250, 400, 450] {
        let base = base();
        let mut holder = start_holder(&base);
        thread::sleep(Duration::from_millis(delay));
        holder.kill().unwrap();
        holder.wait().unwrap();
        assert_nothing_left(&base);
    }
}

/// A copy of this program that starts a server in the folder and waits to be killed.
fn start_holder(base: &TempDir) -> Child {
    let mut holder = Command::new(env::current_exe().unwrap());
    holder.args(["--exact", "nothing_survives_sigkill", "--nocapture"]).env(HOLD, base.path());
    holder.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn hold(base: &Path) -> ! {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let server = Binaries::find(None, root).and_then(|binaries| Server::start_in(&binaries, base));
    let _server = server.unwrap_or_else(|error| panic!("{error}"));
    println!("\nready");
    thread::sleep(Duration::from_secs(60));
    panic!("nobody killed the holder of the server");
}

fn wait_for_ready(holder: &mut Child) {
    let mut lines = BufReader::new(holder.stdout.as_mut().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap() == "ready"), "the holder started no server");
}

fn assert_nothing_left(base: &TempDir) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while fs::read_dir(base.path()).unwrap().next().is_some() || runs_something_in(base.path()) {
        assert!(Instant::now() < deadline, "still there: {:?}", fs::read_dir(base.path()).unwrap().next());
        thread::sleep(Duration::from_millis(20));
    }
}

/// Whether a process works in the folder, as all programs of a server do; where there is no /proc, whether one names it.
fn runs_something_in(base: &Path) -> bool {
    match fs::read_dir("/proc") {
        Ok(processes) => processes
            .filter_map(|process| fs::read_link(process.unwrap().path().join("cwd")).ok())
            .any(|folder| folder.starts_with(base)),
        Err(_) => {
            let list = Command::new("ps").args(["-axww", "-o", "command"]).output().unwrap();
            String::from_utf8_lossy(&list.stdout).contains(base.to_str().unwrap())
        }
    }
}

/// A folder for servers that the account they run as can enter; short, since a socket lies in it.
fn base() -> TempDir {
    let base = TempDir::new_in("/tmp").unwrap();
    fs::set_permissions(base.path(), fs::Permissions::from_mode(0o755)).unwrap();
    base
}
