//! Rows that are there may have the same key, or none.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "primary-key-on-existing",
    group: Group::MayFail,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Rows that are there may have the same key, or none.",
    why: "It fails if two rows have the same key or one holds NULL.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_created(|object| {
        let Object::PrimaryKey(_) = object else { return None };
        Some(Said::new("fails if two rows have the same key, or one holds NULL"))
    })
}
