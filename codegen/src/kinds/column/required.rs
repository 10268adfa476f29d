//! NOT NULL for a column in use: PostgreSQL looks at no row, if a valid check says that there is no NULL.
//!
//! Source: PostgreSQL documentation, ALTER TABLE, `SET NOT NULL`.

use super::{Column, NotNull};
use crate::kinds::constraint::Place;
use crate::kinds::staging::fitting;
use crate::kinds::{Context, online};
use crate::model::{LockMode, Statement};
use crate::sql;

impl Column {
    /// The statements that make it NOT NULL, so that others can write while the rows are read, if there is a way.
    pub(super) fn required_online(&self, context: &Context) -> Option<Vec<Statement>> {
        if !online::checks_later(context, &self.table_id()) || self.is_checked_later() {
            return None;
        }
        if let Some(facts) = &self.not_null_constraint {
            return Some(self.required_by_name(context, facts));
        }
        let (style, name) = (context.style, self.name_of_proof());
        let place = Place { schema: &self.schema, table: &self.table, name: &name };
        let condition = format!("CHECK ({} IS NOT NULL) NOT VALID", sql::ident(&self.name));
        let table = style.name(&self.schema, &self.table);
        let drop = format!("ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {}", sql::ident(&name));
        let locked = |sql: String| Statement::new(sql).lock(self.table_id(), LockMode::AccessExclusive);
        let add = place.add(style, &condition).lock(self.table_id(), LockMode::AccessExclusive).with_heirs();
        let mut set = self.made_required(style);
        set.locks.iter_mut().for_each(|lock| lock.scan = false);
        Some(vec![
            locked(drop.clone()).with_partitions().note("An attempt that was cut off leaves its check"),
            add.note(format!("While {} is not yet NOT NULL, a check keeps NULL out", self.name)),
            place.validate(style),
            set.note("The check proves it, so that no row is read"),
            locked(drop).with_heirs(),
        ])
    }

    /// Since PostgreSQL 18, NOT NULL is a constraint that can wait itself.
    fn required_by_name(&self, context: &Context, facts: &NotNull) -> Vec<Statement> {
        let facts = Some(NotNull { not_valid: true, ..facts.clone() });
        let unchecked = Self { not_null_constraint: facts, ..self.clone() };
        let name = self.not_null_name();
        let place = Place { schema: &self.schema, table: &self.table, name: &name };
        vec![unchecked.made_required(context.style), place.validate(context.style)]
    }

    /// A name that nobody else has.
    fn name_of_proof(&self) -> String {
        fitting(&format!("tablewright_not_null_{}", self.name), &self.name)
    }
}
