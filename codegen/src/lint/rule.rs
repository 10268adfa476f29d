//! What a rule is.

use serde::Serialize;

use super::{Finding, Way};

/// A rule: what it finds, why that matters, and the check.
pub struct Rule {
    /// Its name, for example `unique-on-existing`.
    pub id: &'static str,
    /// What it is about.
    pub group: Group,
    /// How bad it is on the way up.
    pub level: Level,
    /// The ways that it looks at.
    pub ways: &'static [Direction],
    /// What it finds, in a sentence.
    pub what: &'static str,
    /// Why that matters, in a sentence.
    pub why: &'static str,
    /// Finds it in a way.
    pub check: fn(&Way) -> Vec<Finding>,
}

/// What can go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Data goes.
    DestroysData,
    /// The rows that are there may not allow it.
    MayFail,
    /// Others wait.
    Blocks,
    /// A table is written anew.
    Rewrites,
    /// Code of the version before meets what it does not expect.
    BreaksCode,
    /// Somebody can do or see what they could not.
    Security,
    /// Others become slower.
    Performance,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Good to know.
    Note,
    /// To be weighed: on a table that is small, or unused, it is nothing.
    Warning,
    /// Refused until a human has accepted it by name: it can't be undone, or lets somebody see what they should not.
    Error,
}

/// Which way of a migration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// The migration.
    Up,
    /// Its rollback.
    Down,
}

impl Group {
    /// Every group, in the order of the documentation.
    pub const ALL: [Group; 7] = [
        Group::DestroysData,
        Group::MayFail,
        Group::Blocks,
        Group::Rewrites,
        Group::BreaksCode,
        Group::Security,
        Group::Performance,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Group::DestroysData => "destroys data",
            Group::MayFail => "may fail",
            Group::Blocks => "blocks",
            Group::Rewrites => "rewrites",
            Group::BreaksCode => "breaks running code",
            Group::Security => "security",
            Group::Performance => "performance",
        }
    }
}

impl Level {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        }
    }
}

impl Direction {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Direction::Up => "up",
            Direction::Down => "down",
        }
    }
}
