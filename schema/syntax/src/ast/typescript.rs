//! What consumers read: JSON objects, interfaces, consumers and documents.

use proc_macro2::Span;

use super::{Text, TypeDecl};
use crate::FileId;

/// `#[derive(JsonObject)] struct ClusterConfig { auto_respond: Option<bool> }`: the shape of a JSON value.
#[derive(Clone, Debug)]
pub struct JsonObjectDecl {
    /// The file that declares it.
    pub file: FileId,
    /// The Rust struct.
    pub rust: Text,
    /// The doc comment.
    pub doc: Option<Text>,
    /// The properties, in order.
    pub properties: Vec<PropertyDecl>,
    /// `#[ts(name = "...")]`
    pub ts_name: Option<Text>,
}

/// One property of a JSON object.
#[derive(Clone, Debug)]
pub struct PropertyDecl {
    /// Its name: `#[json(name = "...")]`, else the field.
    pub name: Text,
    /// The doc comment.
    pub doc: Option<Text>,
    /// `Option<...>`: the property may be absent.
    pub optional: bool,
    /// Its type.
    pub ty: JsonType,
}

/// The type of a JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonType {
    /// `bool`
    Boolean,
    /// `i16`, `i32`, `i64`, `f32`, `f64`
    Number,
    /// `String`
    String,
    /// `Value`: anything
    Unknown,
    /// `Option<T>` inside another type: `T | null`
    Nullable(Box<JsonType>),
    /// `Vec<T>`
    List(Box<JsonType>),
    /// `BTreeMap<String, T>`
    Map(Box<JsonType>),
    /// A declared `JsonObject` or enum, by its Rust name.
    Named(String),
}

/// `#[derive(Interface)] #[interface(extends = Cluster, ...)] struct ClusterDetails { ... }`
#[derive(Clone, Debug)]
pub struct InterfaceDecl {
    /// The file that declares it.
    pub file: FileId,
    /// The Rust struct.
    pub rust: Text,
    /// The doc comment.
    pub doc: Option<Text>,
    /// What it is a projection of.
    pub base: InterfaceBase,
    /// `own_fields_before = created_at`: where the own fields stand in the flat form.
    pub own_fields_before: Option<Text>,
    /// The own fields, in order.
    pub fields: Vec<InterfaceFieldDecl>,
    /// `by(organization_id, id)`: columns that the generated select is filtered by, each a placeholder.
    pub by: Vec<Text>,
    /// `order_by(name, created_at.desc())`: (field, descending)
    pub order_by: Vec<(Text, bool)>,
    /// `#[ts(name = "...")]`
    pub ts_name: Option<Text>,
}

/// What an interface is a projection of.
#[derive(Clone, Debug)]
pub enum InterfaceBase {
    /// `extends = Cluster`: all columns of the table, and the own fields.
    Extends(Text),
    /// `of = Cluster`: only the own fields, which are columns of the table or computed.
    Of(Text),
}

/// One field of an interface.
#[derive(Clone, Debug)]
pub struct InterfaceFieldDecl {
    /// The name.
    pub name: Text,
    /// The doc comment.
    pub doc: Option<Text>,
    /// The type. Must be the column's own where there is no `sql`.
    pub ty: TypeDecl,
    /// `#[field(sql = "...")]`: the expression that computes it; none: the column of the same name.
    pub sql: Option<Text>,
    /// `#[ts(required)]`
    pub ts_required: Option<Span>,
}

/// `pub const API_SERVER: Consumer = Consumer { ... };`
#[derive(Clone, Debug)]
pub struct ConsumerDecl {
    /// The file that declares it.
    pub file: FileId,
    /// The constant.
    pub rust: Text,
    /// `name: "api-server"`
    pub name: Text,
    /// `timestamps: Timestamps::Date`, else `Timestamps::IsoString`
    pub timestamps_as_date: bool,
    /// `inheritance: Inheritance::Extends`, else `Inheritance::Flat`
    pub extends: bool,
    /// `files: &[TypeFile { ... }]`
    pub files: Vec<TypeFileDecl>,
    /// `indent: Indent::Tab`, or `Indent::Spaces(2)`: 0 is a tab; 2 if not said.
    pub indent: usize,
    /// `quotes: Quotes::Double`, also if not said, else `Quotes::Single`
    pub double_quotes: bool,
}

/// One file of a consumer.
#[derive(Clone, Debug)]
pub struct TypeFileDecl {
    /// `path: "packages/client/src/types/cluster.ts"`: below `generated/` for a whole file, below the root for a region.
    pub path: Text,
    /// `region: Some("types")`: a managed region of a hand-written file; none: a whole file.
    pub region: Option<Text>,
    /// `exports: exports![KbStatus, Cluster]`: what it holds, in order, by Rust name.
    pub exports: Vec<Text>,
    /// `constants: exports![KbStatus]`: enums whose values are also exported as a constant object.
    pub constants: Vec<Text>,
}

/// `pub const DESIGN: Document = Document { ... };`: a hand-written page with managed regions.
#[derive(Clone, Debug)]
pub struct DocumentDecl {
    /// The file that declares it.
    pub file: FileId,
    /// `path: "docs/design.md"`, below the root.
    pub path: Text,
    /// `tables: exports![Cluster, Ticket]`: the tables it speaks of, in order.
    pub tables: Vec<Text>,
    /// `regions: &[Region::Erd, Region::Tables, Region::Upserts]`
    pub regions: Vec<(DocumentRegion, Span)>,
}

/// What a managed region of a document holds. Its marker is the name in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentRegion {
    /// `erd`: the Mermaid entity relationship diagram
    Erd,
    /// `tables`: the table reference
    Tables,
    /// `upserts`: the upsert statements of the natural keys
    Upserts,
}
