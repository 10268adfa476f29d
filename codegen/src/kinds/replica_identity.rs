//! `ALTER TABLE ... REPLICA IDENTITY`: by what logical replication tells rows apart, where it is not the primary key.

use serde::{Deserialize, Serialize};

use super::clustering::indexes;
use super::{Alteration, Context, Kind, ObjectKind, Renaming};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// By what the rows of a table are told apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplicaIdentity {
    /// The table's schema.
    pub schema: String,
    /// The table.
    pub table: String,
    /// By what.
    pub by: Distinction,
}

/// By what a row is named in the stream of changes (documentation, ALTER TABLE).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Distinction {
    /// The whole old row
    Full,
    /// Nothing, so that no row can be updated or deleted
    Nothing,
    /// The columns of this unique index, which may be that of a constraint
    Index(String),
}

impl ReplicaIdentity {
    fn table_id(&self) -> Id {
        Id::new(Kind::Table, [&self.schema, &self.table])
    }

    fn statement(&self, style: &Style, by: &str) -> Vec<Statement> {
        let table = style.name(&self.schema, &self.table);
        vec![
            Statement::new(format!("ALTER TABLE {table} REPLICA IDENTITY {by}"))
                .lock(self.table_id(), LockMode::AccessExclusive),
        ]
    }
}

impl ObjectKind for ReplicaIdentity {
    const NAME: &'static str = "replica identity";
    const CATALOG: &str = r#"
        SELECT 0, 0, 0, jsonb_build_object(
            'schema', t.schema, 'table', t.name,
            'by', CASE
              WHEN t.relreplident = 'f' THEN '"full"'
              WHEN own.oid IS NOT NULL THEN jsonb_build_object('index', own.relname)
              -- The index that it was by is gone.
              ELSE '"nothing"'
            END
          )
        FROM "table" AS t
        LEFT JOIN pg_index AS i ON i.indrelid = t.oid AND i.indisreplident AND t.relreplident = 'i'
        LEFT JOIN pg_class AS own ON own.oid = i.indexrelid
        WHERE t.relreplident <> 'd'"#;
    const THERE: &str =
        "EXISTS (SELECT FROM pg_class WHERE oid >= 16384 AND relkind IN ('r', 'p') AND relreplident <> 'd')";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.table.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        match &self.by {
            Distinction::Index(index) => indexes(&self.schema, &self.table, index),
            Distinction::Full | Distinction::Nothing => Vec::new(),
        }
    }

    fn owner(&self) -> Option<Id> {
        Some(self.table_id())
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        match &self.by {
            Distinction::Full => self.statement(style, "FULL"),
            Distinction::Nothing => self.statement(style, "NOTHING"),
            Distinction::Index(index) => self.statement(style, &format!("USING INDEX {}", sql::ident(index))),
        }
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        self.statement(style, "DEFAULT")
    }

    fn alter(context: &Context, _from: &Self, to: &Self) -> Alteration {
        Alteration::InPlace(to.create(context.style))
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        if let Distinction::Index(index) = &mut it.by {
            rename.index(&self.schema, &self.table, index);
        }
        rename.relation(&self.schema, &mut it.table);
        it
    }
}
