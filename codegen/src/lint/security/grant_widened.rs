//! A role gets a privilege on what is there.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "grant-widened",
    group: Group::Security,
    level: Level::Note,
    ways: &[Direction::Up, Direction::Down],
    what: "A role gets a privilege on what is there.",
    why: "It can do what it could not.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_created(|object| match object {
        Object::Grant(it)
            if it.grantee.as_deref().is_some_and(|role| role != "public") && !it.privileges.is_empty() =>
        {
            Some(Said::new(format!("gives {}", it.privileges.join(", "))))
        }
        _ => None,
    })
}
