//! The doors that a schema comes in by: the declaration and the history as text, the catalog of a live database.
//!
//! **Architecture Invariant:** what came in by one door is compared only with what came in by the same door.
//! Text is read in one place ([`sources`]); everything after that is pure.

#[cfg(feature = "database")]
pub mod catalog;
pub mod declared;
pub mod history;
pub mod sources;
pub mod texts;

pub use declared::{Declared, declared};
pub use history::{Entry, History, history};
pub use sources::{SourceFile, Sources};
