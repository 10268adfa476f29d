//! Tables and what is declared on the struct itself.

use proc_macro2::Span;

use super::{ColumnDecl, Deferrable, ReferenceDecl, Text};
use crate::FileId;

/// `#[derive(Table)] struct Cluster { ... }`
#[derive(Clone, Debug)]
pub struct TableDecl {
    /// The file that declares it.
    pub file: FileId,
    /// The Rust struct.
    pub rust: Text,
    /// `#[table(name = "...")]`, else the struct's name in snake case.
    pub name: Text,
    /// `#[table(schema = "...")]`, else `public`.
    pub schema: Text,
    /// The doc comment: the table's comment everywhere.
    pub doc: Option<Text>,
    /// `#[table(unlogged)]`
    pub unlogged: bool,
    /// `#[table(with(fillfactor = 70))]`: storage parameters, in order.
    pub with: Vec<(Text, Text)>,
    /// `#[table(using = columnar)]`: the table access method, `heap` if not said.
    pub access_method: Option<Text>,
    /// `#[table(tablespace = fast)]`, the database's if not said.
    pub tablespace: Option<Text>,
    /// `#[table(partition_by = "RANGE (created_at)")]`
    pub partition_by: Option<Text>,
    /// The fields, in order.
    pub columns: Vec<ColumnDecl>,
    /// `#[primary_key(name?, on(a, b))]`, or the columns marked so, in order. None for a table without one.
    pub primary_key: Option<PrimaryKeyDecl>,
    /// `#[unique(name, on(...))]`
    pub uniques: Vec<UniqueDecl>,
    /// `#[check(name, "...")]`
    pub checks: Vec<CheckDecl>,
    /// `#[foreign_key(name, on(a, b), references(Other::x, Other::y), ...)]`
    pub foreign_keys: Vec<ForeignKeyDecl>,
    /// `#[exclude(name, ...)]`
    pub exclusions: Vec<ExclusionDecl>,
    /// `#[index(name, on(...))]` and `#[unique_index(name, on(...))]`
    pub indexes: Vec<IndexDecl>,
    /// `#[trigger(name, ...)]`
    pub triggers: Vec<TriggerDecl>,
    /// `#[row_level_security]`, `#[row_level_security(force)]`
    pub row_security: Option<RowSecurityDecl>,
    /// `#[policy(name, ...)]`
    pub policies: Vec<PolicyDecl>,
    /// `#[ts(name = "...")]`: the interface's name, else the struct's.
    pub ts_name: Option<Text>,
}

/// The primary key.
#[derive(Clone, Debug)]
pub struct PrimaryKeyDecl {
    /// Where it is declared.
    pub span: Span,
    /// Its name, else PostgreSQL's own (`table_pkey`).
    pub name: Option<Text>,
    /// The fields.
    pub on: Vec<Text>,
    /// `include(a, b)`
    pub include: Vec<Text>,
    /// `deferrable` or `initially_deferred`
    pub deferrable: Deferrable,
    /// `comment = "..."`
    pub comment: Option<Text>,
}

/// A unique constraint. `#[column(unique)]` makes one too.
#[derive(Clone, Debug)]
pub struct UniqueDecl {
    /// Where it is declared.
    pub span: Span,
    /// Its name, else PostgreSQL's own (`table_a_b_key`).
    pub name: Option<Text>,
    /// The fields.
    pub on: Vec<Text>,
    /// `include(a, b)`
    pub include: Vec<Text>,
    /// `nulls_not_distinct` (PostgreSQL 15)
    pub nulls_not_distinct: bool,
    /// `deferrable` or `initially_deferred`
    pub deferrable: Deferrable,
    /// `natural_key`: an upsert is generated that conflicts on this key.
    pub natural_key: Option<Span>,
    /// `comment = "..."`
    pub comment: Option<Text>,
}

/// A check constraint.
#[derive(Clone, Debug)]
pub struct CheckDecl {
    /// Where it is declared.
    pub span: Span,
    /// Its name.
    pub name: Text,
    /// The condition, SQL.
    pub expression: Text,
    /// `no_inherit`
    pub no_inherit: bool,
    /// `comment = "..."`
    pub comment: Option<Text>,
}

/// A foreign key over several columns.
#[derive(Clone, Debug)]
pub struct ForeignKeyDecl {
    /// The local fields.
    pub on: Vec<Text>,
    /// Where they point, and the rest; `reference.name` holds the name.
    pub reference: ReferenceDecl,
}

/// `#[exclude(name, using = gist, element(room, "="), element(sql("tstzrange(a, b)"), "&&"), where = "...")]`
#[derive(Clone, Debug)]
pub struct ExclusionDecl {
    /// Where it is declared.
    pub span: Span,
    /// Its name.
    pub name: Text,
    /// `using = gist`; the index method, `gist` if not said.
    pub method: Text,
    /// The elements with their operators.
    pub elements: Vec<(KeyPart, Text)>,
    /// `where = "..."`
    pub predicate: Option<Text>,
    /// `deferrable` or `initially_deferred`
    pub deferrable: Deferrable,
    /// `comment = "..."`
    pub comment: Option<Text>,
}

/// An index.
#[derive(Clone, Debug)]
pub struct IndexDecl {
    /// Where it is declared.
    pub span: Span,
    /// Its name.
    pub name: Text,
    /// `#[unique_index(...)]`
    pub unique: bool,
    /// `on(...)`
    pub on: Vec<KeyPart>,
    /// `using = gin`; `btree` if not said.
    pub method: Option<Text>,
    /// `include(a, b)`
    pub include: Vec<Text>,
    /// `where = "..."`
    pub predicate: Option<Text>,
    /// `nulls_not_distinct` (PostgreSQL 15)
    pub nulls_not_distinct: bool,
    /// `with(fillfactor = 70)`: storage parameters, in order.
    pub with: Vec<(Text, Text)>,
    /// `natural_key`: an upsert is generated that conflicts on this key.
    pub natural_key: Option<Span>,
    /// `comment = "..."`
    pub comment: Option<Text>,
}

/// One part of an index key: `created_at.desc().nulls_last()`, `sql("lower(name)").opclass("text_pattern_ops")`.
#[derive(Clone, Debug)]
pub struct KeyPart {
    /// The whole part.
    pub span: Span,
    /// A field or an expression.
    pub term: KeyTerm,
    /// `.collate("C")`
    pub collate: Option<Text>,
    /// `.opclass("text_pattern_ops")`
    pub opclass: Option<Text>,
    /// `.desc()`
    pub descending: bool,
    /// `.nulls_first()` is `Some(true)`, `.nulls_last()` is `Some(false)`.
    pub nulls_first: Option<bool>,
}

/// What a part of a key is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyTerm {
    /// A field of the struct.
    Column(Text),
    /// `sql("...")`: an expression, without the outer parentheses.
    Expression(Text),
}

/// `#[trigger(name, before(update), for_each_row, execute = UpdateUpdatedAtColumn)]`
#[derive(Clone, Debug)]
pub struct TriggerDecl {
    /// Where it is declared.
    pub span: Span,
    /// Its name.
    pub name: Text,
    /// `before(...)`, `after(...)`, `instead_of(...)`
    pub timing: TriggerTiming,
    /// The events, in PostgreSQL's order.
    pub events: Vec<TriggerEvent>,
    /// `for_each_row`, else for each statement.
    pub for_each_row: bool,
    /// `when = "..."`
    pub condition: Option<Text>,
    /// `referencing(old = old_rows, new = new_rows)`: the transition tables (old, new).
    pub transition: (Option<Text>, Option<Text>),
    /// `execute = UpdateUpdatedAtColumn`: the declared function's struct.
    pub function: Text,
    /// `arguments("a", "b")`
    pub arguments: Vec<Text>,
    /// `comment = "..."`
    pub comment: Option<Text>,
}

/// When a trigger fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriggerTiming {
    /// `BEFORE`
    Before,
    /// `AFTER`
    After,
    /// `INSTEAD OF`
    InsteadOf,
}

/// What a trigger fires on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TriggerEvent {
    /// `INSERT`
    Insert,
    /// `DELETE`
    Delete,
    /// `UPDATE`, or `UPDATE OF a, b`: `update_of(a, b)`
    Update(Vec<Text>),
    /// `TRUNCATE`
    Truncate,
}

/// Whether row level security is on.
#[derive(Clone, Debug)]
pub struct RowSecurityDecl {
    /// Where it is declared.
    pub span: Span,
    /// Also for the table's owner.
    pub force: bool,
}

/// `#[policy(name, for = select, to("app"), using = "...", with_check = "...", restrictive, needs(Other))]`
#[derive(Clone, Debug)]
pub struct PolicyDecl {
    /// Where it is declared.
    pub span: Span,
    /// Its name; may be a string with spaces.
    pub name: Text,
    /// `restrictive`, else permissive.
    pub restrictive: bool,
    /// `for = select`; `all` if not said.
    pub command: PolicyCommand,
    /// `to("a", "b")`; PUBLIC if none.
    pub roles: Vec<Text>,
    /// `using = "..."`
    pub using: Option<Text>,
    /// `with_check = "..."`
    pub with_check: Option<Text>,
    /// `needs(Other, SomeFunction)`: what the expressions refer to besides the table itself.
    pub needs: Vec<Text>,
    /// `comment = "..."`
    pub comment: Option<Text>,
}

/// The commands that a policy applies to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PolicyCommand {
    /// `ALL`
    #[default]
    All,
    /// `SELECT`
    Select,
    /// `INSERT`
    Insert,
    /// `UPDATE`
    Update,
    /// `DELETE`
    Delete,
}
