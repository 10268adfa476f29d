//! A view has other columns.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "view-columns-changed",
    group: Group::BreaksCode,
    level: Level::Note,
    ways: &[Direction::Up, Direction::Down],
    what: "A view has other columns.",
    why: "Code that reads it by name or by place gets something else.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match (change.before()?, change.after()?) {
        (Object::View(from), Object::View(to)) if from.columns != to.columns => {
            Some(Said::new("code that reads it meets other columns"))
        }
        _ => None,
    })
}
