//! Code that writes no value fails.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};

pub const RULE: Rule = Rule {
    id: "not-null-added",
    group: Group::BreaksCode,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Code that writes no value fails.",
    why: "The version before may leave the column out, or write NULL.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_columns(|from, to| {
        (!from.not_null && to.not_null && to.default.is_none() && to.generated.is_none())
            .then(|| Said::new("code that writes NULL, or leaves it out, fails"))
    })
}
