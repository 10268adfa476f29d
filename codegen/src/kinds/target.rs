//! What a fact about another object is about.

use serde::{Deserialize, Serialize};

use super::{Kind, Renaming};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::Style;

/// The object that an owner, a grant or a label hangs on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Its kind, by its name in ids.
    pub on: String,
    /// Its path.
    pub path: Vec<String>,
}

impl Target {
    /// Its id, if there is such a kind.
    pub fn id(&self) -> Option<Id> {
        Kind::named(&self.on).map(|kind| Id::new(kind, &self.path))
    }

    /// The path of the fact: that of the object behind its kind.
    pub fn path(&self) -> Vec<String> {
        std::iter::once(&self.on).chain(&self.path).cloned().collect()
    }

    /// As `COMMENT ON` and `ALTER ... OWNER TO` name it.
    pub fn reference(&self, style: &Style) -> String {
        Kind::named(&self.on).map_or_else(String::new, |kind| kind.reference(&self.path, style))
    }

    /// What SQL calls it: `TYPE` for an enum.
    pub fn noun(&self) -> String {
        Kind::named(&self.on).map_or_else(String::new, Kind::noun)
    }

    /// Whether it is a column, which a view, a composite type or a foreign table has as well as a table.
    pub fn is_column(&self) -> bool {
        self.on == Kind::Column.name()
    }

    /// The relation that it is a column of, else itself.
    pub fn whole(&self, schema: &Schema) -> Option<Id> {
        if !self.is_column() {
            return self.id();
        }
        let relation = self.path.get(..2)?;
        let has_columns = |kind: &Kind| {
            matches!(kind.noun().as_str(), "TABLE" | "VIEW" | "MATERIALIZED VIEW" | "FOREIGN TABLE" | "TYPE")
        };
        let candidates = Kind::ALL.iter().filter(|kind| has_columns(kind));
        candidates.map(|kind| Id::new(*kind, relation)).find(|id| schema.contains(id))
    }

    /// The statement with the lock that it takes, if it takes one on a relation with rows.
    pub fn locked(&self, statement: Statement, mode: LockMode) -> Statement {
        match self.path.get(..2) {
            Some(table) if matches!(self.noun().as_str(), "TABLE" | "COLUMN") => {
                statement.lock(Id::new(Kind::Table, table), mode)
            }
            _ => statement,
        }
    }

    /// The same after the rename of what it names.
    pub fn renamed(&self, rename: &Renaming) -> Self {
        let id = self.id().and_then(|id| rename.applied(&id));
        id.map_or_else(|| self.clone(), |id| Self { on: self.on.clone(), path: id.path.to_vec() })
    }
}
