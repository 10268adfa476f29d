//! The project's own schema on real servers: what the plan of migration 153 wants tested, the round trip beside
//! statements that were written by hand, and a second reader of the catalog.

#![cfg(feature = "database")]

mod baseline;
mod contents;
mod round_trip;
mod second_reader;
mod servers;
mod testing;
