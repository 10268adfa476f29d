//! What a check says of a step.

use crate::model::{Id, Lock, LockMode};
use crate::plan::Step;

/// What may happen, and the safer way.
#[derive(Clone, Debug)]
pub struct Said {
    /// What may happen, in one sentence without a dot.
    pub what: String,
    /// The safer way.
    pub safer: Option<String>,
}

/// What a check has found, and where.
#[derive(Clone, Debug)]
pub struct Finding {
    /// On what.
    pub object: Id,
    /// What it says.
    pub said: Said,
    /// The locks of the step.
    pub locks: Vec<Lock>,
    /// The step of the plan, from 0.
    pub step: Option<usize>,
}

impl Said {
    /// Something without a safer way.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), safer: None }
    }

    /// What a lock keeps others from.
    pub fn locking(lock: &Lock) -> Self {
        let meanwhile = if lock.scan { " while it is read from end to end" } else { "" };
        let (mode, table) = (lock.mode.name(), lock.table.dotted());
        Self::new(format!("{mode} on {table}{meanwhile}: {}", lock.mode.blocks()))
    }

    /// What a table that is written anew keeps others from.
    pub fn rewriting(lock: &Lock) -> Self {
        Self::new(format!("writes {} anew, with its indexes, under {}", lock.table.dotted(), lock.mode.name()))
    }

    /// The same with a safer way.
    pub fn safer(mut self, safer: impl Into<String>) -> Self {
        self.safer = Some(safer.into());
        self
    }

    /// The same as a finding about the object of a step.
    pub fn about(self, number: usize, step: &Step) -> Finding {
        Finding { object: step.change.id(), said: self, locks: locks(step).cloned().collect(), step: Some(number) }
    }
}

/// The locks of a step's statements.
pub fn locks(step: &Step) -> impl Iterator<Item = &Lock> {
    step.statements.iter().flat_map(|statement| &statement.locks)
}

/// The strongest lock under which a table is read from end to end, and others can't write it.
pub fn scanned(step: &Step) -> Option<&Lock> {
    locks(step).filter(|lock| lock.scan && !lock.rewrite && lock.mode >= LockMode::Share).max_by_key(|lock| lock.mode)
}

/// The first lock under which a table is written anew.
pub fn rewritten(step: &Step) -> Option<&Lock> {
    locks(step).find(|lock| lock.rewrite)
}

/// The strongest lock that keeps others from writing at least.
pub fn strongest(step: &Step) -> Option<&Lock> {
    locks(step).filter(|lock| lock.mode >= LockMode::Share).max_by_key(|lock| lock.mode)
}

/// A statement in one line, as it stands in a sentence.
pub fn one_line(sql: &str) -> String {
    sql.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}
