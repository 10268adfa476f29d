//! One database of a throw-away server.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use postgres::{Client, Config, NoTls};

use super::ScratchError;

/// A database that is dropped, together with its connections, when this value is.
#[derive(Debug)]
pub struct Database {
    socket: PathBuf,
    name: String,
}

/// Numbers the databases of this process, so that no two share a name.
static COUNT: AtomicU32 = AtomicU32::new(1);

impl Database {
    pub(super) fn create(socket: &Path, version: u32, template: &str) -> Result<Self, ScratchError> {
        let name = format!("scratch_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let mut client = connect(&config(socket, "postgres"))?;
        // Copying files is two to three times as fast as the default of 15 and newer, which writes all to the log.
        let strategy = if version >= 15 { " STRATEGY file_copy" } else { "" };
        client
            .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}{strategy}"))
            .map_err(|source| ScratchError::Database { action: format!("copy the database {template}"), source })?;
        Ok(Self { socket: socket.to_owned(), name })
    }

    /// Its name on the server, plain enough to need no quotes.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How to connect to it.
    pub fn config(&self) -> Config {
        config(&self.socket, &self.name)
    }

    /// How to connect to it, in the form that PostgreSQL's own programs read too.
    pub fn url(&self) -> String {
        let socket = self.socket.display().to_string();
        format!("postgresql://postgres@{}/{}", socket.replace('%', "%25").replace('/', "%2F"), self.name)
    }

    /// A new connection to it, as superuser.
    ///
    /// # Errors
    /// When the server is gone or has no connection left.
    pub fn connect(&self) -> Result<Client, ScratchError> {
        connect(&self.config())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A server that is gone has taken the database along, so there is nobody to tell of a failure.
        if let Ok(mut client) = connect(&config(&self.socket, "postgres")) {
            let _ = client.batch_execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        }
    }
}

/// How to connect to a database, as the superuser, through the socket in a directory.
pub(super) fn config(socket: &Path, database: &str) -> Config {
    let mut config = Config::new();
    config.host_path(socket).user("postgres").dbname(database);
    config
}

/// What the server or the connection says, without the frame that hides it.
pub(super) fn reason(error: &postgres::Error) -> String {
    match error.source() {
        Some(source) => source.to_string(),
        None => error.to_string(),
    }
}

fn connect(config: &Config) -> Result<Client, ScratchError> {
    let database = config.get_dbname().unwrap_or("postgres");
    config.connect(NoTls).map_err(|source| ScratchError::Database { action: format!("connect to {database}"), source })
}
