//! Throw-away PostgreSQL servers: found on this machine, started in a temporary directory, gone afterwards.
//!
//! [`Binaries`] says which server, [`Server`] is one running, [`Database`] is one database on it.
//! Nothing is ever downloaded, no TCP port is opened, and nothing stays behind, not even after SIGKILL.

mod binaries;
mod database;
mod launch;
mod links;
mod run_as;
pub mod script;
mod search;
mod server;
mod watchdog;

use std::io;
use std::path::PathBuf;

pub use binaries::{BIN_VARIABLE, Binaries, INSTALL_COMMAND};
pub use database::Database;
pub use server::Server;

/// Why there is no server or no database.
#[derive(Debug, thiserror::Error)]
pub enum ScratchError {
    /// No folder that was searched holds a server of the wanted major.
    #[error(
        "no PostgreSQL server{} found{}; install the servers with `{INSTALL_COMMAND}`, or set {BIN_VARIABLE} to a folder that holds initdb and postgres",
        wanted.map(|major| format!(" of major {major}")).unwrap_or_default(),
        in_brackets(passed_over)
    )]
    Missing {
        /// The major that was asked for, if one was.
        wanted: Option<u32>,
        /// What was found but does not serve, one sentence each.
        passed_over: Vec<String>,
    },
    /// A folder was given or found, but the server in it can't be run.
    #[error("the PostgreSQL server in {} can't be used: {reason}", bindir.display())]
    Unusable {
        /// The folder with the binaries.
        bindir: PathBuf,
        /// What went wrong when it was tried.
        reason: String,
    },
    /// The directory of the server could not be made.
    #[error("can't make the scratch directory of a server in {}: {source}; make it writable or free some space", base.display())]
    Directory {
        /// Where the directory should have been.
        base: PathBuf,
        /// The refusal of the operating system.
        source: io::Error,
    },
    /// A program of the server could not be run at all.
    #[error("can't run {program}: {source}")]
    Run {
        /// The program.
        program: String,
        /// The refusal of the operating system.
        source: io::Error,
    },
    /// `initdb` or `postgres` ended or did not get ready.
    #[error("{program} of PostgreSQL {major} {outcome} in {}; the end of its log:\n{log}", base.display())]
    Start {
        /// `initdb` or `postgres`.
        program: &'static str,
        /// The major of the server.
        major: u32,
        /// What happened to it.
        outcome: String,
        /// Where the directory of the server was.
        base: PathBuf,
        /// The last lines that it wrote.
        log: String,
    },
    /// The server refused a statement of a text.
    #[error("{name}:{line}: PostgreSQL refuses: {}", database::reason(source))]
    Script {
        /// Which text: its file.
        name: String,
        /// The line of the statement, from 1.
        line: usize,
        /// The answer of the server.
        source: postgres::Error,
    },
    /// The server runs, but refused what was asked of it.
    #[error("the scratch server can't {action}: {}", database::reason(source))]
    Database {
        /// What was asked.
        action: String,
        /// The answer of the server.
        source: postgres::Error,
    },
}

fn in_brackets(sentences: &[String]) -> String {
    if sentences.is_empty() {
        return String::new();
    }
    format!(" ({})", sentences.join("; "))
}
