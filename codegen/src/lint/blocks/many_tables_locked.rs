//! One transaction locks many tables against writes.

use std::collections::BTreeSet;

use super::super::said::{Said, locks};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::model::{Id, LockMode};
use crate::plan::Step;

pub const RULE: Rule = Rule {
    id: "many-tables-locked",
    group: Group::Blocks,
    level: Level::Note,
    ways: &[Direction::Up, Direction::Down],
    what: "One transaction locks many tables against writes.",
    why: "Code that writes to them in another order meets a deadlock.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    let strong = |step: &Step| {
        locks(step).filter(|lock| lock.mode >= LockMode::Share).map(|it| it.table.clone()).collect::<Vec<_>>()
    };
    let tables: BTreeSet<Id> = way.plan.steps().flat_map(strong).collect();
    let Some((number, step)) = way.plan.steps().enumerate().filter(|(_, step)| !strong(step).is_empty()).last() else {
        return Vec::new();
    };
    if tables.len() < MANY {
        return Vec::new();
    }
    let said = Said::new(format!("{} tables are locked against writes by now", tables.len()));
    vec![said.safer("a migration for each group of tables that are written together").about(number, step)]
}

/// So many that their order is hard to keep in mind.
const MANY: usize = 4;
