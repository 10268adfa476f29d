//! An upsert names a key that is not there any more.

use super::{Hazard, Rule};
use crate::kinds::{Object, Term};
use crate::model::Change;
use crate::plan::Migration;
use crate::sql;

pub(super) const RULE: Rule = Rule {
    name: "conflict-target-changed",
    summary: "An upsert (ON CONFLICT) names a key that is not there any more.",
    check,
};

fn check(migration: &Migration) -> Vec<Hazard> {
    let gone = migration.up.steps().filter_map(|step| match &step.change {
        Change::Drop(object) => Some((object.id(), key(object)?)),
        _ => None,
    });
    let gone = gone.filter(|(id, _)| migration.after.contains(&migration.before.root(id)));
    let replaced =
        gone.filter(|(id, target)| migration.after.get(id).and_then(|object| key(object)).as_ref() != Some(target));
    replaced
        .map(|(id, target)| Hazard::new(&RULE, &id, format!("an upsert with ON CONFLICT ({target}) fails from now on")))
        .collect()
}

/// The conflict target that the object serves.
fn key(object: &Object) -> Option<String> {
    match object {
        Object::Unique(unique) => Some(sql::idents(&unique.columns)),
        Object::PrimaryKey(key) => Some(sql::idents(&key.columns)),
        Object::Index(index) if index.unique => {
            let part = |term: &Term| match term {
                Term::Column(name) => sql::ident(name),
                Term::Expression(text) => text.clone(),
            };
            Some(index.key.iter().map(|it| part(&it.term)).collect::<Vec<_>>().join(", "))
        }
        _ => None,
    }
}
