//! Where schemas come from.

#[cfg(feature = "database")]
pub mod catalog;
