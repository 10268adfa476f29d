//! Rows become visible to those who could not see them.

use super::{Hazard, Rule};
use crate::kinds::Object;
use crate::model::Change;
use crate::plan::Migration;

pub(super) const RULE: Rule =
    Rule { name: "opens-a-hole", summary: "Rows become visible to those who could not see them.", check };

fn check(migration: &Migration) -> Vec<Hazard> {
    let there = |change: &&Change| {
        migration.after.contains(&migration.before.root(&change.id())) || matches!(change, Change::Create(_))
    };
    let changes = migration.up.steps().map(|step| &step.change).filter(there);
    changes.filter_map(|change| reason(migration, change).map(|what| Hazard::new(&RULE, &change.id(), what))).collect()
}

fn reason(migration: &Migration, change: &Change) -> Option<&'static str> {
    let stays = migration.after.contains(&change.id());
    match (change.before(), change.after()) {
        (Some(Object::RowSecurity(_)), None) if !stays => {
            Some("row level security goes off: every role with a grant sees every row")
        }
        (Some(Object::RowSecurity(from)), Some(Object::RowSecurity(to))) if from.force && !to.force => {
            Some("the table's owner is no longer held by the policies")
        }
        (Some(Object::Policy(policy)), None) if policy.restrictive && !stays => {
            Some("a restrictive policy goes: rows that it hid become visible")
        }
        (None, Some(Object::Policy(policy)))
            if !policy.restrictive && migration.before.contains(&migration.after.root(&change.id())) =>
        {
            Some("a permissive policy is added: rows that were hidden may become visible")
        }
        _ => None,
    }
}
