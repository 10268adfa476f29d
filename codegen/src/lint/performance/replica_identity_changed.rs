//! Replicas find rows by something else.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "replica-identity-changed",
    group: Group::Performance,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Replicas find rows by something else.",
    why: "With too little, updates and deletes fail; with FULL, every old row is logged.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match change.after().or(change.before())? {
        Object::ReplicaIdentity(_) if !way.is_new(&change.id()) && !way.is_dropped_with_owner(&change.id()) => {
            Some(Said::new("subscribers find rows by something else"))
        }
        _ => None,
    })
}
