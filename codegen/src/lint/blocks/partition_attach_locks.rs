//! Attaching a partition locks it and the default partition.

use super::super::said::{Said, scanned};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "partition-attach-locks",
    group: Group::Blocks,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Attaching a partition locks it and the default partition.",
    why: "Both are read from end to end under ACCESS EXCLUSIVE.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| match (&step.change, step.change.after()) {
        (Change::Create(_), Some(Object::Partition(_))) => Some(
            Said::locking(scanned(step)?)
                .safer("a valid CHECK with the bounds on the partition, and one with their opposite on the default"),
        ),
        _ => None,
    })
}
