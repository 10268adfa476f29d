//! To come.

#[cfg(feature = "database")]
pub mod scratch;
