//! The servers that a target names.

use std::fmt::{self, Display, Formatter};
use std::net::IpAddr;
use std::path::PathBuf;

use super::environment::Environment;
use super::secret::Secret;
use super::settings::Settings;

/// One server, and the password that is meant for it.
#[derive(Clone, Debug)]
pub(super) struct Host {
    pub(super) place: Place,
    pub(super) port: u16,
    pub(super) password: Option<Secret>,
}

/// Where a server listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The folder of a Unix socket.
    Socket(PathBuf),
    /// A name, which certificates are compared with, and its address if it was given too.
    Network { name: String, address: Option<IpAddr> },
}

const DEFAULT_PORT: u16 = 5432;

/// The servers of `host`, `hostaddr` and `port`, which are lists of one length, or one port for all.
pub(super) fn hosts(settings: &Settings, environment: &Environment) -> Result<Vec<Host>, String> {
    let (names, addresses) = (settings.list("host"), settings.list("hostaddr"));
    let ports = ports(settings)?;
    let count = names.len().max(addresses.len()).max(1);
    if !names.is_empty() && !addresses.is_empty() && names.len() != addresses.len() {
        return Err(format!("`host` names {} servers and `hostaddr` {}", names.len(), addresses.len()));
    }
    if ports.len() > 1 && ports.len() != count {
        return Err(format!("there are {} ports for {count} servers; give one for each, or one for all", ports.len()));
    }
    let host = |at: usize| {
        let port = ports.get(at).or(ports.first()).copied().unwrap_or(DEFAULT_PORT);
        let place = place(names.get(at).copied(), addresses.get(at).copied(), port, environment)?;
        Ok(Host { place, port, password: None })
    };
    (0..count).map(host).collect()
}

fn ports(settings: &Settings) -> Result<Vec<u16>, String> {
    let port = |text: &str| match text.trim() {
        "" => Some(DEFAULT_PORT),
        digits => digits.parse().ok().filter(|port| *port > 0),
    };
    let ports = settings.list("port").into_iter();
    // The text is not shown: in a URL without host it is the password.
    let wrong =
        "a port is no number from 1 to 65535; in a URL it follows the host: postgresql://user:password@host:5432/";
    ports.map(|text| port(text).ok_or_else(|| wrong.to_owned())).collect()
}

fn place(name: Option<&str>, address: Option<&str>, port: u16, environment: &Environment) -> Result<Place, String> {
    let name = name.map(str::trim).filter(|name| !name.is_empty());
    let address = address.map(str::trim).filter(|address| !address.is_empty());
    let address: Option<IpAddr> = match address {
        Some(text) => Some(text.parse().map_err(|_| "`hostaddr` is no IP address; put names into `host`")?),
        None => None,
    };
    Ok(match (name, address) {
        (None, None) => Place::Socket(environment.socket_folder(port)),
        (None, Some(address)) => Place::Network { name: address.to_string(), address: Some(address) },
        (Some(path), None) if path.starts_with(['/', '@']) => Place::Socket(PathBuf::from(path)),
        (Some(name), address) => Place::Network { name: name.to_owned(), address },
    })
}

impl Host {
    /// The name by which password files know the server.
    pub(super) fn name_in_passfile(&self, environment: &Environment) -> String {
        match &self.place {
            Place::Socket(folder) if environment.socket_folders.contains(folder) => "localhost".to_owned(),
            Place::Socket(folder) => folder.display().to_string(),
            Place::Network { name, .. } => name.clone(),
        }
    }
}

impl Display for Host {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        let port = self.port;
        match &self.place {
            Place::Socket(folder) => write!(formatter, "{}", folder.join(format!(".s.PGSQL.{port}")).display()),
            Place::Network { name, .. } if name.contains(':') => write!(formatter, "[{name}]:{port}"),
            Place::Network { name, .. } => write!(formatter, "{name}:{port}"),
        }
    }
}
