//! The rollback leaves something out so that it can run.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::plan::Aspect;

pub const RULE: Rule = Rule {
    id: "rollback-incomplete",
    group: Group::DestroysData,
    level: Level::Warning,
    ways: &[Direction::Up],
    what: "The rollback leaves something out so that it can run.",
    why: "After up and down, the schema is not what it was.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_losses(Aspect::Definition, |loss| Some(Said::new(format!("the rollback can't restore {}", loss.what))))
        .into_iter()
        .chain(
            way.of_losses(Aspect::Object, |loss| Some(Said::new(format!("the rollback can't restore {}", loss.what)))),
        )
        .collect()
}
