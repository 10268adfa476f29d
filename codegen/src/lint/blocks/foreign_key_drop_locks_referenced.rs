//! Dropping a foreign key locks the other table too.

use super::super::said::{Said, locks};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::LockMode;

pub const RULE: Rule = Rule {
    id: "foreign-key-drop-locks-referenced",
    group: Group::Blocks,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Dropping a foreign key locks the other table too.",
    why: "Its triggers on the referenced table go, under ACCESS EXCLUSIVE.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| match step.change.before() {
        Some(Object::ForeignKey(key)) => {
            let target = key.target();
            let lock = locks(step).find(|lock| lock.table == target && lock.mode == LockMode::AccessExclusive)?;
            Some(Said::locking(lock).safer("a transaction of its own, with a lock_timeout"))
        }
        _ => None,
    })
}
