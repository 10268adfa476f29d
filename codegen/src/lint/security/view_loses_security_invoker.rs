//! A view no longer asks with the rights of who reads it.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::{Object, View};

pub const RULE: Rule = Rule {
    id: "view-loses-security-invoker",
    group: Group::Security,
    level: Level::Error,
    ways: &[Direction::Up, Direction::Down],
    what: "A view no longer asks with the rights of who reads it.",
    why: "It shows what its owner may see, past the policies of the tables beneath.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_pairs(|from, to| match (from, to) {
        (Object::View(from), Object::View(to)) => {
            let is_on =
                |it: &View| it.options.iter().any(|(name, value)| name == "security_invoker" && value != "false");
            (is_on(from) && !is_on(to)).then(|| Said::new("shows rows that policies hide from its readers"))
        }
        _ => None,
    })
}
