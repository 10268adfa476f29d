//! Documents: hand-written pages with parts that are kept up to date.

/// A hand-written Markdown page with managed regions. A region stands between two comments:
///
/// ```markdown
/// <!-- tablewright:begin erd -->
/// <!-- tablewright:end erd -->
/// ```
///
/// What is between them belongs to the generator, all else to the author.
#[derive(Clone, Copy, Debug)]
pub struct Document {
    /// Where the page is, below the project's root.
    pub path: &'static str,
    /// The tables that it speaks of, in order: `exports![Cluster, Ticket]`.
    pub tables: &'static [&'static str],
    /// The regions that it has.
    pub regions: &'static [Region],
}

impl Document {
    /// Says nothing; for `..Document::DEFAULT`.
    pub const DEFAULT: Self = Self { path: "", tables: &[], regions: &[] };
}

/// What a managed region of a page holds. Its marker is its name in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// `erd`: the entity relationship diagram, for Mermaid.
    Erd,
    /// `tables`: a table of columns, keys and indexes for each table.
    Tables,
    /// `upserts`: the upsert statement of each natural key.
    Upserts,
}
