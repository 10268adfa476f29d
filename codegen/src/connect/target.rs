//! A database to connect to: everything that has to be known, and nothing that has still to be looked up.

use std::fmt::{self, Display, Formatter};
use std::path::PathBuf;
use std::time::Duration;

use super::environment::Environment;
use super::error::TargetError;
use super::host::{Host, hosts};
use super::passfile::{self, Login};
use super::secret::Secret;
use super::settings::Settings;
use super::url;

/// A database to connect to. Neither its `Display` nor its `Debug` shows a password.
#[derive(Clone, Debug)]
pub struct Target {
    pub(super) hosts: Vec<Host>,
    pub(super) user: String,
    pub(super) database: String,
    pub(super) application_name: String,
    pub(super) options: Option<String>,
    /// For each server; `None` waits for ever.
    pub(super) timeout: Option<Duration>,
    warnings: Vec<String>,
}

const TIMEOUT: u64 = 10;

impl Target {
    /// Whether a text is a connection string at all, rather than a file or a word: a URL, or `key=value`.
    pub fn is_written_in(text: &str) -> bool {
        let key = text.split('=').next().unwrap_or_default().trim();
        url::after_scheme(text).is_some()
            || text.contains('=') && key.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'_')
    }

    /// Understands a connection string, and completes it in the order of libpq: the string, the service file, the
    /// variables, the password file, the defaults. Reads those files, and opens no connection.
    ///
    /// # Errors
    /// When the string is malformed, names an unknown keyword or service, or asks for what is not supported.
    pub fn parse(text: &str, environment: &Environment) -> Result<Self, TargetError> {
        let settings = Settings::gather(text, environment).map_err(|faults| TargetError { faults })?;
        let mut faults = Vec::new();
        let mut noted = |fault| faults.push(fault);
        let hosts = hosts(&settings, environment).map_err(&mut noted).unwrap_or_default();
        let user = user(&settings, environment).map_err(&mut noted).unwrap_or_default();
        let timeout = timeout(&settings).map_err(&mut noted).unwrap_or_default();
        if !faults.is_empty() {
            return Err(TargetError { faults });
        }
        let mut target = Self {
            hosts,
            database: settings.get("dbname").unwrap_or(&user).to_owned(),
            user,
            application_name: settings.get("application_name").unwrap_or("tablewright").to_owned(),
            options: settings.get("options").map(str::to_owned),
            timeout,
            warnings: Vec::new(),
        };
        target.find_passwords(&settings, environment);
        Ok(target)
    }

    /// What the user should hear, though it hinders nothing: a password file that is ignored.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    fn find_passwords(&mut self, settings: &Settings, environment: &Environment) {
        let said = settings.get("password").map(|password| Secret::new(password.to_owned()));
        if said.is_some() {
            self.hosts.iter_mut().for_each(|host| host.password.clone_from(&said));
            return;
        }
        let path = settings.get("passfile").map(PathBuf::from).or_else(|| environment.in_home(".pgpass"));
        let text = path.map(|path| passfile::read(&path)).unwrap_or_else(|| Ok(String::new()));
        let text = text.unwrap_or_else(|warning| {
            self.warnings.push(warning);
            String::new()
        });
        for host in &mut self.hosts {
            let name = host.name_in_passfile(environment);
            let login = Login { host: &name, port: host.port, database: &self.database, user: &self.user };
            host.password = passfile::lookup(&text, login);
        }
    }
}

impl Display for Target {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        let hosts: Vec<String> = self.hosts.iter().map(ToString::to_string).collect();
        write!(formatter, "database `{}` as `{}` at {}", self.database, self.user, hosts.join(", "))
    }
}

fn user(settings: &Settings, environment: &Environment) -> Result<String, String> {
    let user = settings.get("user").map(str::to_owned).or_else(|| environment.user.clone());
    user.ok_or_else(|| "no user is given, and the system's user has no name; add `user` or set PGUSER".to_owned())
}

fn timeout(settings: &Settings) -> Result<Option<Duration>, String> {
    let seconds = number(settings, "connect_timeout")?.unwrap_or(TIMEOUT);
    Ok((seconds > 0).then(|| Duration::from_secs(seconds)))
}

/// A number that is not negative; libpq takes a negative one as none.
fn number(settings: &Settings, name: &str) -> Result<Option<u64>, String> {
    let Some(text) = settings.get(name) else {
        return Ok(None);
    };
    let number: i64 = text.trim().parse().map_err(|_| format!("`{name}` is no whole number"))?;
    Ok(u64::try_from(number).ok().or(Some(0)))
}
