//! A database to connect to: everything that has to be known, and nothing that has still to be looked up.

use std::fmt::{self, Display, Formatter};
use std::path::PathBuf;
use std::sync::Arc;

use super::environment::Environment;
use super::error::TargetError;
use super::host::{Host, hosts};
use super::link::Link;
use super::passfile::{self, Login};
use super::secret::Secret;
use super::settings::Settings;
use super::tls::Tls;
use super::wanted::Wanted;

/// A database to connect to. Neither its `Display` nor its `Debug` shows a password.
#[derive(Clone, Debug)]
pub struct Target {
    pub(super) hosts: Vec<Host>,
    pub(super) user: String,
    pub(super) database: String,
    pub(super) application_name: String,
    pub(super) options: Option<String>,
    /// Boxed, as the next one: they are large, and a target is one case among smaller ones where it is used.
    pub(super) link: Box<Link>,
    pub(super) tls: Box<Tls>,
    pub(super) wanted: Wanted,
    pub(super) listener: Option<Listener>,
    warnings: Vec<String>,
}

/// Hears what a server says besides its answers: severity and message.
#[derive(Clone)]
pub(super) struct Listener(pub(super) Arc<Hear>);

/// Takes severity and message.
type Hear = dyn Fn(&str, &str) + Send + Sync;

impl fmt::Debug for Listener {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        formatter.write_str("Listener")
    }
}

impl Target {
    /// Whether a text is meant as a connection string, rather than as a file or a word: a URL, or `key=value`.
    ///
    /// So is a URL that is written wrongly: what comes to know it here is the one that does not repeat its password.
    pub fn is_written_in(text: &str) -> bool {
        let key = text.split('=').next().unwrap_or_default().trim();
        let is_pair = text.contains('=') && key.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'_');
        let is_like_url = text.contains("://") || text.contains(':') && text.contains('@');
        is_pair || is_like_url
    }

    /// Understands a connection string, and completes it in the order of libpq: the string, the service file, the
    /// variables, the password file, the defaults. Reads those files, and opens no connection.
    ///
    /// # Errors
    /// When the string is malformed, names an unknown keyword or service, or asks for what is not supported.
    pub fn parse(text: &str, environment: &Environment) -> Result<Self, TargetError> {
        let settings = Settings::gather(text, environment).map_err(|faults| TargetError { faults })?;
        let hosts = hosts(&settings, environment).map_err(|fault| vec![fault]);
        let user = user(&settings, environment).map_err(|fault| vec![fault]);
        let link = Link::parse(&settings).map(Box::new);
        let tls = Tls::parse(&settings, environment).map(Box::new).map_err(|fault| vec![fault]);
        let wanted = Wanted::parse(&settings).map_err(|fault| vec![fault]);
        let gss = no_gss(&settings).map_err(|fault| vec![fault]);
        let (hosts, user, link, tls, wanted) = match (hosts, user, link, tls, wanted, gss) {
            (Ok(hosts), Ok(user), Ok(link), Ok(tls), Ok(wanted), Ok(())) => (hosts, user, link, tls, wanted),
            (hosts, user, link, tls, wanted, gss) => {
                let all = [hosts.err(), user.err(), link.err(), tls.err(), wanted.err(), gss.err()];
                return Err(TargetError { faults: all.into_iter().flatten().flatten().collect() });
            }
        };
        let database = settings.get("dbname").unwrap_or(&user).to_owned();
        let application_name = settings.get("application_name").unwrap_or("tablewright").to_owned();
        let options = settings.get("options").map(str::to_owned);
        let (listener, warnings) = (None, Vec::new());
        let mut target =
            Self { hosts, user, database, application_name, options, link, tls, wanted, listener, warnings };
        target.find_passwords(&settings, environment);
        Ok(target)
    }

    /// The same, with somebody who hears the severity and the text of each notice that the server sends.
    pub fn heard_by(&self, listener: impl Fn(&str, &str) + Send + Sync + 'static) -> Self {
        Self { listener: Some(Listener(Arc::new(listener))), ..self.clone() }
    }

    /// Another database of the same server, by the same login.
    pub fn at_database(&self, name: &str) -> Self {
        Self { database: name.to_owned(), ..self.clone() }
    }

    /// The name of the database.
    pub fn database(&self) -> &str {
        &self.database
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

/// Encryption by Kerberos is not spoken, which matters only to somebody who demands it.
fn no_gss(settings: &Settings) -> Result<(), String> {
    match settings.get("gssencmode") {
        Some("require") => Err("`gssencmode=require` is not supported; use `sslmode`".to_owned()),
        _ => Ok(()),
    }
}
