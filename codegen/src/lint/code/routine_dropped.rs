//! Code that still calls the routine fails.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "routine-dropped",
    group: Group::BreaksCode,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Code that still calls the routine fails.",
    why: "The version before runs on while the migration does.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match change {
        Change::Drop(object)
            if matches!(object.as_ref(), Object::Function(_) | Object::Procedure(_) | Object::Aggregate(_)) =>
        {
            (!way.comes(&change.id())).then(|| Said::new("code that still calls it fails"))
        }
        _ => None,
    })
}
