//! The start of a server: `initdb`, then `postgres`, each with an error that shows its log.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::ScratchError;
use super::run_as::RunAs;
use super::watchdog::Watchdog;

/// What the programs of one server have in common.
pub(super) struct Launch<'a> {
    pub(super) bindir: PathBuf,
    pub(super) major: u32,
    pub(super) run_as: RunAs,
    pub(super) watchdog: &'a Watchdog,
    pub(super) directory: &'a Path,
}

/// Nothing has to survive a crash of the machine, so nothing is flushed; the lock table fits schemas of many tables.
const SETTINGS: [&str; 16] = [
    "listen_addresses=",
    "port=5432",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_connections=100",
    "max_locks_per_transaction=512",
    "shared_buffers=64MB",
    "jit=off",
    "dynamic_shared_memory_type=mmap",
    "timezone=UTC",
    "log_line_prefix=",
    "logging_collector=off",
];

const INITDB_ARGUMENTS: [&str; 8] = [
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--no-sync",
    "--no-instructions",
    "-D",
    "data",
];

const PATIENCE: Duration = Duration::from_secs(60);

impl Launch<'_> {
    /// Makes the cluster.
    pub(super) fn initdb(&self) -> Result<(), ScratchError> {
        let mut initdb = self.command("initdb")?;
        let status = initdb.args(INITDB_ARGUMENTS).status().map_err(|source| self.not_run("initdb", source))?;
        if !status.success() {
            return Err(self.failure("initdb", ended(status)));
        }
        Ok(())
    }

    /// Starts the server and waits until it takes connections.
    pub(super) fn postgres(&self) -> Result<Child, ScratchError> {
        let mut postgres = self.command("postgres")?;
        postgres.arg("-D").arg(self.directory.join("data")).arg("-k").arg(self.directory);
        for setting in SETTINGS {
            postgres.arg("-c").arg(setting);
        }
        let mut postmaster = postgres.spawn().map_err(|source| self.not_run("postgres", source))?;
        let deadline = Instant::now() + PATIENCE;
        while !self.is_ready() {
            if let Ok(Some(status)) = postmaster.try_wait() {
                return Err(self.failure("postgres", ended(status)));
            }
            if Instant::now() > deadline {
                return Err(self.failure("postgres", format!("was not ready after {} s", PATIENCE.as_secs())));
            }
            thread::sleep(Duration::from_millis(2));
        }
        Ok(postmaster)
    }

    /// A command under the watch, in the server's directory, writing to its log, deaf to the caller's environment.
    fn command(&self, program: &str) -> Result<Command, ScratchError> {
        let log = self.log().map_err(|source| self.no_directory(source))?;
        let error_log = log.try_clone().map_err(|source| self.no_directory(source))?;
        let mut command = self.run_as.command(&self.bindir.join(program));
        self.watchdog.adopt(&mut command);
        command.current_dir(self.directory).stdin(Stdio::null()).stdout(log).stderr(error_log);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"PG")) {
            command.env_remove(name);
        }
        command.env("LC_ALL", "C").env("TZ", "UTC");
        Ok(command)
    }

    fn log(&self) -> io::Result<File> {
        File::options().create(true).append(true).open(self.directory.join("log"))
    }

    /// The eighth line of the pid file holds the state (PostgreSQL source, pidfile.h).
    fn is_ready(&self) -> bool {
        let pid_file = fs::read_to_string(self.directory.join("data/postmaster.pid")).unwrap_or_default();
        pid_file.lines().nth(7).is_some_and(|state| state.trim_end() == "ready")
    }

    fn not_run(&self, program: &str, source: io::Error) -> ScratchError {
        ScratchError::Run { program: self.bindir.join(program).display().to_string(), source }
    }

    fn no_directory(&self, source: io::Error) -> ScratchError {
        ScratchError::Directory { base: self.base(), source }
    }

    fn failure(&self, program: &'static str, outcome: String) -> ScratchError {
        let log = fs::read(self.directory.join("log")).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().collect();
        let tail = lines[lines.len().saturating_sub(20)..].join("\n");
        // The random name would make every message a different one.
        let log = tail.replace(&self.directory.display().to_string(), "SCRATCH");
        ScratchError::Start { program, major: self.major, outcome, base: self.base(), log }
    }

    fn base(&self) -> PathBuf {
        self.directory.parent().unwrap_or(self.directory).to_owned()
    }
}

fn ended(status: ExitStatus) -> String {
    format!("ended with {status}")
}
