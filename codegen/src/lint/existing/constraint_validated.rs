//! A constraint that was NOT VALID is held against all rows.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "constraint-validated",
    group: Group::MayFail,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "A constraint that was NOT VALID is held against all rows.",
    why: "It fails if one violates it.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| {
        let validated = match (change.before()?, change.after()?) {
            (Object::Check(from), Object::Check(to)) => from.not_valid && !to.not_valid,
            (Object::ForeignKey(from), Object::ForeignKey(to)) => from.not_valid && !to.not_valid,
            _ => false,
        };
        validated.then(|| Said::new("fails if a row violates it"))
    })
}
