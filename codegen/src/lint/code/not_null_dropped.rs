//! Code that reads meets NULL.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};

pub const RULE: Rule = Rule {
    id: "not-null-dropped",
    group: Group::BreaksCode,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Code that reads meets NULL.",
    why: "The version before does not expect it.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_columns(|from, to| (from.not_null && !to.not_null).then(|| Said::new("code that reads it meets NULL")))
}
