//! Deleting a row of one table now deletes rows of another.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Action;

pub const RULE: Rule = Rule {
    id: "deletes-propagate",
    group: Group::DestroysData,
    level: Level::Error,
    ways: &[Direction::Up, Direction::Down],
    what: "Deleting a row of one table now deletes rows of another.",
    why: "Code that deletes has been relying on the key to stop it, or to leave the other rows there.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_keys(|from, to| {
        (from.on_delete != Action::Cascade && to.on_delete == Action::Cascade).then(|| {
            Said::new(format!("deleting a row of {} now deletes its rows of {}", to.to_table, to.table))
                .safer("leave the key as it is, and delete the rows in the code that means to")
        })
    })
}
