//! An index is dropped while nobody can read.

use super::super::said::{Said, one_line, strongest};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "index-dropped-under-lock",
    group: Group::Blocks,
    level: Level::Note,
    ways: &[Direction::Up, Direction::Down],
    what: "An index is dropped while nobody can read.",
    why: "DROP INDEX waits for every query on the table, and everybody waits behind it.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| match &step.change {
        Change::Drop(object) if matches!(object.as_ref(), Object::Index(_)) => {
            let lock = strongest(step)?;
            let text = step.statements.first()?.sql.replacen("INDEX ", "INDEX CONCURRENTLY ", 1);
            Some(Said::locking(lock).safer(format!("outside of a transaction: {}", one_line(&text))))
        }
        _ => None,
    })
}
