//! What went wrong at one server, in words.

use std::error::Error;
use std::io::ErrorKind;
use std::time::Duration;

use postgres::error::SqlState;

use super::error::Failure;
use super::host::Host;

/// Why one attempt failed.
#[derive(Debug)]
pub(super) enum Refusal {
    Driver(postgres::Error),
    TimedOut(Duration),
    NoThread,
    /// TLS could not be set up, for this reason.
    Certificates(String),
    /// It is not the server that is wanted, for this reason.
    Unwanted(&'static str),
}

impl Refusal {
    pub(super) fn is_starting(&self) -> bool {
        self.state() == Some(&SqlState::CANNOT_CONNECT_NOW)
    }

    /// Whether another server is no use: this one answered, and it was not that it can't answer now.
    pub(super) fn is_final(&self) -> bool {
        self.state().is_some() && !self.is_starting() || matches!(self, Self::Certificates(_))
    }

    /// Whether it may go better with encryption than without, or the other way round.
    pub(super) fn is_about_encryption(&self) -> bool {
        match self {
            Self::Driver(error) => match error.code() {
                Some(state) => *state == SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
                None => certificate_fault(error).is_some() || is_handshake(error),
            },
            Self::TimedOut(_) | Self::NoThread | Self::Certificates(_) | Self::Unwanted(_) => false,
        }
    }

    fn state(&self) -> Option<&SqlState> {
        match self {
            Self::Driver(error) => error.code(),
            Self::TimedOut(_) | Self::NoThread | Self::Certificates(_) | Self::Unwanted(_) => None,
        }
    }

    pub(super) fn explain(&self, host: &Host) -> Failure {
        let (reason, advice) = match self {
            Self::Driver(error) => (reason(error), advice(error)),
            Self::TimedOut(limit) => (
                format!("no answer within {} s", limit.as_secs()),
                "check the host, the network and firewalls, or set connect_timeout",
            ),
            Self::NoThread => ("no thread could be started".to_owned(), "free some memory or processes"),
            Self::Certificates(reason) => (reason.clone(), "correct `sslrootcert`, `sslcert` or `sslkey`"),
            Self::Unwanted(reason) => ((*reason).to_owned(), "name another server, or change target_session_attrs"),
        };
        Failure { place: host.to_string(), reason, advice: advice.to_owned() }
    }
}

/// What the server or the system says, without the frame that hides it.
pub(super) fn reason(error: &postgres::Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(answer), _) => answer.message().to_owned(),
        (None, Some(source)) if is_handshake(error) => format!("no encrypted connection: {source}"),
        (None, Some(source)) => source.to_string(),
        (None, None) => error.to_string(),
    }
}

fn advice(error: &postgres::Error) -> &'static str {
    match (error.code(), certificate_fault(error)) {
        (Some(state), _) => advice_for_state(state),
        (None, Some(fault)) => advice_for_certificate(fault),
        (None, None) => advice_for_system(error),
    }
}

fn advice_for_state(state: &SqlState) -> &'static str {
    match *state {
        SqlState::INVALID_PASSWORD => "correct the password in PGPASSWORD, ~/.pgpass or the connection string",
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            "correct the user or `sslmode`, or let the user in by the server's pg_hba.conf"
        }
        SqlState::INVALID_CATALOG_NAME => "correct the name of the database, or create it",
        SqlState::CANNOT_CONNECT_NOW => "try again when the server has started, or set connect_timeout higher",
        SqlState::TOO_MANY_CONNECTIONS => "end some connections, or set max_connections higher",
        SqlState::INSUFFICIENT_PRIVILEGE => "grant the user CONNECT on the database",
        _ => "see the server's log",
    }
}

fn advice_for_certificate(fault: &rustls::Error) -> &'static str {
    use rustls::CertificateError::{NotValidForName, NotValidForNameContext, UnknownIssuer};
    match fault {
        rustls::Error::InvalidCertificate(NotValidForName | NotValidForNameContext { .. }) => {
            "connect by the name in the server's certificate, or say sslmode=verify-ca"
        }
        rustls::Error::InvalidCertificate(UnknownIssuer) => {
            "name the certificate of the authority that signed the server's with `sslrootcert`"
        }
        rustls::Error::AlertReceived(_) => "see the server's log; it may want another client certificate (`sslcert`)",
        _ => "renew the server's certificate, or correct `sslrootcert`",
    }
}

fn advice_for_system(error: &postgres::Error) -> &'static str {
    match system_fault(error) {
        Some(ErrorKind::ConnectionRefused | ErrorKind::NotFound) => {
            "start the server, or correct the host and port (PGHOST, PGPORT)"
        }
        Some(ErrorKind::PermissionDenied) => "let this user reach the socket, or connect by host name",
        Some(ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset) => {
            "check that a PostgreSQL server listens there, and see its log"
        }
        Some(_) => "correct the host and port (PGHOST, PGPORT), and check the network",
        None if is_handshake(error) => "let the server encrypt (ssl = on), or choose another `sslmode`",
        None if says_password(error) => "give the password in PGPASSWORD, ~/.pgpass or the connection string",
        None => "see the server's log",
    }
}

/// The driver tells its kinds of errors apart in words only.
fn is_handshake(error: &postgres::Error) -> bool {
    error.to_string().contains("TLS handshake")
}

fn says_password(error: &postgres::Error) -> bool {
    error.source().is_some_and(|source| source.to_string() == "password missing")
}

fn system_fault(error: &postgres::Error) -> Option<ErrorKind> {
    error.source()?.downcast_ref::<std::io::Error>().map(std::io::Error::kind)
}

fn certificate_fault(error: &postgres::Error) -> Option<&rustls::Error> {
    error.source()?.downcast_ref::<std::io::Error>()?.get_ref()?.downcast_ref()
}
