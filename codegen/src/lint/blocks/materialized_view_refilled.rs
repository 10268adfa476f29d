//! A materialized view is made anew, and filled again.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "materialized-view-refilled",
    group: Group::Blocks,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "A materialized view is made anew, and filled again.",
    why: "It is away until its query has run, and its indexes are built.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match (change, change.after()) {
        (Change::Create(_), Some(Object::MaterializedView(it))) if it.populated && way.goes(&change.id()) => {
            Some(Said::new("is not there for others until its query has run once more"))
        }
        _ => None,
    })
}
