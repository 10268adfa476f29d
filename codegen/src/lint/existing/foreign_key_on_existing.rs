//! Rows that are there may refer to nothing.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "foreign-key-on-existing",
    group: Group::MayFail,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Rows that are there may refer to nothing.",
    why: "It fails if one does.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_created(|object| match object {
        Object::ForeignKey(key) if !key.not_valid && !key.not_enforced => Some(
            Said::new("fails if a row refers to nothing").safer("look for such rows first, and mend or delete them"),
        ),
        _ => None,
    })
}
