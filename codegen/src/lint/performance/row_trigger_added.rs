//! A trigger runs for each row that is written.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "row-trigger-added",
    group: Group::Performance,
    level: Level::Note,
    ways: &[Direction::Up, Direction::Down],
    what: "A trigger runs for each row that is written.",
    why: "Writes of many rows become slower, for all code.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_created(|object| match object {
        Object::Trigger(it) if it.for_each_row => Some(Said::new("runs for each row that is written")),
        _ => None,
    })
}
