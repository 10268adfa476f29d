//! A column that may hold NULL becomes required.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::sql;

pub const RULE: Rule = Rule {
    id: "not-null-on-existing",
    group: Group::MayFail,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "A column that may hold NULL becomes required.",
    why: "It fails if a row holds NULL.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_columns(|from, to| {
        (!from.not_null && to.not_null).then(|| {
            Said::new("fails if a row holds NULL").safer(format!(
                "add a backfill to the intent; to see whether it is needed: SELECT count(*) FROM {} WHERE {} IS NULL",
                way.name(&to.schema, &to.table),
                sql::ident(&to.name)
            ))
        })
    })
}
