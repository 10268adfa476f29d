//! A foreign key that is added without a look at the rows, and validated later.

use super::ForeignKey;
use crate::kinds::{Context, online};
use crate::model::{LockMode, Statement};

impl ForeignKey {
    /// The statements that make it, so that others can write while the rows are read, if there is a way.
    pub(super) fn created_online(&self, context: &Context) -> Option<Vec<Statement>> {
        let reads = !self.not_valid && !self.not_enforced;
        // Those that belong to partitioned tables can't be added without being validated (before PostgreSQL 18), and those
        // that lead to one stay unvalidated in part.
        let whole = |table| online::is_used(context, table) || !context.from.contains(table);
        let target = self.target();
        let parts = self.copy_of.is_some() || online::is_partitioned(context.to, &target);
        if !reads || parts || !whole(&target) || !online::is_used(context, &self.place().table()) {
            return None;
        }
        let mut statements = Self { not_valid: true, ..self.clone() }.added(context.style);
        statements.push(self.validated(context.style));
        Some(statements)
    }

    /// The statements that make it, in the way that is wished for.
    pub(super) fn made(&self, context: &Context) -> Vec<Statement> {
        self.created_online(context).unwrap_or_else(|| self.added(context.style))
    }

    /// The statement that reads the rows.
    pub(super) fn validated(&self, style: &crate::sql::Style) -> Statement {
        self.place().validate(style).lock(self.target(), LockMode::RowShare).scan().with_partitions()
    }
}
