//! Columns and their types.

use proc_macro2::Span;

use super::{Spanned, Text};

/// A field of a `#[derive(Table)]` struct.
#[derive(Clone, Debug)]
pub struct ColumnDecl {
    /// The Rust field, `r#` taken off.
    pub field: Text,
    /// The column's name: `#[column(name = "...")]`, else the field.
    pub name: Text,
    /// The doc comment: the column's comment everywhere.
    pub doc: Option<Text>,
    /// The field's type.
    pub ty: TypeDecl,
    /// `#[column(type = "varchar(255)")]`: the SQL type, when the Rust type alone doesn't say it.
    pub sql_type: Option<Text>,
    /// `#[column(default = ...)]`
    pub default: Option<Spanned<DefaultDecl>>,
    /// `#[column(primary_key)]`
    pub primary_key: Option<Span>,
    /// `#[column(unique)]`
    pub unique: Option<Span>,
    /// `#[column(references(Other::id, ...))]`
    pub references: Option<ReferenceDecl>,
    /// `#[column(check = "...")]`: a check of this column, named as PostgreSQL would name it.
    pub check: Option<Text>,
    /// `#[column(check_name = valid_status)]`: the name of that check, or of the one that lists the values of a text enum.
    pub check_name: Option<Text>,
    /// `#[column(identity = always | by_default)]`, with `identity(always, start = 10, increment = 2, ...)`
    pub identity: Option<IdentityDecl>,
    /// `#[column(serial)]`: numbers from a sequence that the column owns, as PostgreSQL's `serial` makes it
    pub serial: Option<Span>,
    /// `#[column(generated = "...")]`: `GENERATED ALWAYS AS (...) STORED`
    pub generated: Option<Text>,
    /// `#[column(collate = "C")]`
    pub collate: Option<Text>,
    /// `#[ts(required)]`: nullable in the database, promised to consumers as not null.
    pub ts_required: Option<Span>,
    /// `#[ts(type = "...")]`: the TypeScript type to print instead of the derived one.
    pub ts_type: Option<Text>,
}

/// The type of a field: `Option<Vec<Text>>` is a nullable array of text.
#[derive(Clone, Debug)]
pub struct TypeDecl {
    /// Where the type is written.
    pub span: Span,
    /// `Option<...>`: the column is nullable.
    pub nullable: bool,
    /// `Vec<...>`, as many as there are dimensions; 0 for a scalar.
    pub dimensions: usize,
    /// The element.
    pub base: BaseType,
}

/// What a column holds, apart from nullability and array dimensions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BaseType {
    /// A built-in type of [`crate::builtin`]: its Rust name and its modifiers (`Varchar<255>`, `Numeric<10, 2>`).
    Builtin {
        /// The Rust name, for example `Timestamptz`.
        rust: &'static str,
        /// Length, or precision and scale.
        modifiers: Vec<i64>,
    },
    /// `Json<T>` or `Jsonb<T>`; the name of the declared `JsonObject`, or none for `Json`/`Jsonb<Value>`.
    Json {
        /// True for `Jsonb`.
        binary: bool,
        /// The declared object, by its Rust name.
        object: Option<String>,
        /// `Jsonb<Vec<T>>`: an array of the object.
        list: bool,
    },
    /// Another declared item by its Rust name (the last segment of the path): an enum or a domain.
    Named(String),
    /// `Other`: only `#[column(type = "...")]` knows the type.
    Other,
}

/// The default of a column, a domain or a function's argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DefaultDecl {
    /// `sql("now()")`: an expression, verbatim.
    Sql(String),
    /// `"{}"`: a string, to be quoted.
    String(String),
    /// `0`, `-1.5`: a number, verbatim.
    Number(String),
    /// `true`, `false`
    Boolean(bool),
    /// `KbStatus::Pending`
    Variant {
        /// The enum's Rust name.
        of: String,
        /// The variant's Rust name.
        variant: String,
    },
}

/// `GENERATED { ALWAYS | BY DEFAULT } AS IDENTITY (...)`
#[derive(Clone, Debug)]
pub struct IdentityDecl {
    /// The attribute.
    pub span: Span,
    /// `ALWAYS`, else `BY DEFAULT`.
    pub always: bool,
    /// The options of the sequence behind it.
    pub options: SequenceOptions,
}

/// The options of a sequence; what is not said is PostgreSQL's default (documentation, CREATE SEQUENCE).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SequenceOptions {
    /// `START WITH`
    pub start: Option<i64>,
    /// `INCREMENT BY`
    pub increment: Option<i64>,
    /// `MINVALUE`
    pub min: Option<i64>,
    /// `MAXVALUE`
    pub max: Option<i64>,
    /// `CACHE`
    pub cache: Option<i64>,
    /// `CYCLE`
    pub cycle: bool,
}

/// `references(Organization::id, on_delete = cascade, ...)`
#[derive(Clone, Debug)]
pub struct ReferenceDecl {
    /// The whole attribute entry.
    pub span: Span,
    /// `name = fk_x`: the constraint's name, else PostgreSQL's own (`table_column_fkey`).
    pub name: Option<Text>,
    /// The referenced columns: (struct, field), one of each local column; all of one struct.
    pub to: Vec<(Text, Text)>,
    /// `on_delete = ...`
    pub on_delete: Option<Spanned<ForeignKeyAction>>,
    /// `on_update = ...`
    pub on_update: Option<Spanned<ForeignKeyAction>>,
    /// `match_full`
    pub match_full: bool,
    /// `deferrable` or `initially_deferred`
    pub deferrable: Deferrable,
    /// `comment = "..."`
    pub comment: Option<Text>,
}

/// What happens to the referencing row (documentation, CREATE TABLE, REFERENCES).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ForeignKeyAction {
    /// `no_action`, the default
    #[default]
    NoAction,
    /// `restrict`
    Restrict,
    /// `cascade`
    Cascade,
    /// `set_null`, or `set_null(a, b)`: only these fields (PostgreSQL 15)
    SetNull(Vec<String>),
    /// `set_default`, or `set_default(a, b)`
    SetDefault(Vec<String>),
}

/// When a constraint is checked (documentation, SET CONSTRAINTS).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deferrable {
    /// At once, always
    #[default]
    Not,
    /// `deferrable`: at once unless a transaction asks otherwise
    InitiallyImmediate,
    /// `initially_deferred`: at commit unless a transaction asks otherwise
    InitiallyDeferred,
}
