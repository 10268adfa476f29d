//! The derives that mark an item as a declaration, and the way from a marked item to what it declares.

use proc_macro2::{Span, TokenStream};
use syn::spanned::Spanned as _;

use super::faults::Faults;
use crate::*;

/// A derive macro of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derive {
    /// `#[derive(Schema)]`
    Schema,
    /// `#[derive(Extension)]`
    Extension,
    /// `#[derive(TextEnum)]`
    TextEnum,
    /// `#[derive(EnumType)]`
    EnumType,
    /// `#[derive(Domain)]`
    Domain,
    /// `#[derive(Sequence)]`
    Sequence,
    /// `#[derive(Function)]`
    Function,
    /// `#[derive(Table)]`
    Table,
    /// `#[derive(View)]`
    View,
    /// `#[derive(JsonObject)]`
    JsonObject,
    /// `#[derive(Interface)]`
    Interface,
}

/// What an item with one of our derives declares.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "one exists at a time, and it is moved once")]
pub enum ItemDecl {
    /// A schema
    Schema(SchemaDecl),
    /// An extension
    Extension(ExtensionDecl),
    /// An enum, stored as text or as a type of its own
    Enum(EnumDecl),
    /// A domain
    Domain(DomainDecl),
    /// A sequence
    Sequence(SequenceDecl),
    /// A function
    Function(FunctionDecl),
    /// A table
    Table(TableDecl),
    /// A view
    View(ViewDecl),
    /// The shape of a JSON value
    JsonObject(JsonObjectDecl),
    /// An interface
    Interface(InterfaceDecl),
}

impl Derive {
    /// The derives and their names.
    pub const ALL: [(Derive, &str); 11] = [
        (Derive::Schema, "Schema"),
        (Derive::Extension, "Extension"),
        (Derive::TextEnum, "TextEnum"),
        (Derive::EnumType, "EnumType"),
        (Derive::Domain, "Domain"),
        (Derive::Sequence, "Sequence"),
        (Derive::Function, "Function"),
        (Derive::Table, "Table"),
        (Derive::View, "View"),
        (Derive::JsonObject, "JsonObject"),
        (Derive::Interface, "Interface"),
    ];

    /// The derive of this name (the last segment of its path).
    pub fn find(name: &syn::Ident) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| name == known).map(|(derive, _)| *derive)
    }

    /// Its name as written.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(derive, _)| *derive == self).map_or("", |(_, name)| name)
    }
}

/// Reads what a derive macro was given; all spans are the compiler's.
pub fn from_derive(derive: Derive, input: TokenStream) -> (Option<ItemDecl>, Vec<Diagnostic>) {
    let mut errors = Vec::new();
    let file = FileId::default();
    let read = match syn::parse2::<syn::Item>(input) {
        Ok(parsed) => item(file, derive, &parsed, &mut errors),
        Err(error) => {
            errors.push(Diagnostic::new(file, error.span(), error.to_string()));
            None
        }
    };
    (read, errors)
}

/// Reads an item that has the derive. None if it is the wrong kind of item, which is then among the errors.
pub fn item(file: FileId, derive: Derive, item: &syn::Item, errors: &mut Vec<Diagnostic>) -> Option<ItemDecl> {
    match (derive, item) {
        (Derive::TextEnum | Derive::EnumType, syn::Item::Enum(item)) => {
            enumeration(file, derive, item, errors).map(ItemDecl::Enum)
        }
        (Derive::TextEnum | Derive::EnumType, other) => wrong_item(file, derive, other, "an enum", errors),
        (_, syn::Item::Struct(item)) => structure(file, derive, item, errors),
        (_, other) => wrong_item(file, derive, other, "a struct", errors),
    }
}

fn structure(file: FileId, derive: Derive, item: &syn::ItemStruct, errors: &mut Vec<Diagnostic>) -> Option<ItemDecl> {
    match derive {
        Derive::Schema => schema(file, item, errors).map(ItemDecl::Schema),
        Derive::Extension => extension(file, item, errors).map(ItemDecl::Extension),
        Derive::Domain => domain(file, item, errors).map(ItemDecl::Domain),
        Derive::Sequence => sequence(file, item, errors).map(ItemDecl::Sequence),
        Derive::Function => function(file, item, errors).map(ItemDecl::Function),
        Derive::Table => table(file, item, errors).map(ItemDecl::Table),
        Derive::View => view(file, item, errors).map(ItemDecl::View),
        Derive::JsonObject => json_object(file, item, errors).map(ItemDecl::JsonObject),
        Derive::Interface => interface(file, item, errors).map(ItemDecl::Interface),
        Derive::TextEnum | Derive::EnumType => None,
    }
}

fn wrong_item(
    file: FileId,
    derive: Derive,
    item: &syn::Item,
    expected: &str,
    errors: &mut Vec<Diagnostic>,
) -> Option<ItemDecl> {
    let (kind, span) = kind_of(item);
    let message = format!("`{}` can't be derived for {kind}", derive.name());
    Faults::new(file, errors).advise(span, message, format!("declare {expected}"));
    None
}

fn kind_of(item: &syn::Item) -> (&'static str, Span) {
    match item {
        syn::Item::Enum(item) => ("an enum", item.ident.span()),
        syn::Item::Struct(item) => ("a struct", item.ident.span()),
        syn::Item::Union(item) => ("a union", item.ident.span()),
        other => ("this item", other.span()),
    }
}
