//! A required column without a default is added to a table that is there.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "column-required-without-value",
    group: Group::MayFail,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "A required column without a default is added to a table that is there.",
    why: "It fails if the table has a row.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match (change, change.after()) {
        (Change::Create(_), Some(Object::Column(it))) if !way.is_new(&change.id()) => {
            let has_value = it.default.is_some() || it.identity.is_some() || it.generated.is_some();
            (it.not_null && !has_value).then(|| {
                Said::new("fails if the table has rows: the column is NOT NULL and has no default")
                    .safer("add a backfill to the intent, or a default")
            })
        }
        _ => None,
    })
}
