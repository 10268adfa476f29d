//! All rows are checked while nobody can write to either table.

use super::super::said::{Said, one_line, scanned};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::sql;

pub const RULE: Rule = Rule {
    id: "foreign-key-validated-under-lock",
    group: Group::Blocks,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "All rows are checked while nobody can write to either table.",
    why: "ADD FOREIGN KEY holds SHARE ROW EXCLUSIVE on both tables until it has looked at every row.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| {
        let Some(Object::ForeignKey(key)) = step.change.after() else { return None };
        let lock = scanned(step)?;
        let (table, name) = (way.name(&key.schema, &key.table), sql::ident(&key.name));
        let add = step.statements.iter().find(|it| it.locks.iter().any(|lock| lock.scan))?;
        Some(Said::locking(lock).safer(format!(
            "{} NOT VALID; in a later transaction: ALTER TABLE {table} VALIDATE CONSTRAINT {name}",
            one_line(&add.sql)
        )))
    })
}
