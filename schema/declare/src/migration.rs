//! Intents: what only a human knows about a migration.

/// What only a human knows about a migration: why it is made, what it may destroy, whom to tell.
/// The statements are not written here, they are planned from the two schemas.
///
/// Objects are named by kind and path: `column public.clusters.name`, `index public.idx_clusters_name`.
/// The schema may be left out if it is `public`: `column clusters.name`.
///
/// ```
/// use tablewright_declare::prelude::*;
///
/// pub const MIGRATION: Migration = Migration {
///     number: 7,
///     name: "drop_nickname",
///     title: "Drop the nickname of users",
///     reason: "nobody has set one since 2024",
///     accepts: &[Accept::Loss {
///         object: "column users.nickname",
///         because: "all values are NULL",
///     }],
///     ..Migration::DEFAULT
/// };
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its place in the sequence; the files are named `NUMBER_NAME.sql`.
    pub number: u32,
    /// Its name in snake case: `remove_external_cluster_id`.
    pub name: &'static str,
    /// What it does, in one line; the first line of its files.
    pub title: &'static str,
    /// Why it is made; the second line of its files.
    pub reason: &'static str,
    /// What the rollback does about that which can't come back.
    pub rollback: Rollback,
    /// Whether the version before goes on running while it is carried out.
    pub deploy: Deploy,
    /// The headings of its files and their order; changes that no section names follow at the end.
    pub sections: &'static [Section],
    /// Objects that have a new name. Without this, a rename is a drop and a create.
    pub renames: &'static [Rename],
    /// The data changes it makes.
    pub backfills: &'static [Backfill],
    /// The losses and hazards that a human has looked at and accepts.
    pub accepts: &'static [Accept],
    /// Whom to tell.
    pub notices: &'static [Notice],
}

impl Migration {
    /// Says nothing; for `..Migration::DEFAULT`. Number and name have to be given.
    pub const DEFAULT: Self = Self {
        number: 0,
        name: "",
        title: "",
        reason: "",
        rollback: Rollback::Runnable,
        deploy: Deploy::AtOnce,
        sections: &[],
        renames: &[],
        backfills: &[],
        accepts: &[],
        notices: &[],
    };
}

/// What a rollback does about that which can't come back, such as the values of a dropped column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rollback {
    /// Always runs: a NOT NULL column comes back nullable, and the file says in words what it could not restore.
    #[default]
    Runnable,
    /// Restores the schema exactly, or refuses before touching anything if rows stand in the way.
    Exact,
    /// Restores schema and values: up moves the values to a side table, down puts them back.
    Retained,
}

/// Whether two versions of the code run while a migration is carried out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deploy {
    /// One migration; its notices and its proof say what it means for the version before.
    #[default]
    AtOnce,
    /// Up to three migrations, one after the other: `NAME_expand` adds what the new version needs, `NAME_migrate` moves the
    /// data, and `NAME_contract`, when the version before is gone, takes away what only that needed. Seal and deploy each
    /// before the next one is written.
    Rolling,
}

/// A heading of a migration's files.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// Its text; the number in front of it is made.
    pub title: &'static str,
    /// The objects whose changes stand under it, with all that hangs on them:
    /// a column's index, constraint and comment go with the column.
    pub objects: &'static [&'static str],
}

impl Section {
    /// Says nothing; for `..Section::DEFAULT`.
    pub const DEFAULT: Self = Self { title: "", objects: &[] };
}

/// An object that has a new name.
#[derive(Clone, Copy, Debug)]
pub struct Rename {
    /// The object before: `column clusters.label`.
    pub from: &'static str,
    /// The last part of its name after: `name`.
    pub to: &'static str,
}

impl Rename {
    /// Says nothing; for `..Rename::DEFAULT`.
    pub const DEFAULT: Self = Self { from: "", to: "" };
}

/// A data change of a migration: fills a column before it becomes NOT NULL.
#[derive(Clone, Copy, Debug)]
pub struct Backfill {
    /// The column that it fills: `clusters.model_id`.
    pub column: &'static str,
    /// The statement.
    pub sql: &'static str,
    /// The statement that the rollback runs in the same place, if any.
    pub rollback: Option<&'static str>,
    /// How an online migration does the same in batches, with a commit after each; `None` for one statement.
    pub batch: Option<Batch>,
}

/// A data change in batches, along the table's primary key. One that was cut off is run again from the start: rows that
/// are done already are passed over.
#[derive(Clone, Copy, Debug)]
pub struct Batch {
    /// What stands behind SET: `model_id = 1`.
    pub set: &'static str,
    /// The condition for a row to be changed, false for those that are done: `model_id IS NULL`.
    pub only: &'static str,
    /// How many rows of the table are gone through in one transaction.
    pub rows: u32,
    /// How long to rest after each, in milliseconds.
    pub pause_ms: u32,
}

impl Batch {
    /// The usual size, without a rest; for `..Batch::DEFAULT`. What to set, and on which rows, has to be given.
    pub const DEFAULT: Self = Self { set: "", only: "", rows: 10_000, pause_ms: 0 };
}

impl Backfill {
    /// Says nothing; for `..Backfill::DEFAULT`.
    pub const DEFAULT: Self = Self { column: "", sql: "", rollback: None, batch: None };
}

/// A loss or hazard that a human has looked at and accepts. One that matches nothing is an error.
#[derive(Clone, Copy, Debug)]
pub enum Accept {
    /// Something that up destroys and down can't bring back.
    Loss {
        /// What is lost: `column clusters.external_cluster_id`.
        object: &'static str,
        /// Why that is acceptable.
        because: &'static str,
    },
    /// Something that may block, fail, rewrite, break running code or open a hole.
    Hazard {
        /// The rule that found it.
        rule: &'static str,
        /// The object that it found it on.
        object: &'static str,
        /// Why that is acceptable.
        because: &'static str,
    },
}

/// A team to tell, and what it must do.
#[derive(Clone, Copy, Debug)]
pub struct Notice {
    /// Names the file: `wf` makes `notices/153-wf.md`.
    pub team: &'static str,
    /// How the text addresses them: `Workflow Platform (WF)`.
    pub name: &'static str,
    /// The tables they write to, whose upserts they are shown: `exports![Cluster]`.
    pub writes: &'static [&'static str],
    /// The tables they read: `exports![Ticket]`.
    pub reads: &'static [&'static str],
    /// What they must do, in order, a sentence each.
    pub actions: &'static [&'static str],
    /// In which order to deploy; empty if it does not matter.
    pub deploy: &'static str,
}

impl Notice {
    /// Says nothing; for `..Notice::DEFAULT`.
    pub const DEFAULT: Self = Self { team: "", name: "", writes: &[], reads: &[], actions: &[], deploy: "" };
}
