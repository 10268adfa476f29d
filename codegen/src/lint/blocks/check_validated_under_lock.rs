//! All rows are checked while nobody can read or write.

use super::super::said::{Said, one_line, scanned};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;
use crate::sql;

pub const RULE: Rule = Rule {
    id: "check-validated-under-lock",
    group: Group::Blocks,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "All rows are checked while nobody can read or write.",
    why: "ADD CONSTRAINT holds ACCESS EXCLUSIVE until it has looked at every row.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| match &step.change {
        Change::Create(object) if matches!(object.as_ref(), Object::Check(_)) => {
            let lock = scanned(step)?;
            let (table, name) = (way.sql(&lock.table), sql::ident(object.id().name()));
            Some(Said::locking(lock).safer(format!(
                "{} NOT VALID; in a later transaction: ALTER TABLE {table} VALIDATE CONSTRAINT {name}",
                one_line(&step.statements.first()?.sql)
            )))
        }
        _ => None,
    })
}
