//! What the ways have in common that let others use a table while something of it is made.
//!
//! Sources: PostgreSQL documentation, CREATE INDEX ("Building Indexes Concurrently"), ALTER TABLE (Notes; `NOT VALID`,
//! `USING INDEX`). Which locks each takes is measured by `codegen/tests/locks.rs`.

use super::constraint::Place;
use super::{Context, Deferrable, IndexTree, Kind, Object};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// Whether others use the table before the plan and after it, and it holds its rows itself.
pub fn is_used(context: &Context, table: &Id) -> bool {
    let there = |schema: &Schema| schema.contains(table) && !is_partitioned(schema, table);
    context.style.online && there(context.from) && there(context.to)
}

/// Whether a table's rows are those of its partitions.
pub fn is_partitioned(schema: &Schema, table: &Id) -> bool {
    matches!(schema.get(table).map(AsRef::as_ref), Some(Object::Table(table)) if table.partition_by.is_some())
}

/// A key that has an index behind it.
pub struct Key<'a> {
    /// Where it is; its index has the same name.
    pub place: Place<'a>,
    /// `UNIQUE` or `PRIMARY KEY`
    pub words: &'static str,
    /// What stands behind the name of the table in CREATE INDEX.
    pub index: String,
    /// When it is checked.
    pub deferrable: Deferrable,
    /// How it stands to those of partitions.
    pub tree: &'a IndexTree,
}

impl Key<'_> {
    /// The statements that make its index while others write, and then the key of it.
    pub fn create(&self, context: &Context) -> Option<Vec<Statement>> {
        let Place { schema, name, .. } = self.place;
        let table = self.place.table();
        // What PostgreSQL could take for another is made where it is told apart.
        if !is_used(context, &table) || self.tree.is_late() {
            return None;
        }
        let (style, at) = (context.style, context.style.name(schema, self.place.table));
        let ident = sql::ident(name);
        let build = format!("CREATE UNIQUE INDEX CONCURRENTLY {ident}\n  ON {at} {}", self.index);
        let definition = format!("{} USING INDEX {ident}{}", self.words, self.deferrable.clause());
        let add = self.place.add(style, &definition).lock(table.clone(), LockMode::AccessExclusive);
        Some(vec![clean_up(style, (schema, name), &table), building(build, table), self.tree.adding(add)])
    }
}

/// The statement that builds an index of a table while others write.
pub fn building(sql: String, table: Id) -> Statement {
    Statement::new(sql).lock(table, LockMode::ShareUpdateExclusive).scan().waiting_for_all()
}

/// The statement that removes what an earlier attempt to build an index has left.
pub fn clean_up(style: &Style, (schema, name): (&str, &str), table: &Id) -> Statement {
    let sql = format!("DROP INDEX CONCURRENTLY IF EXISTS {}", style.name(schema, name));
    let statement = Statement::new(sql).note("An attempt that was cut off leaves an index that is not valid");
    statement.lock(table.clone(), LockMode::ShareUpdateExclusive).waiting_for_all()
}

/// The table that an object of this kind and owner is checked in, if others use it meanwhile.
pub fn checks_later(context: &Context, owner: &Id) -> bool {
    let there = context.from.contains(owner) && context.to.contains(owner);
    context.style.online && there && owner.kind == Kind::Table
}
