//! A column of a domain with rules is added.

use super::super::said::{Said, rewritten};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::expression::is_stable;
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "domain-column-rewrites",
    group: Group::Rewrites,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "A column of a domain with rules is added.",
    why: "PostgreSQL looks at each value as it writes the table anew, even if all are NULL.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| {
        let lock = rewritten(step)?;
        let is_it = matches!((&step.change, step.change.after()), (Change::Create(_), Some(Object::Column(it))) if it.ty.schema.is_some() && it.default.as_ref().is_none_or(|it| is_stable(it)) && it.identity.is_none() && it.generated.is_none());
        is_it.then(|| Said::rewriting(lock).safer("a column of the type beneath, with a check of the table's own that is NOT VALID first"))
    })
}
