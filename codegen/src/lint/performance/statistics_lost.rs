//! PostgreSQL forgets what it knew of the values.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::sql;

pub const RULE: Rule = Rule {
    id: "statistics-lost",
    group: Group::Performance,
    level: Level::Note,
    ways: &[Direction::Up, Direction::Down],
    what: "PostgreSQL forgets what it knew of the values.",
    why: "Until the next ANALYZE, queries are planned as if nothing were known.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_columns(|from, to| {
        (from.ty != to.ty).then(|| {
            Said::new("queries are planned without statistics until the next ANALYZE").safer(format!(
                "ANALYZE {} ({})",
                way.name(&to.schema, &to.table),
                sql::ident(&to.name)
            ))
        })
    })
}
