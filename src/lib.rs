//! What a Rust service uses of the declared schema: rows, enums, upserts, column identifiers, and the migrations.
//!
//! [`rows`] is made from the declaration by the build script; [`migrate()`] brings a database to it.

pub mod migrate;
pub mod rows;

pub use migrate::{Applied, MIGRATIONS, MigrateError, Migration, adopt, migrate};
