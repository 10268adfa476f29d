//! Rows are read or written while a lock from before keeps everybody out.

use std::collections::BTreeSet;

use super::super::said::{Said, locks, scanned};
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::model::{Lock, LockMode};

pub const RULE: Rule = Rule {
    id: "work-under-exclusive-lock",
    group: Group::Blocks,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Rows are read or written while a lock from before keeps everybody out.",
    why: "All locks are held until the transaction ends, so that a table locked at the start waits for all that follows.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    let mut held: Vec<&Lock> = Vec::new();
    let mut findings = Vec::new();
    for (number, step) in way.plan.steps().enumerate() {
        let work = scanned(step).filter(|work| !held.is_empty() && held.iter().any(|it| it.table != work.table));
        if let Some(work) = work {
            let others: BTreeSet<String> =
                held.iter().filter(|it| it.table != work.table).map(|it| it.table.dotted()).collect();
            let others = others.into_iter().collect::<Vec<_>>().join(", ");
            let said =
                Said::new(format!("{} is read from end to end while nobody can use {others}", work.table.dotted()));
            findings.push(said.safer("two migrations: the work first").about(number, step));
        }
        held.extend(locks(step).filter(|lock| lock.mode == LockMode::AccessExclusive));
    }
    findings
}
