//! Dropping a table locks those that its foreign keys lead to.

use super::super::said::{Said, locks};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::{Change, LockMode};

pub const RULE: Rule = Rule {
    id: "table-drop-locks-referenced",
    group: Group::Blocks,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Dropping a table locks those that its foreign keys lead to.",
    why: "Their triggers for the keys go, under ACCESS EXCLUSIVE.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| match &step.change {
        Change::Drop(object) if matches!(object.as_ref(), Object::Table(_)) => {
            let own = object.id();
            let lock = locks(step).find(|lock| lock.table != own && lock.mode == LockMode::AccessExclusive)?;
            Some(Said::locking(lock).safer("a transaction of its own, with a lock_timeout"))
        }
        _ => None,
    })
}
