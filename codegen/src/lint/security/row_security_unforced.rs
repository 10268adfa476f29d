//! The owner of a table is no longer held by its policies.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "row-security-unforced",
    group: Group::Security,
    level: Level::Error,
    ways: &[Direction::Up, Direction::Down],
    what: "The owner of a table is no longer held by its policies.",
    why: "Code that runs as the owner sees every row.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match (change.before()?, change.after()?) {
        (Object::RowSecurity(from), Object::RowSecurity(to)) if from.force && !to.force => {
            Some(Said::new("the table's owner is no longer held by the policies"))
        }
        _ => None,
    })
}
