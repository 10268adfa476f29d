//! No index serves a foreign key.

use std::collections::BTreeSet;

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::{ForeignKey, KeyPart, Kind, Object, Term};
use crate::model::{Change, Id};
use crate::sql;

pub const RULE: Rule = Rule {
    id: "foreign-key-without-index",
    group: Group::Performance,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "No index serves a foreign key.",
    why: "Whoever deletes a row over there reads all of this table, for each row.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| {
        let Object::ForeignKey(key) = change.after()? else { return None };
        let is_new = matches!(change, Change::Create(_)) && key.copy_of.is_none();
        (is_new && !is_served(way, key)).then(|| {
            Said::new(format!("deleting from {} reads all of {}", key.to_table, key.table)).safer(format!(
                "CREATE INDEX ON {} ({})",
                way.name(&key.schema, &key.table),
                sql::idents(&key.columns)
            ))
        })
    })
}

/// Whether a key or an index of the table after begins with the columns of the key, in any order.
fn is_served(way: &Way, key: &ForeignKey) -> bool {
    let column = |name: &String| Id::new(Kind::Column, [&key.schema, &key.table, name]);
    let Some(first) = key.columns.first().map(column) else { return true };
    let begins = |columns: Vec<&String>| {
        let start: BTreeSet<&String> = columns.into_iter().take(key.columns.len()).collect();
        key.columns.iter().all(|name| start.contains(name))
    };
    way.after.needed_by(&first).any(|id| match way.after.get(id).map(AsRef::as_ref) {
        Some(Object::PrimaryKey(it)) => begins(it.columns.iter().collect()),
        Some(Object::Unique(it)) => begins(it.columns.iter().collect()),
        Some(Object::Index(it)) => it.predicate.is_none() && begins(it.key.iter().filter_map(plain).collect()),
        _ => false,
    })
}

fn plain(part: &KeyPart) -> Option<&String> {
    match &part.term {
        Term::Column(name) => Some(name),
        Term::Expression(_) => None,
    }
}
