//! The rollback destroys what was written since.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::plan::Aspect;

pub const RULE: Rule = Rule {
    id: "rollback-destroys-data",
    group: Group::DestroysData,
    level: Level::Note,
    ways: &[Direction::Down],
    what: "The rollback destroys what was written since.",
    why: "What the migration made goes when it is rolled back.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_losses(Aspect::Data, |loss| Some(Said::new(format!("the rollback loses {}", loss.what))))
}
