//! `ALTER TABLE ... CLUSTER ON`: by which index CLUSTER orders the rows.

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, ObjectKind, Relation, Renaming};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// The index by which a relation is clustered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clustering {
    /// The relation's schema.
    pub schema: String,
    /// The relation.
    pub table: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "Relation::is_table")]
    pub relation: Relation,
    /// The index, which may be that of a constraint.
    pub index: String,
}

/// What an index of this name is: itself, or that of the constraint of the same name.
pub(super) fn indexes(schema: &str, table: &str, index: &str) -> Vec<Id> {
    let of_constraint =
        [Kind::PrimaryKey, Kind::Unique, Kind::Exclusion].map(|kind| Id::new(kind, [schema, table, index]));
    of_constraint.into_iter().chain([Id::new(Kind::Index, [schema, index])]).collect()
}

impl Clustering {
    fn statement(&self, style: &Style, action: &str) -> Vec<Statement> {
        let relation = format!("{} {}", self.relation.words(), style.name(&self.schema, &self.table));
        let id = self.relation.id(&self.schema, &self.table);
        vec![Statement::new(format!("ALTER {relation} {action}")).lock(id, LockMode::ShareUpdateExclusive)]
    }
}

impl ObjectKind for Clustering {
    const NAME: &'static str = "clustering";
    const CATALOG: &str = r#"
        SELECT 0, 0, 0, jsonb_build_object('schema', r.schema, 'table', r.name, 'relation', r.sort, 'index', own.relname)
        FROM pg_index AS i
        JOIN relation AS r ON r.oid = i.indrelid
        JOIN pg_class AS own ON own.oid = i.indexrelid
        WHERE i.indisclustered"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_index WHERE indisclustered)";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.table.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        indexes(&self.schema, &self.table, &self.index)
    }

    fn owner(&self) -> Option<Id> {
        Some(self.relation.id(&self.schema, &self.table))
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        self.statement(style, &format!("CLUSTER ON {}", sql::ident(&self.index)))
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        self.statement(style, "SET WITHOUT CLUSTER")
    }

    fn alter(context: &Context, _from: &Self, to: &Self) -> Alteration {
        Alteration::InPlace(to.create(context.style))
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.index(&self.schema, &self.table, &mut it.index);
        rename.relation(&self.schema, &mut it.table);
        it
    }
}
