//! Somebody else owns an object.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "owner-changed",
    group: Group::Security,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Somebody else owns an object.",
    why: "The owner may change and drop it, and is not held by policies that are not forced.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match change.after().or(change.before())? {
        Object::Owner(it) if !way.is_new(&change.id()) => {
            let role = it.role.as_deref().filter(|_| change.after().is_some());
            Some(Said::new(format!("is owned by {} from now on", role.unwrap_or("the role that runs the migration"))))
        }
        _ => None,
    })
}
