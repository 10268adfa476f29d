//! The program, as tests run it, and what it answers.

#![allow(dead_code, reason = "no test needs all of it")]

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread;

use codegen::scratch::{BIN_VARIABLE, Binaries};

/// What the program said and what it ended with.
#[derive(Debug)]
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// This repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The newest server.
pub fn binaries() -> &'static Binaries {
    static NEWEST: OnceLock<Binaries> = OnceLock::new();
    NEWEST.get_or_init(|| Binaries::find(None, &root()).unwrap_or_else(|error| panic!("{error}")))
}

/// The program, deaf to the surroundings of the test.
pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_codegen"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"PG")) {
        command.env_remove(name);
    }
    command.args(arguments).env_remove("GITHUB_ACTIONS");
    command
}

/// The same with servers to start, as somebody has it who did not come by cargo.
pub fn installed(arguments: &[&str]) -> Command {
    let mut command = program(arguments);
    command.env_remove("CARGO_PKG_NAME").env(BIN_VARIABLE, &binaries().bindir);
    command
}

/// Starts it and goes on.
pub fn started(mut command: Command) -> Child {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Waits for it.
pub fn ended(mut child: Child) -> Answer {
    let mut err = child.stderr.take().unwrap();
    let reading = thread::spawn(move || {
        let mut text = String::new();
        err.read_to_string(&mut text).unwrap();
        text
    });
    let mut out = String::new();
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    let code = child.wait().unwrap().code().unwrap_or(-1);
    Answer { code, out, err: reading.join().unwrap() }
}

impl Answer {
    #[track_caller]
    pub fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        self
    }

    /// On standard output.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.out.contains(text), "{text:?} is expected in:\n{}\n{}", self.out, self.err);
        self
    }

    /// On standard error.
    #[track_caller]
    pub fn complains(self, text: &str) -> Self {
        assert!(self.err.contains(text), "{text:?} is expected in:\n{}\n{}", self.err, self.out);
        self
    }

    /// On either.
    #[track_caller]
    pub fn tells(self, text: &str) -> Self {
        let is_told = self.out.contains(text) || self.err.contains(text);
        assert!(is_told, "{text:?} is expected in:\n{}\n{}", self.out, self.err);
        self
    }
}
