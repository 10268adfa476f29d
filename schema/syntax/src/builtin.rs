//! The built-in types of PostgreSQL and the Rust names that declare them.
