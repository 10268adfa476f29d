//! A change of a domain blocks writes to every table that has it.

use super::super::said::{Said, scanned};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "domain-locks-tables",
    group: Group::Blocks,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "A change of a domain blocks writes to every table that has it.",
    why: "ALTER DOMAIN holds SHARE on each of them while it looks at all values.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| match step.change.after() {
        Some(Object::Domain(_)) => {
            Some(Said::locking(scanned(step)?).safer("NOT VALID first, VALIDATE CONSTRAINT in a later transaction"))
        }
        _ => None,
    })
}
