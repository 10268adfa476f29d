//! Rows may not belong into the partition.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "partition-attached",
    group: Group::MayFail,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Rows may not belong into the partition.",
    why: "It fails if one does not, or if the default partition holds one that does.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match (change, change.after()?) {
        (Change::Create(_), Object::Partition(it)) if !way.is_made(&it.table_id()) => Some(
            Said::new("fails if a row is outside of the bounds")
                .safer("a CHECK that says the same, validated before, spares the look at the rows"),
        ),
        _ => None,
    })
}
