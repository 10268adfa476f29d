//! Code that relies on the default fails, or writes NULL.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};

pub const RULE: Rule = Rule {
    id: "default-dropped",
    group: Group::BreaksCode,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Code that relies on the default fails, or writes NULL.",
    why: "The version before may leave the column out.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_columns(|from, to| {
        (from.default.is_some() && to.default.is_none() && to.identity.is_none() && to.generated.is_none())
            .then(|| Said::new("code that leaves it out no longer gets a value"))
    })
}
