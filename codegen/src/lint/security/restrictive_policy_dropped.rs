//! A restrictive policy goes.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "restrictive-policy-dropped",
    group: Group::Security,
    level: Level::Error,
    ways: &[Direction::Up, Direction::Down],
    what: "A restrictive policy goes.",
    why: "Rows that it hid become visible.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match change {
        Change::Drop(object) => match object.as_ref() {
            Object::Policy(it)
                if it.restrictive && !way.is_dropped_with_owner(&change.id()) && !way.comes(&change.id()) =>
            {
                Some(Said::new("rows that it hid become visible"))
            }
            _ => None,
        },
        _ => None,
    })
}
