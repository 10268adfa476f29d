//! A column with numbers of its own is added.

use super::super::said::{Said, rewritten};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "identity-rewrites",
    group: Group::Rewrites,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "A column with numbers of its own is added.",
    why: "Each row gets a number, and the table is written anew.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| {
        let lock = rewritten(step)?;
        let is_it = matches!((&step.change, step.change.after()), (Change::Create(_), Some(Object::Column(it))) if it.identity.is_some());
        is_it.then(|| Said::rewriting(lock).safer("add the column without the identity, fill it in batches, then add the identity"))
    })
}
