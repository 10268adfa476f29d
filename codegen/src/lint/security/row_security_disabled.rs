//! Row level security goes off.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "row-security-disabled",
    group: Group::Security,
    level: Level::Error,
    ways: &[Direction::Up, Direction::Down],
    what: "Row level security goes off.",
    why: "Every role with a grant sees and changes every row.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| {
        let Some(Object::RowSecurity(from)) = change.before() else { return None };
        let is_off = match change.after() {
            Some(Object::RowSecurity(to)) => to.disabled,
            _ => !way.is_dropped_with_owner(&change.id()) && !way.comes(&change.id()),
        };
        (!from.disabled && is_off).then(|| Said::new("every role with a grant sees every row"))
    })
}
