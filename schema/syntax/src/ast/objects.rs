//! Schemas, extensions, enums, domains, sequences, functions and views.

use proc_macro2::Span;

use super::{DefaultDecl, SequenceOptions, Spanned, Text, TypeDecl};
use crate::FileId;

/// `#[derive(Schema)] #[schema(name = "auth")] struct Auth;`
#[derive(Clone, Debug)]
pub struct SchemaDecl {
    /// The file that declares it.
    pub file: FileId,
    /// The Rust struct.
    pub rust: Text,
    /// Its name.
    pub name: Text,
    /// The doc comment.
    pub doc: Option<Text>,
}

/// `#[derive(Extension)] #[extension(name = "uuid-ossp", schema = "public")] struct UuidOssp;`
#[derive(Clone, Debug)]
pub struct ExtensionDecl {
    /// The file that declares it.
    pub file: FileId,
    /// The Rust struct.
    pub rust: Text,
    /// Its name.
    pub name: Text,
    /// The schema that its objects go to, if said.
    pub schema: Option<Text>,
    /// `version = "1.1"`, if said.
    pub version: Option<Text>,
    /// The doc comment. An extension's own comment comes with it, so this is for readers of the Rust only.
    pub doc: Option<Text>,
}

/// `#[derive(TextEnum)]` (text + CHECK IN) or `#[derive(EnumType)]` (CREATE TYPE ... AS ENUM).
#[derive(Clone, Debug)]
pub struct EnumDecl {
    /// The file that declares it.
    pub file: FileId,
    /// The Rust enum.
    pub rust: Text,
    /// How the values are stored.
    pub storage: EnumStorage,
    /// The doc comment: the type's comment and the union's JSDoc.
    pub doc: Option<Text>,
    /// The values, in order.
    pub variants: Vec<VariantDecl>,
    /// `#[ts(name = "KBStatus")]`, else the enum's name.
    pub ts_name: Option<Text>,
    /// `#[ts(constant = "KB_STATUSES")]`: the name of the constant object of the values, for consumers that ask for it.
    pub ts_constant: Option<Text>,
}

/// How the values of an enum are stored.
#[derive(Clone, Debug)]
pub enum EnumStorage {
    /// A text column with `CHECK (column IN (...))`.
    Text,
    /// A type of its own.
    Type {
        /// `#[enum_type(schema = "...")]`, else `public`.
        schema: Text,
        /// `#[enum_type(name = "...")]`, else the enum's name in snake case.
        name: Text,
    },
}

/// One value of an enum.
#[derive(Clone, Debug)]
pub struct VariantDecl {
    /// The Rust variant.
    pub rust: Text,
    /// `#[value("...")]`, else the variant's name in the case of `#[text_enum(rename_all = "...")]`
    /// (`SCREAMING_SNAKE_CASE`, `snake_case`, `lowercase`, `UPPERCASE`, `kebab-case`, `camelCase`, `PascalCase`; snake_case if not said).
    pub value: Text,
    /// The doc comment.
    pub doc: Option<Text>,
}

/// `#[derive(Domain)] #[domain(name = "email", not_null, check(valid, "VALUE ~ '@'"))] struct Email(Text);`
#[derive(Clone, Debug)]
pub struct DomainDecl {
    /// The file that declares it.
    pub file: FileId,
    /// The Rust struct.
    pub rust: Text,
    /// Its schema, else `public`.
    pub schema: Text,
    /// Its name, else the struct's in snake case.
    pub name: Text,
    /// The doc comment.
    pub doc: Option<Text>,
    /// The base type, from the tuple struct's one field.
    pub ty: TypeDecl,
    /// `type = "..."`, as of a column.
    pub sql_type: Option<Text>,
    /// `collate = "C"`
    pub collate: Option<Text>,
    /// `default = ...`
    pub default: Option<Spanned<DefaultDecl>>,
    /// `not_null`
    pub not_null: bool,
    /// `check(name, "...")`: (name, expression)
    pub checks: Vec<(Text, Text)>,
}

/// `#[derive(Sequence)] #[sequence(name = "order_number", as = bigint, start = 1000, owned_by = Order::number)] struct OrderNumber;`
#[derive(Clone, Debug)]
pub struct SequenceDecl {
    /// The file that declares it.
    pub file: FileId,
    /// The Rust struct.
    pub rust: Text,
    /// Its schema, else `public`.
    pub schema: Text,
    /// Its name, else the struct's in snake case.
    pub name: Text,
    /// The doc comment.
    pub doc: Option<Text>,
    /// `as = smallint | integer | bigint`; bigint if not said.
    pub data_type: Text,
    /// The options.
    pub options: SequenceOptions,
    /// `owned_by = Order::number`: (struct, field)
    pub owned_by: Option<(Text, Text)>,
}

/// `#[derive(Function)] #[function(name = "...", returns = "trigger", language = plpgsql, file = "x.sql")] struct X;`
#[derive(Clone, Debug)]
pub struct FunctionDecl {
    /// The file that declares it.
    pub file: FileId,
    /// The Rust struct.
    pub rust: Text,
    /// Its schema, else `public`.
    pub schema: Text,
    /// Its name, else the struct's in snake case.
    pub name: Text,
    /// The doc comment.
    pub doc: Option<Text>,
    /// `arguments("a integer", "b text DEFAULT ''")`, as CREATE FUNCTION wants them.
    pub arguments: Vec<Text>,
    /// `returns = "trigger"`, as CREATE FUNCTION wants it.
    pub returns: Text,
    /// `language = plpgsql`
    pub language: Text,
    /// `volatility = immutable | stable | volatile`
    pub volatility: Option<Text>,
    /// `strict`
    pub strict: bool,
    /// `security_definer`
    pub security_definer: bool,
    /// `leakproof`
    pub leakproof: bool,
    /// `parallel = safe | restricted | unsafe`
    pub parallel: Option<Text>,
    /// `cost = 10`
    pub cost: Option<Text>,
    /// `rows = 10`
    pub rows: Option<Text>,
    /// `set(search_path = "''")`: configuration for the call.
    pub set: Vec<(Text, Text)>,
    /// `file = "x.sql"`, beside the Rust file, or `body = "..."`.
    pub body: BodyDecl,
    /// `verbatim`: the file is the body byte for byte, and no line end is put around it.
    pub verbatim: bool,
    /// `needs(Cluster, OtherFunction)`
    pub needs: Vec<Text>,
}

/// Where the text of a function or view is.
#[derive(Clone, Debug)]
pub enum BodyDecl {
    /// `file = "x.sql"`: relative to the folder of the Rust file.
    File(Text),
    /// `body = "..."` or `sql = "..."`
    Inline(Text),
}

/// `#[derive(View)] #[view(name = "...", file = "x.sql", needs(Cluster))] struct X { pub id: Uuid, ... }`
#[derive(Clone, Debug)]
pub struct ViewDecl {
    /// The file that declares it.
    pub file: FileId,
    /// The Rust struct.
    pub rust: Text,
    /// Its schema, else `public`.
    pub schema: Text,
    /// Its name, else the struct's in snake case.
    pub name: Text,
    /// The doc comment.
    pub doc: Option<Text>,
    /// The fields: name, doc comment, type; they type the view's columns for consumers.
    pub columns: Vec<ViewColumnDecl>,
    /// The query.
    pub body: BodyDecl,
    /// `needs(Cluster, SomeFunction)`
    pub needs: Vec<Text>,
    /// `security_invoker` (PostgreSQL 15)
    pub security_invoker: bool,
    /// `security_barrier`
    pub security_barrier: bool,
    /// `check_option = local | cascaded`
    pub check_option: Option<Text>,
    /// `#[ts(name = "...")]`
    pub ts_name: Option<Text>,
}

/// A column of a view.
#[derive(Clone, Debug)]
pub struct ViewColumnDecl {
    /// The column's name.
    pub name: Text,
    /// The doc comment.
    pub doc: Option<Text>,
    /// The type.
    pub ty: TypeDecl,
    /// `#[ts(required)]`
    pub ts_required: Option<Span>,
}
