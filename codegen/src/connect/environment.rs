//! What a connection string leaves open and the machine answers, as one value.

use std::collections::BTreeMap;
use std::env;
use std::fmt::{self, Debug, Formatter};
use std::fs;
use std::path::PathBuf;

/// The surroundings of a connection: [`Environment::of_process`] looks at them once, and tests make their own.
#[derive(Clone, Default)]
pub struct Environment {
    /// The environment variables whose names begin with `PG`.
    pub variables: BTreeMap<String, String>,
    /// The user's home folder, which may hold `.pgpass`, `.pg_service.conf` and `.postgresql/`.
    pub home: Option<PathBuf>,
    /// The name of the operating system's user.
    pub user: Option<String>,
    /// Folders that may hold `pg_service.conf`, the first one first.
    pub system_folders: Vec<PathBuf>,
    /// Folders in which servers on this machine put their sockets, the most usual one first.
    pub socket_folders: Vec<PathBuf>,
}

/// Where the usual distributions compile libpq to look (Debian, Red Hat).
const SYSTEM_FOLDERS: [&str; 2] = ["/etc/postgresql-common", "/etc/sysconfig/pgsql"];

/// Where the usual distributions compile servers to listen (Debian and Red Hat, PostgreSQL's own default).
const SOCKET_FOLDERS: [&str; 2] = ["/var/run/postgresql", "/tmp"];

impl Environment {
    /// The surroundings of this process.
    pub fn of_process() -> Self {
        let text = |name| env::var(name).ok().filter(|value| !value.is_empty());
        // A variable that is no UTF-8 can't be part of a connection to a database in UTF-8.
        let variables = env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
        let variables = variables.filter(|(name, _)| name.starts_with("PG"));
        let variables = variables.filter_map(|(name, value)| Some((name, value.into_string().ok()?)));
        let system_folders = match env::var_os("PGSYSCONFDIR") {
            Some(folder) => vec![PathBuf::from(folder)],
            None => SYSTEM_FOLDERS.map(PathBuf::from).to_vec(),
        };
        Self {
            variables: variables.collect(),
            home: text("HOME").map(PathBuf::from),
            user: account().or_else(|| text("USER")).or_else(|| text("LOGNAME")),
            system_folders,
            socket_folders: SOCKET_FOLDERS.map(PathBuf::from).to_vec(),
        }
    }

    /// The folder of the socket of a server on this machine with this port, or else the one that is most usual here.
    pub(super) fn socket_folder(&self, port: u16) -> PathBuf {
        let folders = &self.socket_folders;
        let live = folders.iter().find(|folder| folder.join(format!(".s.PGSQL.{port}")).exists());
        let usual = || folders.iter().find(|folder| folder.exists());
        live.or_else(usual).cloned().unwrap_or_else(|| PathBuf::from("/tmp"))
    }

    /// A file in the user's home folder.
    pub(super) fn in_home(&self, path: &str) -> Option<PathBuf> {
        self.home.as_ref().map(|home| home.join(path))
    }
}

/// Without the values, since one of them may be `PGPASSWORD`.
impl Debug for Environment {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        let names: Vec<&String> = self.variables.keys().collect();
        formatter
            .debug_struct("Environment")
            .field("variables", &names)
            .field("home", &self.home)
            .finish_non_exhaustive()
    }
}

/// The name of the account that runs this process, where `/etc/passwd` has it.
fn account() -> Option<String> {
    let uid = rustix::process::geteuid().as_raw().to_string();
    let passwd = fs::read_to_string("/etc/passwd").ok()?;
    let line = passwd.lines().find(|line| line.split(':').nth(2) == Some(&uid))?;
    line.split(':').next().map(str::to_owned)
}
