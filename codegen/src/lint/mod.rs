//! What may block, fail, rewrite, break running code or open a hole: one rule per file, over typed steps.

mod blocks_writes;
mod breaks_running_code;
mod conflict_target_changed;
mod deletes_propagate;
mod destroys_data;
mod incomplete_rollback;
mod may_fail;
mod opens_a_hole;
mod rewrites_table;

use serde::Serialize;

use crate::model::Id;
use crate::plan::Migration;

/// One thing that a rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hazard {
    /// The rule's name, for example `may-fail`.
    pub rule: &'static str,
    /// The object, as text: `column public.clusters.model_id`.
    pub object: String,
    /// What may happen, in one sentence without a dot.
    pub what: String,
    /// The safer way, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub safer: Option<String>,
}

/// A rule: its name, what it is about, and the check.
pub struct Rule {
    /// The rule's name.
    pub name: &'static str,
    /// What it finds, for the documentation.
    pub summary: &'static str,
    /// Finds it in the way up.
    pub check: fn(&Migration) -> Vec<Hazard>,
}

/// Every rule.
pub const RULES: &[Rule] = &[
    destroys_data::RULE,
    incomplete_rollback::RULE,
    may_fail::RULE,
    blocks_writes::RULE,
    rewrites_table::RULE,
    breaks_running_code::RULE,
    conflict_target_changed::RULE,
    deletes_propagate::RULE,
    opens_a_hole::RULE,
];

/// All hazards of a migration, in the order of the rules.
pub fn lint(migration: &Migration) -> Vec<Hazard> {
    RULES.iter().flat_map(|rule| (rule.check)(migration)).collect()
}

impl Hazard {
    /// A hazard without a safer way.
    fn new(rule: &Rule, object: &Id, what: impl Into<String>) -> Self {
        Self { rule: rule.name, object: object.to_string(), what: what.into(), safer: None }
    }

    /// The same hazard with a safer way.
    fn safer(mut self, safer: impl Into<String>) -> Self {
        self.safer = Some(safer.into());
        self
    }
}
