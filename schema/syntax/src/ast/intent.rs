//! Intents: what only a human knows about a migration.

use super::{Spanned, Text};
use crate::FileId;

/// `pub const MIGRATION: Migration = Migration { number: 153, ... };`
///
/// Objects are named as text, kind and path: `column public.clusters.name`.
/// The schema may be left out for `public`: `column clusters.name`.
#[derive(Clone, Debug)]
pub struct MigrationDecl {
    /// The file that declares it.
    pub file: FileId,
    /// The constant.
    pub rust: Text,
    /// `number: 153`
    pub number: Spanned<u32>,
    /// `name: "remove_external_cluster_id"`
    pub name: Text,
    /// `title: "..."`: one line.
    pub title: Text,
    /// `reason: "..."`
    pub reason: Text,
    /// `rollback: Rollback::Runnable`
    pub rollback: RollbackPolicy,
    /// `deploy: Deploy::Rolling`
    pub deploy: DeployKind,
    /// `sections: &[Section { title: "...", objects: &["..."] }]`: headings and their order.
    pub sections: Vec<SectionDecl>,
    /// `renames: &[Rename { from: "column clusters.a", to: "b" }]`
    pub renames: Vec<RenameDecl>,
    /// `backfills: &[Backfill { column: "clusters.a", sql: "UPDATE ...", rollback: None }]`
    pub backfills: Vec<BackfillDecl>,
    /// `accepts: &[Accept::Loss { object: "...", because: "..." }, Accept::Hazard { rule: "...", object: "...", because: "..." }]`
    pub accepts: Vec<AcceptDecl>,
    /// `notices: &[Notice { ... }]`
    pub notices: Vec<NoticeDecl>,
}

/// How a rollback treats what can't come back (design, section 5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RollbackPolicy {
    /// Always runs; what can't be restored is said.
    #[default]
    Runnable,
    /// Restores the schema exactly, or refuses before touching anything.
    Exact,
    /// Keeps the data in side tables.
    Retained,
}

/// Whether two versions of the code run meanwhile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeployKind {
    /// One migration.
    #[default]
    AtOnce,
    /// Expand, migrate, contract.
    Rolling,
}

/// A heading of the migration's files.
#[derive(Clone, Debug)]
pub struct SectionDecl {
    /// The heading's text, without its number.
    pub title: Text,
    /// The objects whose changes stand under it.
    pub objects: Vec<Text>,
}

/// A rename.
#[derive(Clone, Debug)]
pub struct RenameDecl {
    /// The object before: `column clusters.a`, `enum value mood.sad`
    pub from: Text,
    /// The last part of its name after: `b`
    pub to: Text,
}

/// A data change that the migration makes.
#[derive(Clone, Debug)]
pub struct BackfillDecl {
    /// The column whose values it sets: `clusters.model_id`
    pub column: Text,
    /// The statement, run before the column becomes NOT NULL.
    pub sql: Text,
    /// The statement that the rollback runs in the same place.
    pub rollback: Option<Text>,
    /// How it is done in batches.
    pub batch: Option<BatchDecl>,
}

/// `Batch { set: "a = 1", only: "a IS NULL", rows: 10_000, pause_ms: 50 }`
#[derive(Clone, Debug)]
pub struct BatchDecl {
    /// What stands behind SET.
    pub set: Text,
    /// The condition for a row to be changed, false for those that are done.
    pub only: Text,
    /// How many rows are gone through in one transaction.
    pub rows: u32,
    /// How long to rest after each, in milliseconds.
    pub pause_ms: u32,
}

/// A loss or hazard that a human accepts, with the reason.
#[derive(Clone, Debug)]
pub struct AcceptDecl {
    /// The hazard's rule; none for a loss.
    pub rule: Option<Text>,
    /// The object.
    pub object: Text,
    /// Why it is acceptable.
    pub because: Text,
}

/// Whom to tell, and what they must do.
#[derive(Clone, Debug)]
pub struct NoticeDecl {
    /// `team: "wf"`: names the file, `notices/153-wf.md`.
    pub team: Text,
    /// `name: "Workflow Platform (WF)"`: how the text addresses them.
    pub name: Text,
    /// `writes: exports![Cluster]`: the tables they write to, whose upserts they need.
    pub writes: Vec<Text>,
    /// `reads: exports![..]`: the tables they read.
    pub reads: Vec<Text>,
    /// `actions: &["..."]`: what they must do, in order.
    pub actions: Vec<Text>,
    /// `deploy: "..."`: in which order to deploy.
    pub deploy: Option<Text>,
}
