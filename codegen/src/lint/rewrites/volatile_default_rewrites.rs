//! A column with a default of its own for each row is added.

use super::super::said::{Said, rewritten};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::expression::is_stable;
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "volatile-default-rewrites",
    group: Group::Rewrites,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "A column with a default of its own for each row is added.",
    why: "A volatile default is worked out row by row, and the table is written anew.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| {
        let lock = rewritten(step)?;
        let is_it = matches!((&step.change, step.change.after()), (Change::Create(_), Some(Object::Column(it))) if it.default.as_ref().is_some_and(|it| !is_stable(it)) && it.identity.is_none());
        is_it.then(|| Said::rewriting(lock).safer("add the column without the default, set the default, then fill the rows in batches"))
    })
}
