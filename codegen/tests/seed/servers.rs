//! The servers that the tests run on.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use codegen::scratch::{Binaries, Server};

/// Names the majors to test on, as in `14,18`; without it the oldest that is common and the newest.
const MAJORS: &str = "TABLEWRIGHT_PG_MAJORS";
const SETUP: &str = "tools/setup installs the servers";

/// One running server of each major.
pub fn servers() -> &'static [Server] {
    static SERVERS: OnceLock<Vec<Server>> = OnceLock::new();
    SERVERS.get_or_init(|| majors().into_iter().map(start).collect())
}

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn start(major: u32) -> Server {
    let binaries = Binaries::find(Some(major), &root()).unwrap_or_else(|error| panic!("{error}; {SETUP}"));
    Server::start(&binaries).unwrap()
}

fn majors() -> Vec<u32> {
    let Ok(list) = env::var(MAJORS) else { return vec![15, newest()] };
    let major = |text: &str| text.trim().parse().unwrap_or_else(|_| panic!("{MAJORS} names no major: {text:?}"));
    list.split(',').map(major).collect()
}

fn newest() -> u32 {
    let newest = Binaries::all(&root()).last().map(|binaries| binaries.major);
    newest.filter(|major| *major > 15).unwrap_or_else(|| panic!("there is no server newer than 15; {SETUP}"))
}
