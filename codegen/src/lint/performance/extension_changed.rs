//! An extension is dropped, or becomes another version.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "extension-changed",
    group: Group::Performance,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "An extension is dropped, or becomes another version.",
    why: "What it brings may behave differently, and what uses it may have to be built anew.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match (change, change.before()?) {
        (Change::Drop(_), Object::Extension(_)) => Some(Said::new("takes along all that it has brought")),
        (Change::Alter { .. }, Object::Extension(_)) => Some(Said::new("what it brings may behave differently")),
        _ => None,
    })
}
