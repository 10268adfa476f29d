//! Another index serves the same queries.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::{Index, Kind, Object, Term};
use crate::model::{Change, Id};

pub const RULE: Rule = Rule {
    id: "index-redundant",
    group: Group::Performance,
    level: Level::Note,
    ways: &[Direction::Up, Direction::Down],
    what: "Another index serves the same queries.",
    why: "Both cost writes and memory; one would do.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| {
        let (Change::Create(_), Object::Index(index)) = (change, change.after()?) else { return None };
        let other = doubled(way, index)?;
        (!index.unique)
            .then(|| Said::new(format!("{other} begins with the same columns")).safer("leave one of them out"))
    })
}

/// Another key or index of the table that begins with all that this one has.
fn doubled(way: &Way, index: &Index) -> Option<Id> {
    let Some(Term::Column(first)) = index.key.first().map(|part| &part.term) else { return None };
    let first = Id::new(Kind::Column, [&index.schema, &index.table, first]);
    let names: Vec<&Term> = index.key.iter().map(|part| &part.term).collect();
    let serves = |id: &&Id| match way.after.get(id).map(AsRef::as_ref) {
        Some(Object::Index(it)) => {
            (&it.method, &it.predicate) == (&index.method, &index.predicate)
                && it.name != index.name
                && index.include.iter().all(|name| it.include.contains(name))
                && it.key.starts_with(&index.key)
        }
        Some(Object::PrimaryKey(it)) => index.predicate.is_none() && covers(&it.columns, &names),
        Some(Object::Unique(it)) => index.predicate.is_none() && covers(&it.columns, &names),
        _ => false,
    };
    way.after.needed_by(&first).find(serves).cloned()
}

fn covers(columns: &[String], names: &[&Term]) -> bool {
    names.len() <= columns.len()
        && names.iter().zip(columns).all(|(name, column)| **name == Term::Column(column.clone()))
}
