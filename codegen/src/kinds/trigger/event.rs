//! When a trigger fires, and upon what.

use serde::{Deserialize, Serialize};

use crate::sql;

/// When a trigger fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// `BEFORE`
    Before,
    /// `AFTER`
    After,
    /// `INSTEAD OF`
    InsteadOf,
}

/// What a trigger fires on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// `INSERT`
    Insert,
    /// `DELETE`
    Delete,
    /// `UPDATE`, of these columns if any is named
    Update(Vec<String>),
    /// `TRUNCATE`
    Truncate,
}

impl Event {
    pub(super) fn sql(&self) -> String {
        match self {
            Event::Insert => "INSERT".into(),
            Event::Delete => "DELETE".into(),
            Event::Update(columns) if columns.is_empty() => "UPDATE".into(),
            Event::Update(columns) => format!("UPDATE OF {}", sql::idents(columns)),
            Event::Truncate => "TRUNCATE".into(),
        }
    }
}
