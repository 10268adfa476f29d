//! Opening a connection: one server after the other, within the time that is given to each.

use std::error::Error;
use std::io::ErrorKind;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use postgres::error::SqlState;
use postgres::{Client, Config, NoTls};

use super::error::{ConnectError, Failure};
use super::host::{Host, Place};
use super::target::Target;

/// Opens a connection to the first server of the target that lets us in.
///
/// A server that is just starting is waited for; that, too, ends when the time for connecting is over.
///
/// # Errors
/// When none does: with what happened at each, and what to do. As in libpq, a server that answers and refuses the user
/// ends the search.
pub fn connect(target: &Target) -> Result<Client, ConnectError> {
    let mut failures = Vec::new();
    for host in &target.hosts {
        match open(target, host) {
            Ok(client) => return Ok(client),
            Err(refusal) => {
                let is_final = refusal.is_final();
                failures.push(refusal.explain(host));
                if is_final {
                    break;
                }
            }
        }
    }
    Err(ConnectError { database: target.database.clone(), user: target.user.clone(), failures })
}

/// Why one attempt failed.
enum Refusal {
    Driver(postgres::Error),
    TimedOut(Duration),
    NoThread,
}

const PAUSE: Duration = Duration::from_millis(100);

/// Tries one server until the time is over, as long as it says that it is starting.
fn open(target: &Target, host: &Host) -> Result<Client, Refusal> {
    let start = Instant::now();
    loop {
        let left = target.timeout.map(|timeout| timeout.saturating_sub(start.elapsed()));
        let refusal = match attempt(config(target, host), left) {
            Ok(client) => return Ok(client),
            Err(Refusal::TimedOut(_)) => Refusal::TimedOut(target.timeout.unwrap_or_default()),
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
fn attempt(config: Config, left: Option<Duration>) -> Result<Client, Refusal> {
    let (sender, receiver) = mpsc::channel();
    let connecting = move || {
        // Nobody listens any more if the time is over.
        let _ = sender.send(config.connect(NoTls));
    };
    thread::Builder::new().spawn(connecting).map_err(|_| Refusal::NoThread)?;
    let answer = match left {
        Some(left) => receiver.recv_timeout(left).map_err(|_| Refusal::TimedOut(left))?,
        None => receiver.recv().map_err(|_| Refusal::NoThread)?,
    };
    answer.map_err(Refusal::Driver)
}

fn config(target: &Target, host: &Host) -> Config {
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
    if let Some(password) = &host.password {
        config.password(password.reveal());
    }
    if let Some(options) = &target.options {
        config.options(options);
    }
    config
}

impl Refusal {
    fn is_starting(&self) -> bool {
        self.state() == Some(&SqlState::CANNOT_CONNECT_NOW)
    }

    /// Whether another server is no use: this one answered, and it was not that it can't answer now.
    fn is_final(&self) -> bool {
        self.state().is_some() && !self.is_starting()
    }

    fn state(&self) -> Option<&SqlState> {
        match self {
            Self::Driver(error) => error.code(),
            Self::TimedOut(_) | Self::NoThread => None,
        }
    }

    fn explain(&self, host: &Host) -> Failure {
        let failure =
            |reason: String, advice: &str| Failure { place: host.to_string(), reason, advice: advice.to_owned() };
        match self {
            Self::TimedOut(limit) => failure(
                format!("no answer within {} s", limit.as_secs()),
                "check the host, the network and firewalls, or set connect_timeout",
            ),
            Self::NoThread => failure("no thread could be started".to_owned(), "free some memory or processes"),
            Self::Driver(error) => failure(reason(error), advice(error, host)),
        }
    }
}

/// What the server or the system says, without the frame that hides it.
fn reason(error: &postgres::Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(answer), _) => answer.message().to_owned(),
        (None, Some(source)) => source.to_string(),
        (None, None) => error.to_string(),
    }
}

fn advice(error: &postgres::Error, host: &Host) -> &'static str {
    match error.code() {
        Some(state) => advice_for_state(state),
        None if host.password.is_none() && reason(error) == "password missing" => {
            "give the password in PGPASSWORD, ~/.pgpass or the connection string"
        }
        None => advice_for_system(error),
    }
}

fn advice_for_state(state: &SqlState) -> &'static str {
    match *state {
        SqlState::INVALID_PASSWORD => "correct the password in PGPASSWORD, ~/.pgpass or the connection string",
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION => "correct the user, or let it in by the server's pg_hba.conf",
        SqlState::INVALID_CATALOG_NAME => "correct the name of the database, or create it",
        SqlState::CANNOT_CONNECT_NOW => "try again when the server has started, or set connect_timeout higher",
        SqlState::TOO_MANY_CONNECTIONS => "end some connections, or set max_connections higher",
        _ => "see the server's log",
    }
}

fn advice_for_system(error: &postgres::Error) -> &'static str {
    let system = error.source().and_then(|source| source.downcast_ref::<std::io::Error>());
    match system.map(std::io::Error::kind) {
        Some(ErrorKind::ConnectionRefused | ErrorKind::NotFound) => {
            "start the server, or correct the host and port (PGHOST, PGPORT)"
        }
        Some(ErrorKind::PermissionDenied) => "let this user reach the socket, or connect by host name",
        Some(ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset) => {
            "check that a PostgreSQL server listens there, and see its log"
        }
        _ => "correct the host and port (PGHOST, PGPORT), and check the network",
    }
}
