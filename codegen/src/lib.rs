//! To come.

pub mod output;
#[cfg(feature = "database")]
pub mod scratch;
