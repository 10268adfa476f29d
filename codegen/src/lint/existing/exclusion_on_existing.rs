//! Rows that are there may exclude each other.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "exclusion-on-existing",
    group: Group::MayFail,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Rows that are there may exclude each other.",
    why: "It fails if two do.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_created(|object| match object {
        Object::Exclusion(_) => Some(Said::new("fails if two rows exclude each other")),
        _ => None,
    })
}
