//! A column goes, and its values with it.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "column-dropped",
    group: Group::DestroysData,
    level: Level::Error,
    ways: &[Direction::Up],
    what: "A column goes, and its values with it.",
    why: "A rollback makes the column anew, without values.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match change {
        Change::Drop(object) => match object.as_ref() {
            Object::Column(column) if column.generated.is_none() && !way.is_dropped_with_owner(&change.id()) => {
                Some(Said::new("all its values go with it").safer("copy them aside in a migration before this one"))
            }
            _ => None,
        },
        _ => None,
    })
}
