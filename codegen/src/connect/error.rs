//! Why there is no connection.

use std::fmt::{self, Display, Formatter};

/// Why a connection string can't be used. It shows no value that could be a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the database address can't be used: {}", faults.join("; "))]
pub struct TargetError {
    /// Everything that is wrong with it.
    pub faults: Vec<String>,
}

/// Why no server could be reached or none let us in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("can't connect to the database `{database}` as `{user}` {}{}", list(failures), notes(warnings))]
pub struct ConnectError {
    /// The database.
    pub database: String,
    /// The user.
    pub user: String,
    /// What happened at each server that was tried, in that order.
    pub failures: Vec<Failure>,
    /// What the target's warnings are, since one of them may be the reason.
    pub warnings: Vec<String>,
}

/// Why a session could not be made one for reading.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the server can't prepare the session for reading: {reason}; see its log, and try again")]
pub struct SessionError {
    /// What the server or the connection says.
    pub reason: String,
}

/// What happened at one server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The host and port, or the path of the socket.
    pub place: String,
    /// What went wrong.
    pub reason: String,
    /// What to do.
    pub advice: String,
}

impl Display for Failure {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        write!(formatter, "at {}: {}; {}", self.place, self.reason, self.advice)
    }
}

fn list(failures: &[Failure]) -> String {
    failures.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn notes(warnings: &[String]) -> String {
    warnings.iter().map(|warning| format!("; note that {warning}")).collect()
}
