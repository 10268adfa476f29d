//! What a declaration says, as data: one struct per thing that can be declared.
//!
//! Every value keeps the span it was written at, so that whoever finds a fault later can point at it.
//! A `file` stands once per item; all spans of an item are in that file.

mod column;
mod intent;
mod objects;
mod project;
mod table;
mod typescript;

pub use column::*;
pub use intent::*;
pub use objects::*;
pub use project::*;
pub use table::*;
pub use typescript::*;

use proc_macro2::Span;

/// A value and the place where it was written. Two are equal when their values are.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Puts a value and its place together.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// The text of a name or an SQL fragment and its place.
pub type Text = Spanned<String>;

/// Everything that one or more source files declare, in the order of the source.
#[derive(Clone, Debug, Default)]
pub struct Declarations {
    /// `#[derive(Schema)]`
    pub schemas: Vec<SchemaDecl>,
    /// `#[derive(Extension)]`
    pub extensions: Vec<ExtensionDecl>,
    /// `#[derive(TextEnum)]` and `#[derive(EnumType)]`
    pub enums: Vec<EnumDecl>,
    /// `#[derive(Domain)]`
    pub domains: Vec<DomainDecl>,
    /// `#[derive(Sequence)]`
    pub sequences: Vec<SequenceDecl>,
    /// `#[derive(Function)]`
    pub functions: Vec<FunctionDecl>,
    /// `#[derive(Table)]`
    pub tables: Vec<TableDecl>,
    /// `#[derive(View)]`
    pub views: Vec<ViewDecl>,
    /// `#[derive(JsonObject)]`
    pub json_objects: Vec<JsonObjectDecl>,
    /// `#[derive(Interface)]`
    pub interfaces: Vec<InterfaceDecl>,
    /// Constants of type `Consumer`
    pub consumers: Vec<ConsumerDecl>,
    /// Constants of type `Document`
    pub documents: Vec<DocumentDecl>,
    /// Constants of type `Migration`
    pub migrations: Vec<MigrationDecl>,
    /// Constants of type `Project`; more than one is a fault that the reader reports.
    pub projects: Vec<ProjectDecl>,
}
