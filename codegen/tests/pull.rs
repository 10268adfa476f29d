//! `pull`: what is pulled from a database and built again is that database, and pulling again changes nothing.
//!
//! `codegen/tests/pull/*.sql` are schemas of our own.
//! `TABLEWRIGHT_CORPORA` names a folder of others: its `*.sql`, those of its folder `schemas`, and the ends of the
//! migrations in each folder of `histories`. `TABLEWRIGHT_ONLY` is a part of the names to be looked at.
//! `TABLEWRIGHT_PULLED` names a folder to keep what was written.

#![cfg(all(feature = "cli", feature = "database"))]

mod pull {
    pub mod command;
    pub mod law;
    pub mod project;
}
