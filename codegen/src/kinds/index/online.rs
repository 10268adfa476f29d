//! `CREATE INDEX CONCURRENTLY`, `DROP INDEX CONCURRENTLY`

use super::Index;
use crate::kinds::{Context, online};
use crate::model::{LockMode, Statement};
use crate::sql::Style;

impl Index {
    pub(super) fn created_online(&self, context: &Context) -> Option<Vec<Statement>> {
        if !online::is_used(context, &self.table_id()) || self.tree.is_late() {
            return None;
        }
        let style = context.style;
        let mut build = online::building(self.definition(style, "CONCURRENTLY "), self.table_id());
        build.note = self.note();
        let clean_up = online::clean_up(style, (&self.schema, &self.name), &self.table_id());
        let statistics = self.statistics.iter().map(|target| self.statistics(style, *target));
        Some([clean_up, build].into_iter().chain(statistics).collect())
    }

    pub(super) fn dropped_online(&self, context: &Context) -> Option<Vec<Statement>> {
        let is_part = self.tree.attached_to.is_some();
        (online::is_used(context, &self.table_id()) && !is_part).then(|| {
            let drop = Statement::new(self.drop_statement(context.style, "CONCURRENTLY "));
            vec![drop.lock(self.table_id(), LockMode::ShareUpdateExclusive).waiting_for_all()]
        })
    }

    pub(super) fn drop_statement(&self, style: &Style, how: &str) -> String {
        format!("DROP INDEX {how}{}{}", style.if_exists(), style.name(&self.schema, &self.name))
    }
}
