//! Data changes on the way of a plan.

use super::Backfill;
use crate::kinds::{Context, batches};
use crate::model::{Id, LockMode, Statement};

/// The statement of a data change, which may know its rows by an index, but that is for nobody to promise.
pub(super) fn fill(context: &Context, backfill: &Backfill, table: Option<&Id>) -> Statement {
    let is_used = |table: &&Id| context.style.online && context.from.contains(table);
    if let (Some(table), Some(batch)) = (table.filter(is_used), &backfill.batch)
        && let Some(statement) = batches(context, table, batch)
    {
        return statement;
    }
    let statement = backfill.statement.clone();
    match table.filter(|_| statement.locks.is_empty()) {
        Some(table) => statement.lock(table.clone(), LockMode::RowExclusive).scan(),
        None => statement,
    }
}
