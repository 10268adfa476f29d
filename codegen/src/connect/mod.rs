//! The one place that opens connections to a user's database.
//!
//! [`Target::parse`] understands what libpq understands (URLs, `key=value`, service files, `PG*` variables, `.pgpass`),
//! [`connect`] opens it, and [`prepare_to_read`] makes a session in which the catalog prints the same everywhere.
//!
//! **Architecture Invariant:** no password is ever printed: it lives in one type that can't be shown, and no fault of a
//! connection string repeats text that could be a piece of one.

mod conninfo;
mod environment;
mod error;
mod host;
mod keyword;
mod link;
mod open;
mod passfile;
mod refusal;
mod secret;
mod service;
mod session;
mod settings;
mod target;
mod tls;
mod url;
mod wanted;

pub use environment::Environment;
pub use error::{ConnectError, Failure, SessionError, TargetError};
pub use open::connect;
pub use session::prepare_to_read;
pub use target::Target;
