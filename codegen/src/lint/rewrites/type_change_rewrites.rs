//! A column gets a type whose values are kept in another form.

use super::super::said::{Said, rewritten};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "type-change-rewrites",
    group: Group::Rewrites,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "A column gets a type whose values are kept in another form.",
    why: "All rows are written anew, and all indexes, while nobody can read.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| {
        let lock = rewritten(step)?;
        let is_it =
            matches!((step.change.before(), step.change.after()), (Some(Object::Column(_)), Some(Object::Column(_))));
        is_it.then(|| {
            Said::rewriting(lock)
                .safer("a new column of the new type, kept in step by a trigger and filled in batches, then renamed")
        })
    })
}
