//! A table is moved, or kept in another way.

use super::super::said::{Said, rewritten};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "storage-change-rewrites",
    group: Group::Rewrites,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "A table is moved, or kept in another way.",
    why: "All its rows are written anew while nobody can read.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| {
        let lock = rewritten(step)?;
        let is_it = matches!(
            (step.change.before(), step.change.after()),
            (Some(_), Some(Object::Table(_) | Object::MaterializedView(_)))
        );
        is_it.then(|| Said::rewriting(lock))
    })
}
