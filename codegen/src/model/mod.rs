//! What there is (a schema of objects) and what can happen to it (changes). No SQL, no IO.

mod change;
mod id;
mod parse;
mod schema;
mod statement;

pub use change::Change;
pub use id::Id;
pub use parse::{IdFault, parse_id};
pub use schema::{Duplicate, Known, Schema};
pub use statement::{Lock, LockMode, Reach, Statement, Transaction};
