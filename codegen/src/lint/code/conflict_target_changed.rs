//! An upsert (ON CONFLICT) names a key that is not there any more.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::{Object, Term};
use crate::model::Change;
use crate::sql;

pub const RULE: Rule = Rule {
    id: "conflict-target-changed",
    group: Group::BreaksCode,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "An upsert (ON CONFLICT) names a key that is not there any more.",
    why: "PostgreSQL looks for a unique index over exactly these columns, and fails without one.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| {
        let Change::Drop(object) = change else { return None };
        let target = key(object)?;
        let replaced = way.after.get(&change.id()).and_then(|object| key(object));
        (!way.is_dropped_with_owner(&change.id()) && replaced.as_ref() != Some(&target)).then(|| {
            Said::new(format!("an upsert with ON CONFLICT ({target}) fails from now on"))
                .safer("keep the old key until no code names it")
        })
    })
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
