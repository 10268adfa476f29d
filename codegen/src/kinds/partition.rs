//! `ALTER TABLE ... ATTACH PARTITION`: that a table is a partition of another.
//!
//! A partition is made as a table of its own, with its own columns, constraints and indexes under their own names, and
//! then attached: PostgreSQL takes what is there already for its part of what the parent hands on, and attaching takes a
//! weaker lock on the parent than `CREATE TABLE ... PARTITION OF` (documentation, ALTER TABLE, ATTACH PARTITION).

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, ObjectKind, Relation, Renaming};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::Style;

/// That a table is a partition of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partition {
    /// The schema of the partition.
    pub schema: String,
    /// The partition.
    pub table: String,
    /// Whether it is a foreign table.
    #[serde(default, skip_serializing_if = "Relation::is_table")]
    pub relation: Relation,
    /// The schema of the partitioned table.
    pub parent_schema: String,
    /// The partitioned table.
    pub parent: String,
    /// `FOR VALUES ...` or `DEFAULT`
    pub bound: String,
    /// Whether foreign keys refer to the partitioned table, so that no partition can be dropped before it is detached.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_referenced: bool,
}

impl Partition {
    /// The partition.
    pub fn table_id(&self) -> Id {
        self.relation.id(&self.schema, &self.table)
    }

    /// The partitioned table.
    pub fn parent_id(&self) -> Id {
        Id::new(Kind::Table, [&self.parent_schema, &self.parent])
    }

    fn statement(&self, style: &Style, verb: &str, bound: &str) -> Statement {
        let parent = style.name(&self.parent_schema, &self.parent);
        let table = style.name(&self.schema, &self.table);
        Statement::new(format!("ALTER TABLE {parent}\n  {verb} PARTITION {table}{bound}"))
    }
}

impl ObjectKind for Partition {
    const NAME: &'static str = "partition";
    const CATALOG: &str = r#"
        SELECT 0, 0, 0, jsonb_build_object(
            'schema', t.schema, 'table', t.name, 'relation', t.sort, 'parent_schema', n.nspname, 'parent', parent.relname,
            'bound', pg_get_expr(t.relpartbound, t.oid),
            'is_referenced', i.inhparent IN (SELECT confrelid FROM pg_constraint WHERE contype = 'f')
          )
        FROM relation AS t
        JOIN pg_inherits AS i ON i.inhrelid = t.oid
        JOIN pg_class AS parent ON parent.oid = i.inhparent
        JOIN pg_namespace AS n ON n.oid = parent.relnamespace
        WHERE t.relispartition AND t.relkind IN ('r', 'p', 'f')"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_inherits)";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.table.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![self.table_id(), self.parent_id()]
    }

    fn owner(&self) -> Option<Id> {
        (!self.is_referenced).then(|| self.table_id())
    }

    // Of two partitions no row may fit both.
    const RIVALS: bool = true;

    fn binds(&self) -> Vec<Id> {
        vec![self.table_id(), self.parent_id()]
    }

    fn essence(&self) -> Self {
        Self { is_referenced: false, ..self.clone() }
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let attach = self.statement(style, "ATTACH", &format!(" {}", self.bound));
        vec![
            attach
                .lock(self.parent_id(), LockMode::ShareUpdateExclusive)
                .lock(self.table_id(), LockMode::AccessExclusive)
                .scan()
                .with_partitions(),
        ]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let detach = self.statement(style, "DETACH", "");
        let detach = detach.lock(self.parent_id(), LockMode::AccessExclusive);
        vec![detach.lock(self.table_id(), LockMode::AccessExclusive).with_partitions()]
    }

    fn alter(_context: &Context, _from: &Self, _to: &Self) -> Alteration {
        Alteration::Replace
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.relation(&self.schema, &mut it.table);
        rename.relation(&self.parent_schema, &mut it.parent);
        it
    }

    fn phrase(&self) -> String {
        format!("partition {} of {}", self.table, self.parent)
    }
}
