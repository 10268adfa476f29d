//! One thing that a rule found.

use serde::Serialize;

use super::{Direction, Finding, Group, Level, Rule};
use crate::model::{Id, LockMode};

/// One thing that a rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hazard {
    /// The rule's name, for example `unique-on-existing`.
    pub rule: &'static str,
    /// What it is about.
    pub group: Group,
    /// How bad it is. Nothing on the way down is worse than a warning: whoever rolls back has a reason.
    pub level: Level,
    /// Which way.
    pub direction: Direction,
    /// The object, as text: `column public.clusters.model_id`.
    pub object: String,
    /// The object.
    #[serde(skip)]
    pub id: Id,
    /// What may happen, in one sentence without a dot.
    pub what: String,
    /// Why that matters, in a sentence.
    #[serde(skip)]
    pub why: &'static str,
    /// The safer way, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub safer: Option<String>,
    /// The locks that the step takes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locks: Vec<HeldLock>,
    /// The number of the step in its plan, from 1; none if it is about no one step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<usize>,
}

/// A lock that a step takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeldLock {
    /// On what.
    pub table: String,
    /// How strong it is.
    pub mode: LockMode,
    /// Whether it is held while the table is read from end to end.
    pub scans: bool,
    /// Whether it is held while the table is written anew.
    pub rewrites: bool,
}

impl Hazard {
    /// What a rule has found on a way.
    pub fn new(rule: &'static Rule, direction: Direction, finding: Finding) -> Self {
        let worst = if direction == Direction::Up { Level::Error } else { Level::Warning };
        let held = finding.locks.iter().map(|lock| HeldLock {
            table: lock.table.to_string(),
            mode: lock.mode,
            scans: lock.scan,
            rewrites: lock.rewrite,
        });
        Self {
            rule: rule.id,
            group: rule.group,
            level: rule.level.min(worst),
            direction,
            object: finding.object.to_string(),
            id: finding.object,
            what: finding.said.what,
            why: rule.why,
            safer: finding.said.safer,
            locks: held.collect(),
            step: finding.step.map(|step| step + 1),
        }
    }

    /// The acceptance, as it is written in the list `accepts` of an intent.
    pub fn acceptance(&self) -> String {
        format!("Accept::Hazard {{ rule: {:?}, object: {:?}, because: \"...\" }}", self.rule, self.object)
    }
}
