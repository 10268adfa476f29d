//! What all declarations have: a Rust name, a doc comment, a place in a schema.

use super::Derive;
use super::doc::doc;
use super::entries::Entries;
use super::faults::Faults;
use super::fragment::ident_text;
use super::names::{check_name, check_ts_name, snake_case};
use super::placement::{Place, check_attributes, has_foreign_derives};
use crate::Text;

/// The beginning of every item.
pub(crate) struct Head {
    /// The Rust name.
    pub(crate) rust: Text,
    /// The doc comment.
    pub(crate) doc: Option<Text>,
    /// Whether attributes of other derives may be about.
    pub(crate) foreign: bool,
}

/// Reads the head and checks what is the same for all items.
pub(crate) fn head(
    faults: &mut Faults,
    derive: Derive,
    ident: &syn::Ident,
    generics: &syn::Generics,
    attributes: &[syn::Attribute],
) -> Head {
    let foreign = has_foreign_derives(attributes);
    check_attributes(faults, attributes, Place::Item(derive), foreign);
    if !generics.params.is_empty() {
        faults.at(ident.span(), "a declaration can't have generics");
    }
    Head { rust: ident_text(ident), doc: doc(faults, attributes), foreign }
}

/// The named fields of a struct; another kind of struct is a fault.
pub(crate) fn named_fields<'i>(
    faults: &mut Faults,
    derive: Derive,
    item: &'i syn::ItemStruct,
) -> Option<Vec<(&'i syn::Field, &'i syn::Ident)>> {
    let syn::Fields::Named(fields) = &item.fields else {
        let message = format!("`{}` needs a struct with named fields", derive.name());
        faults.at(item.ident.span(), message);
        return None;
    };
    let with_names = fields.named.iter();
    Some(with_names.filter_map(|field| Some((field, field.ident.as_ref()?))).collect())
}

/// Reports the fields of a struct that can't have any.
pub(crate) fn no_fields(faults: &mut Faults, derive: Derive, item: &syn::ItemStruct) {
    if !matches!(item.fields, syn::Fields::Unit) {
        let message = format!("`{}` needs a struct without fields", derive.name());
        let help = format!("write `struct {};`", item.ident);
        faults.advise(item.ident.span(), message, help);
    }
}

/// `name = "..."`, else the Rust name in snake case.
pub(crate) fn database_name(faults: &mut Faults, entries: &mut Entries, rust: &Text) -> Text {
    if let Some(name) = entries.name(faults, "name") {
        return name;
    }
    let name = snake_case(rust);
    check_name(faults, &name);
    name
}

/// `schema = "..."`, else `public`.
pub(crate) fn schema_name(faults: &mut Faults, entries: &mut Entries, rust: &Text) -> Text {
    let said = entries.name(faults, "schema");
    said.unwrap_or_else(|| Text::new("public".to_string(), rust.span))
}

/// `#[ts(name = "...")]` of an item, and whatever else `more` takes.
pub(crate) fn ts_entries<T>(
    faults: &mut Faults,
    attributes: &[syn::Attribute],
    head: &Head,
    more: impl FnOnce(&mut Faults, &mut Entries) -> T,
) -> (Option<Text>, T) {
    let mut entries = Entries::of_all(faults, "`ts` entry", attributes, "ts", head.rust.span);
    let name = ts_string(faults, &mut entries, "name");
    let more = more(faults, &mut entries);
    entries.finish(faults);
    (name, more)
}

/// `#[ts(name = "...")]` of an item.
pub(crate) fn ts_name(faults: &mut Faults, attributes: &[syn::Attribute], head: &Head) -> Option<Text> {
    ts_entries(faults, attributes, head, |_, _| ()).0
}

/// A name of TypeScript under the given key.
pub(crate) fn ts_string(faults: &mut Faults, entries: &mut Entries, key: &'static str) -> Option<Text> {
    let name = entries.string(faults, key)?;
    check_ts_name(faults, &name);
    Some(name)
}
