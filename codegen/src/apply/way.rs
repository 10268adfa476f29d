//! What one run does with one migration.

use super::books::Kept;
use super::migrations::Migration;
use super::text::Text;

/// The direction of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// The migration is applied.
    Up,
    /// It is rolled back.
    Down,
}

impl Way {
    /// As it stands in the books.
    pub fn name(self) -> &'static str {
        match self {
            Way::Up => "up",
            Way::Down => "down",
        }
    }

    /// What it is called in a sentence.
    pub fn noun(self) -> &'static str {
        match self {
            Way::Up => "migration",
            Way::Down => "rollback of",
        }
    }

    /// The command that goes this way.
    pub fn command(self) -> &'static str {
        match self {
            Way::Up => "codegen apply",
            Way::Down => "codegen rollback",
        }
    }
}

/// One migration to carry out in one direction.
#[derive(Clone, Debug)]
pub struct Work {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// The direction.
    pub way: Way,
    /// Its text; by the hash of the way up, it is noted.
    pub text: Text,
    /// The way down to keep in the database, since the file may change: that of an open migration.
    pub rollback: Option<Kept>,
}

impl Work {
    /// To apply a migration.
    pub fn up(migration: &Migration) -> Self {
        let losses = &migration.destroyed_by_rollback;
        let kept = migration.down.as_ref().map(|text| Kept { sql: text.as_one(), losses: losses.clone() });
        Self {
            number: migration.number,
            name: migration.name.clone(),
            way: Way::Up,
            text: migration.up.clone(),
            rollback: kept.filter(|_| migration.is_open),
        }
    }

    /// To roll one back with this text.
    pub fn down(number: u32, name: &str, text: &Text) -> Self {
        Self { number, name: name.to_owned(), way: Way::Down, text: text.clone(), rollback: None }
    }

    /// Number and name: `153_remove_external_cluster_id`.
    pub fn stem(&self) -> String {
        format!("{:03}_{}", self.number, self.name)
    }
}
