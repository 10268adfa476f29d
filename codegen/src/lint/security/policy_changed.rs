//! A policy lets through other rows.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "policy-changed",
    group: Group::Security,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "A policy lets through other rows.",
    why: "What it says now may be wider than what it said.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_pairs(|from, to| match (from, to) {
        (Object::Policy(from), Object::Policy(to)) if from != to => {
            Some(Said::new("may let through rows that were hidden, or hide rows that were seen"))
        }
        _ => None,
    })
}
