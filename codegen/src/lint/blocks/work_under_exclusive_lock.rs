//! Rows are read or written while a lock from before keeps everybody out.

use std::collections::BTreeSet;

use super::super::said::Said;
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
    // With the transaction that they were taken in.
    let mut held: Vec<(usize, &Lock)> = Vec::new();
    let mut findings = Vec::new();
    for (number, (step, parts)) in way.plan.steps().zip(way.plan.parts_of_statements()).enumerate() {
        let statements = || step.statements.iter().zip(&parts);
        let locks = || statements().flat_map(|(statement, part)| statement.locks.iter().map(|lock| (*part, lock)));
        let work = locks().filter(|(_, it)| it.scan && !it.rewrite && it.mode >= LockMode::Share);
        let under = work.filter_map(|(part, work)| {
            let others = held.iter().filter(|(held_in, it)| *held_in == part && it.table != work.table);
            let others: BTreeSet<String> = others.map(|(_, it)| it.table.dotted()).collect();
            (!others.is_empty()).then_some((work, others))
        });
        if let Some((work, others)) = under.max_by_key(|(work, _)| work.mode) {
            let others = others.into_iter().collect::<Vec<_>>().join(", ");
            let said =
                Said::new(format!("{} is read from end to end while nobody can use {others}", work.table.dotted()));
            findings.push(said.safer("two migrations: the work first").about(number, step));
        }
        held.extend(locks().filter(|(_, lock)| lock.mode == LockMode::AccessExclusive));
    }
    findings
}
