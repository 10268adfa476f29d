//! One running throw-away server.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::database::{self, Database};
use super::run_as::RunAs;
use super::watchdog::Watchdog;
use super::{Binaries, ScratchError};

/// A throw-away server: a fresh cluster behind a Unix socket, without TCP, durability or passwords.
///
/// Dropping it ends the server and removes its directory. In a static, which Rust never drops, that happens when
/// the process ends, in whatever way. Many threads may use one server.
#[derive(Debug)]
pub struct Server {
    watchdog: Watchdog,
    postmaster: Child,
    directory: PathBuf,
    version: u32,
}

/// Nothing must survive a crash of the machine, so nothing is flushed; the lock table fits schemas of many tables.
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

/// A cluster and some dozens of databases; Docker gives /dev/shm 64 MB unless told otherwise, which is too little.
const ROOM: u64 = 1 << 30;

const PATIENCE: Duration = Duration::from_secs(60);

impl Server {
    /// Starts a server in memory (`/dev/shm`) where that is writable and has room, else in `/tmp`.
    ///
    /// # Errors
    /// See [`Server::start_in`].
    pub fn start(binaries: &Binaries) -> Result<Self, ScratchError> {
        let memory = Path::new("/dev/shm");
        match Self::start_in(
            binaries,
            if has_room(memory) {
                memory
            } else {
                Path::new("/tmp")
            },
        ) {
            Err(ScratchError::Directory { base, .. }) if base == memory => {
                Self::start_in(binaries, Path::new("/tmp"))
            }
            result => result,
        }
    }

    /// Starts a server in a new directory under `base`, whose path must be short: a socket's has 107 bytes.
    ///
    /// # Errors
    /// When the directory can't be made, the binaries can't be run, or the server does not get ready; then with the
    /// end of its log.
    pub fn start_in(binaries: &Binaries, base: &Path) -> Result<Self, ScratchError> {
        let run_as = RunAs::choose(binaries)?;
        let directory = make_directory(base, run_as).map_err(|source| ScratchError::Directory {
            base: base.to_owned(),
            source,
        })?;
        let watchdog = Watchdog::start(&directory).map_err(|source| {
            // Nobody else knows of the directory yet, and it is empty.
            let _ = fs::remove_dir(&directory);
            ScratchError::Run {
                program: "/bin/sh".to_owned(),
                source,
            }
        })?;
        let launch = Launch {
            binaries,
            run_as,
            watchdog: &watchdog,
            directory: &directory,
        };
        launch.initdb()?;
        let postmaster = launch.postgres()?;
        Ok(Self {
            watchdog,
            postmaster,
            directory,
            version: binaries.major,
        })
    }

    /// How to connect to the server's own database `postgres` as its superuser.
    pub fn config(&self) -> postgres::Config {
        database::config(&self.directory, "postgres")
    }

    /// The major of the server.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Where the server keeps its data, its socket and its log.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// A new empty database.
    ///
    /// # Errors
    /// When the server refuses, say because its disk is full.
    pub fn database(&self) -> Result<Database, ScratchError> {
        Database::create(&self.directory, self.version, "template1")
    }

    /// A new database with all that another one holds. Nobody may be connected to that one meanwhile.
    ///
    /// # Errors
    /// When the server refuses, say because somebody is connected to the template.
    pub fn database_like(&self, template: &Database) -> Result<Database, ScratchError> {
        Database::create(&self.directory, self.version, template.name())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.watchdog.end();
        // The watchdog has killed it; waiting only takes it off the list of processes.
        let _ = self.postmaster.wait();
    }
}

fn has_room(base: &Path) -> bool {
    rustix::fs::statvfs(base).is_ok_and(|disk| disk.f_bavail.saturating_mul(disk.f_frsize) >= ROOM)
}

fn make_directory(base: &Path, run_as: RunAs) -> io::Result<PathBuf> {
    let directory = tempfile::Builder::new()
        .prefix("tablewright-")
        .tempdir_in(base)?;
    if let Some(owner) = run_as.owner() {
        chown(directory.path(), Some(owner.uid), Some(owner.gid))?;
    }
    // From here on the watchdog removes it.
    Ok(directory.keep())
}

/// What the programs of one server have in common.
struct Launch<'a> {
    binaries: &'a Binaries,
    run_as: RunAs,
    watchdog: &'a Watchdog,
    directory: &'a Path,
}

impl Launch<'_> {
    fn initdb(&self) -> Result<(), ScratchError> {
        let mut initdb = self.command("initdb")?;
        let status = initdb
            .args(INITDB_ARGUMENTS)
            .status()
            .map_err(|source| self.not_run("initdb", source))?;
        if !status.success() {
            return Err(self.failure("initdb", ended(status)));
        }
        Ok(())
    }

    fn postgres(&self) -> Result<Child, ScratchError> {
        let mut postgres = self.command("postgres")?;
        postgres
            .arg("-D")
            .arg(self.directory.join("data"))
            .arg("-k")
            .arg(self.directory);
        for setting in SETTINGS {
            postgres.arg("-c").arg(setting);
        }
        let mut postmaster = postgres
            .spawn()
            .map_err(|source| self.not_run("postgres", source))?;
        let deadline = Instant::now() + PATIENCE;
        while !self.is_ready() {
            if let Ok(Some(status)) = postmaster.try_wait() {
                return Err(self.failure("postgres", ended(status)));
            }
            if Instant::now() > deadline {
                return Err(self.failure(
                    "postgres",
                    format!("was not ready after {} s", PATIENCE.as_secs()),
                ));
            }
            thread::sleep(Duration::from_millis(2));
        }
        Ok(postmaster)
    }

    /// A command under the watch, in the server's directory, writing to its log, deaf to the caller's environment.
    fn command(&self, program: &str) -> Result<Command, ScratchError> {
        let log = self.log().map_err(|source| self.no_directory(source))?;
        let error_log = log
            .try_clone()
            .map_err(|source| self.no_directory(source))?;
        let mut command = self.run_as.command(&self.binaries.bindir.join(program));
        self.watchdog.adopt(&mut command);
        command
            .current_dir(self.directory)
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(error_log);
        for (name, _) in
            std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"PG"))
        {
            command.env_remove(name);
        }
        command.env("LC_ALL", "C").env("TZ", "UTC");
        Ok(command)
    }

    fn log(&self) -> io::Result<File> {
        File::options()
            .create(true)
            .append(true)
            .open(self.directory.join("log"))
    }

    /// The eighth line of the pid file holds the state (PostgreSQL source, pidfile.h).
    fn is_ready(&self) -> bool {
        let pid_file =
            fs::read_to_string(self.directory.join("data/postmaster.pid")).unwrap_or_default();
        pid_file
            .lines()
            .nth(7)
            .is_some_and(|state| state.trim_end() == "ready")
    }

    fn not_run(&self, program: &str, source: io::Error) -> ScratchError {
        ScratchError::Run {
            program: self.binaries.bindir.join(program).display().to_string(),
            source,
        }
    }

    fn no_directory(&self, source: io::Error) -> ScratchError {
        ScratchError::Directory {
            base: self.base(),
            source,
        }
    }

    fn failure(&self, program: &'static str, outcome: String) -> ScratchError {
        let log = fs::read(self.directory.join("log")).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().collect();
        let tail = lines[lines.len().saturating_sub(20)..].join("\n");
        // The random name would make every message a different one.
        let log = tail.replace(&self.directory.display().to_string(), "SCRATCH");
        ScratchError::Start {
            program,
            major: self.binaries.major,
            outcome,
            base: self.base(),
            log,
        }
    }

    fn base(&self) -> PathBuf {
        self.directory.parent().unwrap_or(self.directory).to_owned()
    }
}

fn ended(status: ExitStatus) -> String {
    format!("ended with {status}")
}
