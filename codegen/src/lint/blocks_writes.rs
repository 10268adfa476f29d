//! A table can't be written, or not even read, while all of its rows are looked at.

use super::{Hazard, Rule};
use crate::kinds::Object;
use crate::model::LockMode;
use crate::plan::Migration;

pub(super) const RULE: Rule = Rule {
    name: "blocks-writes",
    summary: "A table can't be written, or not even read, while all of its rows are looked at.",
    check,
};

fn check(migration: &Migration) -> Vec<Hazard> {
    let mut hazards = Vec::new();
    for step in migration.up.steps() {
        let locks = step.statements.iter().flat_map(|statement| &statement.locks);
        for lock in locks.filter(|lock| lock.scan && !lock.rewrite && lock.mode >= LockMode::Share) {
            let what = format!(
                "{} on {} while it is read from end to end: {}",
                lock.mode.name(),
                lock.table.dotted(),
                lock.mode.blocks()
            );
            let hazard = Hazard::new(&RULE, &step.change.id(), what);
            hazards.push(match step.change.after() {
                Some(Object::Index(_)) => hazard.safer("CREATE INDEX CONCURRENTLY, outside a transaction"),
                Some(Object::Column(_)) => {
                    hazard.safer("a check (column IS NOT NULL) that is NOT VALID first and validated later")
                }
                Some(Object::Check(_) | Object::ForeignKey(_)) => {
                    hazard.safer("NOT VALID first, VALIDATE CONSTRAINT in a later transaction")
                }
                _ => hazard,
            });
        }
    }
    hazards
}
