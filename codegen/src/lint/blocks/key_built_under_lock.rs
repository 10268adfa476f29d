//! The index of a key is built while nobody can read or write.

use super::super::said::{Said, scanned};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;
use crate::sql;

pub const RULE: Rule = Rule {
    id: "key-built-under-lock",
    group: Group::Blocks,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "The index of a key is built while nobody can read or write.",
    why: "ADD CONSTRAINT holds ACCESS EXCLUSIVE until the index is built.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| {
        let Change::Create(object) = &step.change else { return None };
        let (columns, word) = match object.as_ref() {
            Object::Unique(it) => (&it.columns, "UNIQUE"),
            Object::PrimaryKey(it) => (&it.columns, "PRIMARY KEY"),
            _ => return None,
        };
        let (table, name) = (way.table_of(&object.id())?, sql::ident(object.id().name()));
        Some(Said::locking(scanned(step)?).safer(format!(
            "outside of a transaction: CREATE UNIQUE INDEX CONCURRENTLY {name} ON {table} ({}); then ALTER TABLE {table} \
             ADD CONSTRAINT {name} {word} USING INDEX {name}",
            sql::idents(columns)
        )))
    })
}
