//! Why a run has stopped, and what to do.

use postgres::error::SqlState;

use super::parts::Statement;

/// Why a run has stopped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
    /// It was refused before anything was touched: somebody has to decide.
    #[error("{}", .0.join("\n"))]
    Refused(Vec<String>),
    /// It failed; the text says how far it has come and how it goes on.
    #[error("{0}")]
    Failed(String),
}

impl Stopped {
    /// One reason to refuse.
    pub fn refused(reason: impl Into<String>) -> Self {
        Self::Refused(vec![reason.into()])
    }

    /// 1 failed, 3 refused.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Failed(_) => 1,
            Self::Refused(_) => 3,
        }
    }
}

/// Why a part could not be carried out.
#[derive(Debug)]
pub enum Broke {
    /// For a reason of our own.
    Stopped(Stopped),
    /// The server refuses, or is gone; with the statement of the migration, if it was one.
    Server(postgres::Error, Option<Statement>),
}

impl From<Stopped> for Broke {
    fn from(stopped: Stopped) -> Self {
        Self::Stopped(stopped)
    }
}

impl From<postgres::Error> for Broke {
    fn from(error: postgres::Error) -> Self {
        Self::Server(error, None)
    }
}

impl Broke {
    /// The server's code.
    pub fn code(&self) -> Option<&SqlState> {
        match self {
            Self::Server(error, _) => error.code(),
            Self::Stopped(_) => None,
        }
    }

    /// Whether the same may go well a little later: somebody held a lock, or PostgreSQL has chosen to end one of two.
    pub fn may_pass(&self) -> bool {
        const PASSING: [SqlState; 3] =
            [SqlState::LOCK_NOT_AVAILABLE, SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED];
        self.code().is_some_and(|code| PASSING.contains(code))
    }

    /// Whether a transaction block can't hold the statement.
    pub fn is_about_transactions(&self) -> bool {
        const ALONE: [SqlState; 2] = [SqlState::ACTIVE_SQL_TRANSACTION, SqlState::INVALID_TRANSACTION_TERMINATION];
        self.code().is_some_and(|code| ALONE.contains(code))
    }
}

/// What the server says: message, detail and hint; or the driver, if it was not the server.
pub fn reason(error: &postgres::Error) -> String {
    let Some(answer) = error.as_db_error() else {
        return std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
    };
    let more: String = [answer.detail(), answer.hint()].into_iter().flatten().map(|it| format!(" ({it})")).collect();
    format!("{}: {}{more}", answer.severity(), answer.message())
}

/// A fault in our own books or the connection.
pub fn unkept(error: &postgres::Error) -> Stopped {
    Stopped::Failed(format!(
        "can't read or write what was applied (schema tablewright): {}{}",
        reason(error),
        advice(error)
    ))
}

/// What helps, where it is known.
pub fn advice(error: &postgres::Error) -> &'static str {
    match error.code() {
        Some(&SqlState::INSUFFICIENT_PRIVILEGE) => {
            "; connect as the role that owns the schema, or grant this one what it lacks (CREATE on the database for the schema tablewright)"
        }
        Some(&SqlState::LOCK_NOT_AVAILABLE) => {
            "; somebody holds a lock for longer than the lock timeout: end that transaction, or give more time by --lock-timeout or --retries"
        }
        Some(&SqlState::QUERY_CANCELED) => "; it was cancelled, or took longer than --statement-timeout",
        Some(&SqlState::ACTIVE_SQL_TRANSACTION | &SqlState::INVALID_TRANSACTION_TERMINATION) => {
            "; no transaction can hold it: write BEGIN and COMMIT around the statements that one can hold, so that this one stands alone"
        }
        Some(&SqlState::DISK_FULL) => "; free space on the server",
        Some(&SqlState::READ_ONLY_SQL_TRANSACTION) => "; connect to the primary, with a role that may write",
        None if error.is_closed() => "; the connection is gone: see the server's log",
        _ => "",
    }
}
