//! A table is written no log for.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "table-unlogged",
    group: Group::DestroysData,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "A table is written no log for.",
    why: "It is empty after a crash, and on every standby (documentation, CREATE TABLE, UNLOGGED).",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match (change.before(), change.after()) {
        (Some(Object::Table(from)), Some(Object::Table(to))) if !from.storage.unlogged && to.storage.unlogged => {
            Some(Said::new("its rows are gone after a crash, and were never on a standby"))
        }
        _ => None,
    })
}
