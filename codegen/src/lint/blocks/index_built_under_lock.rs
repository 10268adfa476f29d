//! An index is built while nobody can write.

use super::super::said::{Said, one_line, scanned};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "index-built-under-lock",
    group: Group::Blocks,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "An index is built while nobody can write.",
    why: "CREATE INDEX holds SHARE until it has read the whole table.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| match &step.change {
        Change::Create(object) => match object.as_ref() {
            Object::Index(_) => {
                let lock = scanned(step)?;
                let text = step.statements.first()?.sql.replacen("INDEX ", "INDEX CONCURRENTLY ", 1);
                Some(Said::locking(lock).safer(format!("outside of a transaction: {}", one_line(&text))))
            }
            _ => None,
        },
        _ => None,
    })
}
