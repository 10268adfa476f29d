//! A column that is worked out and stored is added.

use super::super::said::{Said, rewritten};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "stored-generated-rewrites",
    group: Group::Rewrites,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "A column that is worked out and stored is added.",
    why: "It is worked out for each row, and the table is written anew.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| {
        let lock = rewritten(step)?;
        let is_it = matches!((&step.change, step.change.after()), (Change::Create(_), Some(Object::Column(it))) if it.generated.is_some() && !it.is_virtual);
        is_it.then(|| Said::rewriting(lock).safer("a plain column that a trigger fills, filled in batches; or a virtual one (PostgreSQL 18)"))
    })
}
