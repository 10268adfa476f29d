//! A permissive policy is added.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "permissive-policy-added",
    group: Group::Security,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "A permissive policy is added.",
    why: "Permissive policies add up: rows that were hidden may become visible.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_created(|object| match object {
        Object::Policy(it) if !it.restrictive && !way.goes(&object.id()) => {
            Some(Said::new("rows that were hidden may become visible"))
        }
        _ => None,
    })
}
