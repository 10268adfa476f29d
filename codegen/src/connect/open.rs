//! Opening a connection: one server after the other, within the time that is given to each.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use postgres::config::{SslMode, SslNegotiation};
use postgres::{Client, Config, NoTls};

use super::error::{ConnectError, Failure};
use super::host::{Host, Place};
use super::refusal::Refusal;
use super::target::Target;
use super::tls::{Mode, connector};
use super::wanted::Wanted;

/// Opens a connection to the first server of the target that lets us in.
///
/// A server that is just starting is waited for; that, too, ends when the time for connecting is over.
///
/// # Errors
/// When none does: with what happened at each, and what to do. As in libpq, a server that answers and refuses the user
/// ends the search.
pub fn connect(target: &Target) -> Result<Client, ConnectError> {
    let mut failures = Vec::new();
    for wanted in target.wanted.rounds() {
        for host in &target.hosts {
            match connect_to(target, host, *wanted, &mut failures) {
                Ok(client) => return Ok(client),
                Err(refusal) if refusal.is_final() => return Err(error(target, failures)),
                Err(_) => {}
            }
        }
    }
    Err(error(target, failures))
}

fn error(target: &Target, failures: Vec<Failure>) -> ConnectError {
    let (database, user, warnings) = (target.database.clone(), target.user.clone(), target.warnings().to_vec());
    ConnectError { database, user, failures, warnings }
}

/// Whether one attempt encrypts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encryption {
    Never,
    IfOffered,
    Always,
}

/// What is tried at one server, in this order. As in libpq, nothing is encrypted through a socket.
fn encryptions(target: &Target, host: &Host) -> &'static [Encryption] {
    match (&host.place, target.tls.mode) {
        (Place::Socket(_), _) | (_, Mode::Disable) => &[Encryption::Never],
        (_, Mode::Allow) => &[Encryption::Never, Encryption::Always],
        (_, Mode::Prefer) => &[Encryption::IfOffered, Encryption::Never],
        (_, Mode::Require | Mode::VerifyCa | Mode::VerifyFull) => &[Encryption::Always],
    }
}

/// Tries one server, and notes each failure.
fn connect_to(target: &Target, host: &Host, wanted: Wanted, failures: &mut Vec<Failure>) -> Result<Client, Refusal> {
    let mut refusals = Vec::new();
    for encryption in encryptions(target, host) {
        match patiently(target, host, *encryption, wanted) {
            Ok(client) => return Ok(client),
            Err(refusal) => {
                let is_about_encryption = refusal.is_about_encryption();
                failures.push(refusal.explain(host));
                refusals.push(refusal);
                if !is_about_encryption {
                    break;
                }
            }
        }
    }
    Err(refusals.pop().unwrap_or(Refusal::Unwanted("nothing was tried")))
}

const PAUSE: Duration = Duration::from_millis(100);

/// Tries until the time is over, as long as the server says that it is starting.
fn patiently(target: &Target, host: &Host, encryption: Encryption, wanted: Wanted) -> Result<Client, Refusal> {
    let start = Instant::now();
    loop {
        let left = target.link.timeout.map(|timeout| timeout.saturating_sub(start.elapsed()));
        let refusal = match attempt(target, host, encryption, wanted, left) {
            Ok(client) => return Ok(client),
            Err(Refusal::TimedOut(_)) => Refusal::TimedOut(target.link.timeout.unwrap_or_default()),
            Err(refusal) => refusal,
        };
        if !refusal.is_starting() || left.is_some_and(|left| left <= PAUSE) {
            return Err(refusal);
        }
        thread::sleep(PAUSE);
    }
}

/// Connects in a thread of its own, since the driver's time limit ends with the connection of the socket: a server that
/// accepts and then says nothing would hold us for ever. A thread that is given up ends with the process.
fn attempt(
    target: &Target,
    host: &Host,
    encryption: Encryption,
    wanted: Wanted,
    left: Option<Duration>,
) -> Result<Client, Refusal> {
    let config = config(target, host, encryption);
    let tls = match encryption {
        Encryption::Never => None,
        Encryption::IfOffered | Encryption::Always => Some(connector(&target.tls).map_err(Refusal::Certificates)?),
    };
    let (sender, receiver) = mpsc::channel();
    let connecting = move || {
        let connected = match tls {
            Some(tls) => config.connect(tls),
            None => config.connect(NoTls),
        };
        // Nobody listens any more if the time is over.
        let _ = sender.send(connected.map_err(Refusal::Driver).and_then(|client| checked(client, wanted)));
    };
    thread::Builder::new().spawn(connecting).map_err(|_| Refusal::NoThread)?;
    match left {
        Some(left) => receiver.recv_timeout(left).map_err(|_| Refusal::TimedOut(left))?,
        None => receiver.recv().map_err(|_| Refusal::NoThread)?,
    }
}

fn checked(mut client: Client, wanted: Wanted) -> Result<Client, Refusal> {
    match wanted.mismatch(&mut client).map_err(Refusal::Driver)? {
        Some(reason) => Err(Refusal::Unwanted(reason)),
        None => Ok(client),
    }
}

fn config(target: &Target, host: &Host, encryption: Encryption) -> Config {
    let mut config = Config::new();
    config.user(&target.user).dbname(&target.database).application_name(&target.application_name).port(host.port);
    match &host.place {
        Place::Socket(folder) => config.host_path(folder),
        Place::Network { name, address } => {
            if let Some(address) = address {
                config.hostaddr(*address);
            }
            config.host(name)
        }
    };
    config.ssl_mode(match encryption {
        Encryption::Never => SslMode::Disable,
        Encryption::IfOffered => SslMode::Prefer,
        Encryption::Always => SslMode::Require,
    });
    if target.tls.direct && encryption == Encryption::Always {
        config.ssl_negotiation(SslNegotiation::Direct);
    }
    if let Some(password) = &host.password {
        config.password(password.reveal());
    }
    if let Some(options) = &target.options {
        config.options(options);
    }
    target.link.apply(&mut config);
    if let Some(listener) = target.listener.clone() {
        config.notice_callback(move |notice| (listener.0)(notice.severity(), notice.message()));
    }
    config
}
