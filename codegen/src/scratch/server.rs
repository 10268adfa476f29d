//! One running throw-away server.

use std::fs;
use std::io;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::Child;

use super::database::{self, Database};
use super::launch::Launch;
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

/// A cluster and some dozens of databases; Docker gives /dev/shm 64 MB unless told otherwise, which is too little.
const ROOM: u64 = 1 << 30;

impl Server {
    /// Starts a server in memory (`/dev/shm`) where that is writable and has room, else in `/tmp`.
    ///
    /// # Errors
    /// See [`Server::start_in`].
    pub fn start(binaries: &Binaries) -> Result<Self, ScratchError> {
        let run_as = RunAs::choose(binaries)?;
        let memory = Path::new("/dev/shm");
        // Containers mount the memory so that no program can be run from it.
        let in_memory = !run_as.copies() && has_room(memory);
        Self::start_as(run_as, binaries, if in_memory { memory } else { Path::new("/tmp") })
    }

    /// Starts a server in a new directory under `base`, whose path must be short: a socket's has 107 bytes.
    ///
    /// # Errors
    /// When the directory can't be made, the binaries can't be run, or the server does not get ready; then with the
    /// end of its log.
    pub fn start_in(binaries: &Binaries, base: &Path) -> Result<Self, ScratchError> {
        Self::start_as(RunAs::choose(binaries)?, binaries, base)
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

impl Server {
    fn start_as(run_as: RunAs, binaries: &Binaries, base: &Path) -> Result<Self, ScratchError> {
        let directory =
            make_directory(base, run_as).map_err(|source| ScratchError::Directory { base: base.to_owned(), source })?;
        let watchdog = Watchdog::start(&directory).map_err(|source| {
            // Nobody else knows of the directory yet, and it is empty.
            let _ = fs::remove_dir(&directory);
            ScratchError::Run { program: "/bin/sh".to_owned(), source }
        })?;
        let bindir = run_as.bindir(binaries, &directory)?;
        let launch = Launch { bindir, major: binaries.major, run_as, watchdog: &watchdog, directory: &directory };
        launch.initdb()?;
        let postmaster = launch.postgres()?;
        Ok(Self { watchdog, postmaster, directory, version: binaries.major })
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
    let room = rustix::fs::statvfs(base).is_ok_and(|disk| disk.f_bavail.saturating_mul(disk.f_frsize) >= ROOM);
    room && rustix::fs::access(base, rustix::fs::Access::WRITE_OK).is_ok()
}

fn make_directory(base: &Path, run_as: RunAs) -> io::Result<PathBuf> {
    let directory = tempfile::Builder::new().prefix("tablewright-").tempdir_in(base)?;
    if let Some(owner) = run_as.account() {
        chown(directory.path(), Some(owner.uid), Some(owner.gid))?;
    }
    // From here on the watchdog removes it.
    Ok(directory.keep())
}
