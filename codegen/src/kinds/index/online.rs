//! `CREATE INDEX CONCURRENTLY`, `DROP INDEX CONCURRENTLY`

use super::Index;
use crate::kinds::constraint::Place;
use crate::kinds::{Context, online};
use crate::model::{LockMode, Statement};
use crate::sql::Style;

impl Index {
    pub(super) fn created_online(&self, context: &Context) -> Option<Vec<Statement>> {
        if !online::is_used(context, &self.table_id()) || self.tree.is_late() {
            return None;
        }
        let style = context.style;
        let place = Place { schema: &self.schema, table: &self.table, name: &self.name };
        let text = |how: &str, at: &str| self.definition(at, how);
        let mut statements = online::building(style, place, &self.table_id(), text);
        if let (Some(build), Some(note)) = (statements.last_mut(), self.note()) {
            build.note = Some(note);
        }
        statements.extend(self.statistics.iter().map(|target| self.statistics(style, *target)));
        Some(statements)
    }

    pub(super) fn dropped_online(&self, context: &Context) -> Option<Vec<Statement>> {
        let is_part = self.tree.attached_to.is_some();
        (online::is_used(context, &self.table_id()) && !is_part).then(|| {
            let drop = |style: &Style, how: &str| Statement::new(self.drop_statement(style, how));
            let gone = Style { drop_if_exists: true, ..context.style.clone() };
            vec![match context.style.wrapped {
                // Who has dropped it by hand before has left nothing to do.
                true => drop(&gone, "")
                    .lock(self.table_id(), LockMode::AccessExclusive)
                    .apart()
                    .or_by_hand(self.drop_statement(&gone, "CONCURRENTLY ")),
                false => drop(context.style, "CONCURRENTLY ")
                    .lock(self.table_id(), LockMode::ShareUpdateExclusive)
                    .waiting_for_all(),
            }]
        })
    }

    pub(super) fn drop_statement(&self, style: &Style, how: &str) -> String {
        format!("DROP INDEX {how}{}{}", style.if_exists(), style.name(&self.schema, &self.name))
    }
}
