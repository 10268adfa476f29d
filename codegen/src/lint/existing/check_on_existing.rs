//! Rows that are there may violate a new check.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "check-on-existing",
    group: Group::MayFail,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Rows that are there may violate a new check.",
    why: "It fails if one does.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_created(|object| match object {
        Object::Check(check) if !check.not_valid && !check.not_enforced => {
            Some(Said::new("fails if a row violates it").safer(format!(
                "look for them first: SELECT count(*) FROM {} WHERE NOT ({})",
                way.name(&check.schema, &check.table),
                check.expression
            )))
        }
        _ => None,
    })
}
