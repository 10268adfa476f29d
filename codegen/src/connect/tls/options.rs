//! What a target says of encryption.

use std::path::PathBuf;

use crate::connect::environment::Environment;
use crate::connect::settings::Settings;

/// What a target says of encryption.
#[derive(Clone, Debug)]
pub(in crate::connect) struct Tls {
    pub(in crate::connect) mode: Mode,
    /// Encryption begins with the first byte, rather than when the server agreed.
    pub(in crate::connect) direct: bool,
    pub(super) roots: Roots,
    pub(super) identity: Option<Identity>,
    /// TLS 1.3 only; else also 1.2. Older ones are never spoken.
    pub(super) only_newest: bool,
}

/// `sslmode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::connect) enum Mode {
    Disable,
    Allow,
    Prefer,
    Require,
    VerifyCa,
    VerifyFull,
}

/// Whom the server's certificate must come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Roots {
    /// Anybody: the connection is encrypted, and its other end unknown.
    None,
    System,
    File(PathBuf),
}

/// Who we are, for servers that want to see a certificate.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    pub(super) certificate: PathBuf,
    pub(super) key: PathBuf,
}

const MODES: [(&str, Mode); 6] = [
    ("disable", Mode::Disable),
    ("allow", Mode::Allow),
    ("prefer", Mode::Prefer),
    ("require", Mode::Require),
    ("verify-ca", Mode::VerifyCa),
    ("verify-full", Mode::VerifyFull),
];

impl Tls {
    /// Reads the settings, and looks which of the files in `~/.postgresql` there are.
    pub(in crate::connect) fn parse(settings: &Settings, environment: &Environment) -> Result<Self, String> {
        let system = settings.get("sslrootcert") == Some("system");
        let mode = mode(settings)?.unwrap_or(if system { Mode::VerifyFull } else { Mode::Prefer });
        if system && mode != Mode::VerifyFull {
            return Err(
                "`sslrootcert=system` trusts every public authority, so it needs `sslmode=verify-full`".to_owned()
            );
        }
        let direct = direct(settings, mode)?;
        let only_newest = only_newest(settings)?;
        let roots = if system { Roots::System } else { roots(settings, environment, mode)? };
        Ok(Self { mode, direct, roots, identity: identity(settings, environment), only_newest })
    }
}

fn mode(settings: &Settings) -> Result<Option<Mode>, String> {
    let Some(text) = settings.get("sslmode") else {
        return Ok(None);
    };
    let mode = MODES.iter().find(|(name, _)| *name == text).map(|(_, mode)| *mode);
    let names = || MODES.map(|(name, _)| name).join(", ");
    mode.map(Some).ok_or_else(|| format!("`sslmode` must be one of {}", names()))
}

fn direct(settings: &Settings, mode: Mode) -> Result<bool, String> {
    match settings.get("sslnegotiation") {
        None | Some("postgres") => Ok(false),
        Some("direct") if mode >= Mode::Require => Ok(true),
        Some("direct") => Err("`sslnegotiation=direct` needs `sslmode=require` or stronger".to_owned()),
        Some(_) => Err("`sslnegotiation` must be postgres or direct".to_owned()),
    }
}

fn only_newest(settings: &Settings) -> Result<bool, String> {
    match settings.get("ssl_min_protocol_version") {
        None | Some("TLSv1" | "TLSv1.1" | "TLSv1.2") => Ok(false),
        Some("TLSv1.3") => Ok(true),
        Some(_) => Err("`ssl_min_protocol_version` must be TLSv1.2 or TLSv1.3".to_owned()),
    }
}

/// A file that is named must be there: libpq goes on without one if the mode is weak, but whoever names it relies on it.
fn roots(settings: &Settings, environment: &Environment, mode: Mode) -> Result<Roots, String> {
    if mode == Mode::Disable {
        return Ok(Roots::None);
    }
    if let Some(named) = settings.get("sslrootcert").map(PathBuf::from) {
        let missing = || format!("the file {} of `sslrootcert` does not exist", named.display());
        return if named.exists() { Ok(Roots::File(named.clone())) } else { Err(missing()) };
    }
    match environment.in_home(".postgresql/root.crt").filter(|path| path.exists()) {
        Some(path) => Ok(Roots::File(path)),
        None if mode < Mode::VerifyCa => Ok(Roots::None),
        None => Err("there is nothing to verify the server's certificate with; name the authority's certificate with \
                     `sslrootcert`, put it into ~/.postgresql/root.crt, or say `sslrootcert=system`"
            .to_owned()),
    }
}

fn identity(settings: &Settings, environment: &Environment) -> Option<Identity> {
    let in_home = |name| environment.in_home(name);
    let usual = || in_home(".postgresql/postgresql.crt").filter(|path| path.exists());
    let certificate = settings.get("sslcert").map(PathBuf::from).or_else(usual)?;
    let key = settings.get("sslkey").map(PathBuf::from).or_else(|| in_home(".postgresql/postgresql.key"))?;
    Some(Identity { certificate, key })
}
