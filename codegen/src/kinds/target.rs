//! What a fact about another object is about.

use serde::{Deserialize, Serialize};

use super::{Kind, Relation, Renaming};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::Style;

/// The object that an owner, a grant or a label hangs on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Its kind, by its name in ids.
    pub on: String,
    /// Its path.
    pub path: Vec<String>,
    /// Kind and path of the object that it goes down with, where it is no object of its own: the sequence behind an
    /// identity column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<(String, Vec<String>)>,
}

impl Target {
    /// An object of its own.
    pub fn new(on: &str, path: Vec<String>) -> Self {
        Self { on: on.into(), path, part_of: None }
    }

    /// Its id, or that of the object that it is a part of, if there is such a kind.
    pub fn id(&self) -> Option<Id> {
        let own = (&self.on, &self.path);
        let (kind, path) = self.part_of.as_ref().map_or(own, |(kind, path)| (kind, path));
        Kind::named(kind).map(|kind| Id::new(kind, path))
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
        match Relation::named_by(&self.on, &self.path) {
            Some(relation) => statement.lock(relation, mode),
            None => statement,
        }
    }

    /// The same after the rename of what it names.
    pub fn renamed(&self, rename: &Renaming) -> Self {
        let Some(now) = self.id().and_then(|id| rename.applied(&id)) else { return self.clone() };
        let mut it = self.clone();
        // The sequence of a column keeps its name.
        *it.part_of.as_mut().map_or(&mut it.path, |(_, path)| path) = now.path.to_vec();
        it
    }
}
