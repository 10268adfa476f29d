//! `ON DELETE` and `ON UPDATE`

use serde::{Deserialize, Serialize};

use crate::sql;

/// What happens to the referencing row (documentation, CREATE TABLE, REFERENCES).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// The default: an error, at the end of the statement or transaction
    #[default]
    NoAction,
    /// An error, at once
    Restrict,
    /// It goes too, or follows
    Cascade,
    /// These columns become NULL; all of the key if none is named
    SetNull(Vec<String>),
    /// These columns get their default; all of the key if none is named
    SetDefault(Vec<String>),
}

impl Action {
    /// True for the default, which is not written.
    pub fn is_none(&self) -> bool {
        *self == Action::NoAction
    }

    /// The action in SQL.
    pub fn sql(&self) -> String {
        let with = |word: &str, columns: &[String]| {
            if columns.is_empty() { word.to_owned() } else { format!("{word} ({})", sql::idents(columns)) }
        };
        match self {
            Action::NoAction => "NO ACTION".into(),
            Action::Restrict => "RESTRICT".into(),
            Action::Cascade => "CASCADE".into(),
            Action::SetNull(columns) => with("SET NULL", columns),
            Action::SetDefault(columns) => with("SET DEFAULT", columns),
        }
    }

    pub(super) fn columns_mut(&mut self) -> &mut [String] {
        match self {
            Action::SetNull(columns) | Action::SetDefault(columns) => columns,
            _ => &mut [],
        }
    }
}
