//! Code that still names the column fails.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "column-dropped-in-use",
    group: Group::BreaksCode,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Code that still names the column fails.",
    why: "The version before runs on while the migration does, and often lists all columns.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match change {
        Change::Drop(object) if matches!(object.as_ref(), Object::Column(_)) => {
            let goes = !way.is_dropped_with_owner(&change.id()) && !way.comes(&change.id());
            goes.then(|| {
                Said::new("code that still names it fails").safer("first a version of the code that does not name it")
            })
        }
        _ => None,
    })
}
