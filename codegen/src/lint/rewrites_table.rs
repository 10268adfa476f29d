//! A table is written anew, with all its indexes, and nobody can use it meanwhile.

use super::{Hazard, Rule};
use crate::plan::Migration;

pub(super) const RULE: Rule = Rule {
    name: "rewrites-table",
    summary: "A table is written anew, with all its indexes, and nobody can use it meanwhile.",
    check,
};

fn check(migration: &Migration) -> Vec<Hazard> {
    let mut hazards = Vec::new();
    for step in migration.up.steps() {
        for lock in step.statements.iter().flat_map(|statement| &statement.locks).filter(|lock| lock.rewrite) {
            let what = format!("writes {} anew, with its indexes, under {}", lock.table.dotted(), lock.mode.name());
            hazards.push(
                Hazard::new(&RULE, &step.change.id(), what)
                    .safer("a new column, filled in batches, in place of the old one"),
            );
        }
    }
    hazards
}
