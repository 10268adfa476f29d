//! A trigger is made or dropped while nobody can write.

use super::super::said::{Said, strongest};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "trigger-locks",
    group: Group::Blocks,
    level: Level::Note,
    ways: &[Direction::Up, Direction::Down],
    what: "A trigger is made or dropped while nobody can write.",
    why: "CREATE TRIGGER takes SHARE ROW EXCLUSIVE, DROP TRIGGER ACCESS EXCLUSIVE.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| match step.change.after().or(step.change.before()) {
        Some(Object::Trigger(_)) => Some(Said::locking(strongest(step)?)),
        _ => None,
    })
}
