//! The rows that are there may not allow it.

use super::{Hazard, Rule};
use crate::kinds::{Column, Object};
use crate::model::{Change, Id};
use crate::plan::Migration;

pub(super) const RULE: Rule = Rule { name: "may-fail", summary: "The rows that are there may not allow it.", check };

fn check(migration: &Migration) -> Vec<Hazard> {
    let there = |id: &Id| migration.before.contains(&migration.after.root(id));
    let changes = migration.up.steps().map(|step| &step.change).filter(|change| there(&change.id()));
    changes
        .filter_map(|change| reason(change).map(|(what, safer)| Hazard::new(&RULE, &change.id(), what).safer(safer)))
        .collect()
}

/// Why it may fail, and how to know before.
fn reason(change: &Change) -> Option<(String, String)> {
    match (change.before(), change.after()?) {
        (None, Object::Column(column)) if required_without_value(column) => Some((
            "fails if the table has rows: the column is NOT NULL and has no default".into(),
            "add a backfill to the intent, or a default".into(),
        )),
        (Some(Object::Column(from)), Object::Column(to)) => altered(from, to),
        (_, Object::Unique(_) | Object::PrimaryKey(_)) => Some(duplicates()),
        (_, Object::Index(index)) if index.unique => Some(duplicates()),
        (_, Object::Check(_) | Object::ForeignKey(_) | Object::Exclusion(_)) => Some((
            "fails if a row violates it".into(),
            "count the rows that do, and mend them, before the migration".into(),
        )),
        (Some(Object::Domain(_)), Object::Domain(_)) => {
            Some(("fails if a value violates the new domain".into(), "mend the values before the migration".into()))
        }
        _ => None,
    }
}

fn required_without_value(column: &Column) -> bool {
    column.not_null && column.default.is_none() && column.identity.is_none() && column.generated.is_none()
}

fn altered(from: &Column, to: &Column) -> Option<(String, String)> {
    if !from.not_null && to.not_null {
        return Some((
            "fails if a row holds NULL".into(),
            "add a backfill to the intent, or mend the rows before the migration".into(),
        ));
    }
    (from.ty != to.ty).then(|| {
        (
            "fails if a value does not fit the new type".into(),
            "count the values that don't, and mend them, before the migration".into(),
        )
    })
}

fn duplicates() -> (String, String) {
    ("fails if two rows have the same key".into(), "count the duplicates, and mend them, before the migration".into())
}
