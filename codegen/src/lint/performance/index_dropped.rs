//! Queries lose an index.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "index-dropped",
    group: Group::Performance,
    level: Level::Note,
    ways: &[Direction::Up, Direction::Down],
    what: "Queries lose an index.",
    why: "What was found at once may be looked for in the whole table.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match change {
        Change::Drop(object) if matches!(object.as_ref(), Object::Index(_)) => {
            let goes = !way.is_dropped_with_owner(&change.id()) && !way.comes(&change.id());
            goes.then(|| Said::new("queries that used it read the whole table"))
        }
        _ => None,
    })
}
