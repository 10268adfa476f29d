//! What may block, fail, rewrite, break running code or open a hole: one rule per file, over typed steps.

use serde::Serialize;

use crate::model::Id;
use crate::plan::Migration;

/// One thing that a rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hazard {
    /// The rule's name, for example `set-not-null-scans`.
    pub rule: &'static str,
    /// The object, as text: `column public.clusters.model_id`.
    pub object: String,
    /// What may happen, in one sentence without a dot.
    pub what: String,
    /// The safer way, if there is one.
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
pub const RULES: &[Rule] = &[];

/// All hazards of a migration, in the order of the rules.
pub fn lint(migration: &Migration) -> Vec<Hazard> {
    RULES.iter().flat_map(|rule| (rule.check)(migration)).collect()
}

impl Hazard {
    /// A hazard without a safer way.
    pub fn new(rule: &'static str, object: &Id, what: impl Into<String>) -> Self {
        Self { rule, object: object.to_string(), what: what.into(), safer: None }
    }

    /// The same hazard with a safer way.
    pub fn safer(mut self, safer: impl Into<String>) -> Self {
        self.safer = Some(safer.into());
        self
    }
}
