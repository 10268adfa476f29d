//! Code of the version before, still running, meets something that it does not expect.

use super::{Hazard, Rule};
use crate::kinds::{Column, Object};
use crate::model::{Change, Id};
use crate::plan::Migration;

pub(super) const RULE: Rule = Rule {
    name: "breaks-running-code",
    summary: "Code of the version before, still running, meets something that it does not expect.",
    check,
};

fn check(migration: &Migration) -> Vec<Hazard> {
    let stays = |id: &Id| migration.after.contains(id);
    let changes = migration.up.steps().map(|step| &step.change);
    changes
        .filter_map(|change| reason(change, stays(&change.id())).map(|what| Hazard::new(&RULE, &change.id(), what)))
        .collect()
}

fn reason(change: &Change, stays: bool) -> Option<String> {
    match change {
        Change::Drop(object) if !stays => match object.as_ref() {
            Object::Table(_) | Object::Column(_) | Object::View(_) | Object::Function(_) => {
                Some("code that still names it fails".into())
            }
            _ => None,
        },
        Change::Rename { from, .. }
            if matches!(from.as_ref(), Object::Table(_) | Object::Column(_) | Object::View(_)) =>
        {
            Some(format!("code that still says {} fails", from.id().name()))
        }
        Change::Alter { from, to } => match (from.as_ref(), to.as_ref()) {
            (Object::Column(from), Object::Column(to)) => altered(from, to),
            _ => None,
        },
        _ => None,
    }
}

fn altered(from: &Column, to: &Column) -> Option<String> {
    match (from.not_null, to.not_null) {
        (false, true) => Some("code that writes NULL, or leaves it out, fails".into()),
        (true, false) => Some("code that reads it meets NULL".into()),
        _ => None,
    }
}
