//! The sorts of relation that other objects can be a part of.

use serde::{Deserialize, Serialize};

use super::Kind;
use crate::model::Id;

/// What sort of relation a column, an index, a trigger or a rule is a part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// A table
    #[default]
    Table,
    /// A view
    View,
    /// A materialized view
    MaterializedView,
    /// A foreign table
    ForeignTable,
}

impl Relation {
    /// Every sort.
    const ALL: [Relation; 4] = [Relation::Table, Relation::View, Relation::MaterializedView, Relation::ForeignTable];

    /// True for the usual one, which is not written.
    pub fn is_table(&self) -> bool {
        *self == Relation::Table
    }

    /// The kind of the relation.
    pub fn kind(self) -> Kind {
        match self {
            Relation::Table => Kind::Table,
            Relation::View => Kind::View,
            Relation::MaterializedView => Kind::MaterializedView,
            Relation::ForeignTable => Kind::ForeignTable,
        }
    }

    /// The id of the relation of this name.
    pub fn id(self, schema: &str, name: &str) -> Id {
        Id::new(self.kind(), [schema, name])
    }

    /// The words that it is created and altered by.
    pub fn words(self) -> &'static str {
        match self {
            Relation::Table => "TABLE",
            Relation::View => "VIEW",
            Relation::MaterializedView => "MATERIALIZED VIEW",
            Relation::ForeignTable => "FOREIGN TABLE",
        }
    }

    /// Whether others may inherit from it, so that what is done to it is done to them unless `ONLY` is said.
    pub fn has_heirs(self) -> bool {
        matches!(self, Relation::Table | Relation::ForeignTable)
    }

    /// The relation that is, or that has, the object of this kind and path. Which sort of relation a column is of, only a
    /// schema knows: it is said to be a table's.
    pub fn named_by(kind: &str, path: &[String]) -> Option<Id> {
        let kind = if kind == Kind::Column.name() { Some(Kind::Table) } else { Kind::named(kind) };
        kind.filter(|kind| Self::is(*kind)).zip(path.get(..2)).map(|(kind, path)| Id::new(kind, path))
    }

    /// Whether objects of this kind are relations with columns, which share their names.
    pub fn is(kind: Kind) -> bool {
        Self::ALL.iter().any(|relation| relation.kind() == kind)
    }
}
