//! All rows are looked at for NULL while nobody can read or write.

use super::super::said::{Said, scanned};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::LockMode;
use crate::sql;

pub const RULE: Rule = Rule {
    id: "not-null-validated-under-lock",
    group: Group::Blocks,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "All rows are looked at for NULL while nobody can read or write.",
    why: "SET NOT NULL holds ACCESS EXCLUSIVE until it has looked at every row, unless a valid check proves it.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| match (step.change.before(), step.change.after()) {
        (Some(Object::Column(from)), Some(Object::Column(to))) if !from.not_null && to.not_null => {
            let lock = scanned(step).filter(|lock| lock.mode == LockMode::AccessExclusive)?;
            let (table, column) = (way.name(&to.schema, &to.table), sql::ident(&to.name));
            Some(Said::locking(lock).safer(format!(
                "ALTER TABLE {table} ADD CHECK ({column} IS NOT NULL) NOT VALID; VALIDATE it in a later transaction; then \
                 SET NOT NULL looks at no row"
            )))
        }
        _ => None,
    })
}
