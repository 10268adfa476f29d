//! A new table with foreign keys blocks writes to those that they lead to.

use super::super::said::{Said, locks};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::{Change, LockMode};

pub const RULE: Rule = Rule {
    id: "new-table-locks-referenced",
    group: Group::Blocks,
    level: Level::Note,
    ways: &[Direction::Up, Direction::Down],
    what: "A new table with foreign keys blocks writes to those that they lead to.",
    why: "CREATE TABLE with a foreign key takes SHARE ROW EXCLUSIVE there, until the transaction ends.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| match &step.change {
        Change::Create(object) if matches!(object.as_ref(), Object::Table(_)) => {
            Some(Said::locking(locks(step).find(|lock| lock.mode >= LockMode::Share)?))
        }
        _ => None,
    })
}
