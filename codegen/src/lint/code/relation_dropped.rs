//! Code that still names the relation fails.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Relation;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "relation-dropped",
    group: Group::BreaksCode,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Code that still names the relation fails.",
    why: "The version before runs on while the migration does.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match change {
        Change::Drop(object) if Relation::is(object.kind()) && !way.comes(&change.id()) => {
            Some(Said::new("code that still names it fails").safer("first a version of the code that does not name it"))
        }
        _ => None,
    })
}
