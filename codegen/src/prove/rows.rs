//! Rows for a database, so that a proof has something to lose: they reach every constraint that can be reached.
//!
//! We make candidates and PostgreSQL decides: which values a type takes, which of them fit together, which rows go in.
//! The same schema gets the same rows; only what a default computes anew each time differs.

mod candidates;
mod choose;
mod climb;
mod combinations;
mod component;
mod expressions;
mod fill;
mod grow;
mod insert;
mod numbered;
mod order;
mod patterns;
mod pools;
mod reach;
mod session;
mod solve;
mod table;
mod world;

use std::collections::BTreeMap;
use std::fmt;

use postgres::Client;

use super::ProofError;
use crate::model::{Id, Schema};

/// What was put into a database, and what it reaches.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// The number of rows by table, of all tables that can hold rows of their own (not partitioned ones).
    pub tables: BTreeMap<Id, usize>,
    /// How many constraints are reached; each label of an enum that a column can hold counts as one.
    pub reached: usize,
    /// What is not.
    pub unreached: Vec<Unreached>,
}

/// A constraint that no row reaches. The same schema gives the same sentences.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unreached {
    /// The object: a constraint, an index, a column for its NOT NULL, a domain or an enum, a partition.
    pub id: Id,
    /// The part of it: the label of an enum, the check of a domain.
    pub part: Option<String>,
    /// Why, as half a sentence.
    pub why: String,
}

/// A row as columns and the text of their values; columns that are not named get their default.
pub type Sample = Vec<(String, Option<String>)>;

/// Fills the database that holds `schema` (as read from its catalog) with at least `wanted` rows per table, where its
/// constraints leave room for them. Rows that are there already stay and count.
///
/// # Errors
/// When the server is gone or refuses what it should not. That a table stays empty is no error; see
/// [`Filled::unreached`].
pub fn fill(client: &mut Client, schema: &Schema, wanted: usize) -> Result<Filled, ProofError> {
    fill::fill(client, schema, wanted)
}

/// How many rows the tables have that were to have as many as those of another database.
#[derive(Clone, Debug, Default)]
pub struct Grown {
    /// How many there are, and how many there should be.
    pub tables: BTreeMap<Id, (usize, usize)>,
}

/// Adds rows to tables that have some already, until they have as many as `sizes` says: the same rows again, with other
/// values where two must not be alike. Where the constraints leave no room for them, there are fewer then.
///
/// # Errors
/// When the server is gone or refuses what it should not.
pub fn grow(client: &mut Client, schema: &Schema, sizes: &BTreeMap<Id, usize>) -> Result<Grown, ProofError> {
    grow::grow(client, schema, sizes)
}

/// One row that the constraints of a table accept at this moment, without putting it in. The rows that it refers to
/// are there. A reason, if none was found.
///
/// # Errors
/// When the server is gone or refuses what it should not.
pub fn sample(client: &mut Client, schema: &Schema, table: &Id) -> Result<Result<Sample, String>, ProofError> {
    fill::sample(client, schema, table)
}

impl Filled {
    /// The tables without a row.
    pub fn empty(&self) -> impl Iterator<Item = &Id> {
        self.tables.iter().filter(|(_, rows)| **rows == 0).map(|(table, _)| table)
    }
}

impl fmt::Display for Unreached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = self.part.as_ref().map(|part| format!(" ({part})")).unwrap_or_default();
        write!(f, "{}{part}: {}", self.id, self.why)
    }
}
