//! Deleting a row of one table now empties values of another.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Action;

pub const RULE: Rule = Rule {
    id: "deletes-empty-values",
    group: Group::DestroysData,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Deleting a row of one table now empties values of another.",
    why: "Code that deletes has been relying on the key to stop it.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_keys(|from, to| {
        let empties = |action: &Action| matches!(action, Action::SetNull(_) | Action::SetDefault(_));
        (!empties(&from.on_delete) && empties(&to.on_delete)).then(|| {
            Said::new(format!(
                "deleting a row of {} now takes the reference from its rows of {}",
                to.to_table, to.table
            ))
        })
    })
}
