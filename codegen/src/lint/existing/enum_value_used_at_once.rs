//! A new value of an enum is used by the same plan.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Transaction;

pub const RULE: Rule = Rule {
    id: "enum-value-used-at-once",
    group: Group::MayFail,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "A new value of an enum is used by the same plan.",
    why: "PostgreSQL lets nobody use it before it is committed (documentation, ALTER TYPE, Notes).",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_steps(|step| {
        let apart = step.statements.iter().any(|it| it.transaction == Transaction::Apart);
        (apart && matches!(step.change.after(), Some(Object::Enumeration(_)))).then(|| {
            Said::new("runs by itself, so that the plan is no longer one transaction")
                .safer("add the value in a migration before this one")
        })
    })
}
