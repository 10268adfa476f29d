//! Detaching a partition locks the whole table.

use super::super::said::{Said, one_line, strongest};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "partition-detach-locks",
    group: Group::Blocks,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Detaching a partition locks the whole table.",
    why: "DETACH PARTITION holds ACCESS EXCLUSIVE on the table, the partition and the default partition.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| match &step.change {
        Change::Drop(object) if matches!(object.as_ref(), Object::Partition(_)) => Some(
            Said::locking(strongest(step)?)
                .safer(format!("outside of a transaction: {} CONCURRENTLY", one_line(&step.statements.first()?.sql))),
        ),
        _ => None,
    })
}
