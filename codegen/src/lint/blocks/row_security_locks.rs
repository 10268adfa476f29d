//! A policy or row level security is changed while nobody can read.

use super::super::said::{Said, strongest};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "row-security-locks",
    group: Group::Blocks,
    level: Level::Note,
    ways: &[Direction::Up, Direction::Down],
    what: "A policy or row level security is changed while nobody can read.",
    why: "All of these take ACCESS EXCLUSIVE, if only for a moment.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| match step.change.after().or(step.change.before()) {
        Some(Object::Policy(_) | Object::RowSecurity(_)) => Some(Said::locking(strongest(step)?)),
        _ => None,
    })
}
