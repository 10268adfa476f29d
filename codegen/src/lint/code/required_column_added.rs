//! Code that does not know the column can't insert any more.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "required-column-added",
    group: Group::BreaksCode,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Code that does not know the column can't insert any more.",
    why: "The version before leaves it out.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match (change, change.after()) {
        (Change::Create(_), Some(Object::Column(it))) if !way.is_new(&change.id()) => {
            let has_value = it.default.is_some() || it.identity.is_some() || it.generated.is_some();
            (it.not_null && !has_value).then(|| Said::new("code that does not know it can't insert any more"))
        }
        _ => None,
    })
}
