//! `UNIQUE`

mod declared;

use serde::{Deserialize, Serialize};

use super::constraint::Place;
use super::key::{include, key_columns, same_key};
use super::storage::IndexStorage;
use super::{
    Alteration, Claim, Context, Deferrable, Follow, IndexTree, Kind, ObjectKind, Renaming, Side, Stage, online,
};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// A unique constraint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unique {
    /// The table's schema.
    pub schema: String,
    /// The table.
    pub table: String,
    /// Its name.
    pub name: String,
    /// The columns, in order.
    pub columns: Vec<String>,
    /// `INCLUDE`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// `NULLS NOT DISTINCT` (PostgreSQL 15)
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nulls_not_distinct: bool,
    /// `WITHOUT OVERLAPS`, of the last column (PostgreSQL 18)
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_overlaps: bool,
    /// How and where its index is kept.
    #[serde(flatten)]
    pub storage: IndexStorage,
    /// When it is checked.
    #[serde(default, skip_serializing_if = "Deferrable::is_not")]
    pub deferrable: Deferrable,
    /// How it stands to those of partitions.
    #[serde(flatten)]
    pub tree: IndexTree,
}

impl Unique {
    fn place(&self) -> Place<'_> {
        Place { schema: &self.schema, table: &self.table, name: &self.name }
    }

    fn definition(&self) -> String {
        let nulls = if self.nulls_not_distinct { " NULLS NOT DISTINCT" } else { "" };
        let columns = key_columns(&self.columns, self.without_overlaps);
        let storage = self.storage.clauses();
        format!("UNIQUE{nulls} ({columns}){}{storage}{}", include(&self.include), self.deferrable.clause())
    }
}

impl ObjectKind for Unique {
    const NAME: &'static str = "unique";
    const NOUN: Option<&'static str> = Some("CONSTRAINT");
    const HANDED_ON: bool = true;
    const CAN_BE_TWICE: bool = true;
    const CATALOG: &str = r#"
        SELECT 'pg_constraint'::regclass, c.oid, 0, c.schema, c."table", c.name, c.key_columns AS columns,
          c.index_with AS "with", c.index_space AS tablespace, include.columns AS include,
          i.nulls_not_distinct, c.temporal AS without_overlaps, c."deferrable",
          c.attached_to, c.has_attached, c.is_twin, c.is_incomplete
        FROM key_constraint AS c
        JOIN index_of_any_major AS i ON i.indexrelid = c.conindid
        LEFT JOIN index_include AS include ON include.oid = c.conindid
        WHERE c.contype = 'u'"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_constraint WHERE oid >= 16384 AND contype = 'u')";

    fn comes(&self, _before: &Schema) -> Stage {
        Stage::Migrate
    }

    fn path(&self) -> Vec<String> {
        self.place().path()
    }

    fn claims(&self) -> Vec<Claim> {
        Claim::constraint_with_index(&self.schema, &self.table, &self.name)
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        [self.place().columns(&self.columns), self.place().columns(&self.include)].concat()
    }

    fn owner(&self) -> Option<Id> {
        Some(self.place().table())
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let add = self.place().add_to(style, self.tree.only(), &self.definition());
        vec![self.tree.adding(add.lock(self.place().table(), LockMode::AccessExclusive).scan())]
    }

    fn clause(&self, _style: &Style) -> Option<String> {
        (!self.tree.is_late()).then(|| self.place().clause(&self.definition()))
    }

    fn alike(&self) -> Option<String> {
        Some(same_key(&self.columns, &self.include, self.deferrable, self.nulls_not_distinct))
    }

    fn create_online(&self, context: &Context) -> Option<Vec<Statement>> {
        if self.without_overlaps {
            return None;
        }
        let nulls = if self.nulls_not_distinct { " NULLS NOT DISTINCT" } else { "" };
        let parts = (sql::idents(&self.columns), include(&self.include), self.storage.clauses_of_index());
        let index = format!("({}){}{nulls}{}", parts.0, parts.1, parts.2);
        let (place, deferrable, tree) = (self.place(), self.deferrable, &self.tree);
        online::Key { place, words: "UNIQUE", index, deferrable, tree }.create(context)
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![self.place().drop(style)]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        // To come to belong to another, or to nobody, takes no statement of its own.
        let same = Self { storage: to.storage.clone(), tree: to.tree.clone(), ..from.clone() } == *to;
        if !same {
            return Alteration::Replace;
        }
        Alteration::InPlace(from.storage.changes(context.style, (&to.schema, &to.name), &to.storage))
    }

    fn essence(&self) -> Self {
        Self { tree: self.tree.essence(), ..self.clone() }
    }

    fn follows_link(&self, own: Side) -> bool {
        self.tree.follows_link(own)
    }

    fn follows(&self) -> Vec<Follow> {
        self.tree.follows([&self.schema, &self.table])
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        Some(self.place().rename(style, &to.name))
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.columns(&self.schema, &self.table, &mut it.columns);
        rename.columns(&self.schema, &self.table, &mut it.include);
        it.tree.rename(rename);
        rename.own(Kind::Unique, &[&self.schema, &self.table], &mut it.name);
        rename.relation(&self.schema, &mut it.table);
        it
    }

    fn tolerates_null(&self, column: &Id) -> bool {
        !self.nulls_not_distinct || !self.columns.iter().any(|name| name == column.name())
    }

    fn phrase(&self) -> String {
        format!("unique constraint {}", self.name)
    }
}
