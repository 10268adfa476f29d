//! Rows that are there may have the same key.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;
use crate::sql;

pub const RULE: Rule = Rule {
    id: "unique-on-existing",
    group: Group::MayFail,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Rows that are there may have the same key.",
    why: "It fails if two rows have the same key.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| {
        let columns = match (change, change.after()?) {
            (Change::Create(_), Object::Unique(it)) => Some(sql::idents(&it.columns)),
            (Change::Create(_), Object::Index(it)) if it.unique => it.unique_columns().map(|it| sql::idents(&it)),
            _ => return None,
        };
        if way.is_new(&change.id()) {
            return None;
        }
        let said = Said::new("fails if two rows have the same key");
        let Some((columns, table)) = columns.zip(way.table_of(&change.id())) else { return Some(said) };
        Some(said.safer(format!(
            "look for them first: SELECT {columns}, count(*) FROM {table} GROUP BY {columns} HAVING count(*) > 1"
        )))
    })
}
