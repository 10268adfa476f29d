//! Turns one declared PostgreSQL schema into every file that people write by hand today, and proves each of them.
//!
//! The way through the crate is one pass, left to right: `read` makes a [`model::Schema`] of a declaration, of the
//! history or of a live database; [`diff`] compares two; `plan` orders what has to happen; `lint` and `emit` say it;
//! [`output`] writes it or checks it. Everything between `read` and `output` is pure.

#[cfg(feature = "database")]
pub mod apply;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "database")]
pub mod compare;
#[cfg(feature = "database")]
pub mod connect;
pub mod diff;
pub mod emit;
pub mod expression;
pub mod intent;
pub mod kinds;
pub mod lint;
pub mod model;
pub mod output;
pub mod plan;
#[cfg(feature = "database")]
pub mod proof;
#[cfg(feature = "database")]
pub mod prove;
pub mod pull;
pub mod read;
pub mod run;
#[cfg(feature = "database")]
pub mod scratch;
pub mod script;
pub mod service;
pub mod sql;
