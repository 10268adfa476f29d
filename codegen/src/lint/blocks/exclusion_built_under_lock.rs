//! The index of an exclusion constraint is built while nobody can read or write.

use super::super::said::{Said, scanned};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "exclusion-built-under-lock",
    group: Group::Blocks,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "The index of an exclusion constraint is built while nobody can read or write.",
    why: "There is no concurrent way to make one.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| match &step.change {
        Change::Create(object) if matches!(object.as_ref(), Object::Exclusion(_)) => {
            Some(Said::locking(scanned(step)?))
        }
        _ => None,
    })
}
