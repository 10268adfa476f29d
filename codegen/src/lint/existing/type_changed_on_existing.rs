//! Values may not fit another type.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};

pub const RULE: Rule = Rule {
    id: "type-changed-on-existing",
    group: Group::MayFail,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Values may not fit another type.",
    why: "It fails on the first value that does not.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_columns(|from, to| {
        (from.ty != to.ty && !from.keeps_values(to)).then(|| {
            Said::new("fails if a value does not fit the new type")
                .safer("count the values that don't, and mend them first")
        })
    })
}
