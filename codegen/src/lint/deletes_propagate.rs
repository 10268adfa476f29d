//! Deleting a row of one table now deletes rows of another.

use super::{Hazard, Rule};
use crate::kinds::{Action, Object};
use crate::model::Change;
use crate::plan::Migration;

pub(super) const RULE: Rule =
    Rule { name: "deletes-propagate", summary: "Deleting a row of one table now deletes rows of another.", check };

fn check(migration: &Migration) -> Vec<Hazard> {
    let changed = migration.up.steps().filter_map(|step| match &step.change {
        Change::Alter { from, to } => Some((from.as_ref(), to.as_ref())),
        _ => None,
    });
    changed
        .filter_map(|pair| match pair {
            (Object::ForeignKey(from), Object::ForeignKey(to))
                if from.on_delete != Action::Cascade && to.on_delete == Action::Cascade =>
            {
                let what = format!("deleting a row of {} now deletes its rows of {}", to.to_table, to.table);
                Some(Hazard::new(&RULE, &pair.1.id(), what))
            }
            _ => None,
        })
        .collect()
}
