//! Which attributes stand where.

use super::Derive;
use super::faults::Faults;
use super::fragment::attribute_span;
use super::suggest::{closest, quoted};

/// A place that attributes stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The item with the derive.
    Item(Derive),
    /// A field of it, or a variant.
    Part(Derive),
}

/// All attributes of ours.
const OURS: &[&str] = &[
    "table",
    "column",
    "primary_key",
    "unique",
    "check",
    "foreign_key",
    "exclude",
    "index",
    "unique_index",
    "trigger",
    "row_level_security",
    "policy",
    "ts",
    "schema",
    "extension",
    "text_enum",
    "enum_type",
    "value",
    "domain",
    "sequence",
    "function",
    "view",
    "json",
    "interface",
    "field",
];

/// Attributes of the compiler that may stand anywhere.
const COMPILERS: &[&str] = &[
    "doc",
    "derive",
    "allow",
    "warn",
    "deny",
    "forbid",
    "expect",
    "cfg",
    "cfg_attr",
    "deprecated",
    "must_use",
    "non_exhaustive",
    "repr",
    "automatically_derived",
    "default",
];

/// Derives that bring no attributes of their own.
const PLAIN_DERIVES: &[&str] = &["Debug", "Clone", "Copy", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash", "Default"];

/// Reports attributes that are unknown or stand on the wrong thing.
///
/// `foreign` says that other derives, whose attributes we don't know, may be on the item.
pub(crate) fn check_attributes(faults: &mut Faults, attributes: &[syn::Attribute], place: Place, foreign: bool) {
    for attribute in attributes {
        let Some(ident) = attribute.path().get_ident() else {
            continue;
        };
        let allowed = allowed(place);
        if allowed.iter().chain(COMPILERS).any(|known| ident == known) {
            continue;
        }
        let name = ident.to_string();
        match (OURS.contains(&name.as_str()), closest(&name, allowed)) {
            (true, _) => misplaced(faults, attribute, &name, place),
            (false, Some(near)) => {
                let message = format!("unknown attribute `{name}`");
                faults.advise(ident.span(), message, format!("did you mean `{near}`?"));
            }
            (false, None) if foreign => {}
            (false, None) => {
                let message = format!("unknown attribute `{name}`");
                faults.advise(ident.span(), message, takes(place));
            }
        }
    }
}

/// Whether an item may have attributes that belong to the derives of others.
///
/// A derive macro is not shown the list of derives, so there it always may.
pub(crate) fn has_foreign_derives(attributes: &[syn::Attribute]) -> bool {
    let derives = derive_paths(attributes);
    let known = |path: &syn::Path| {
        path.segments.last().is_some_and(|last| {
            Derive::find(&last.ident).is_some() || PLAIN_DERIVES.iter().any(|plain| last.ident == plain)
        })
    };
    derives.is_empty() || !derives.iter().all(known)
}

/// The paths in the `#[derive(...)]` attributes of an item.
pub(crate) fn derive_paths(attributes: &[syn::Attribute]) -> Vec<syn::Path> {
    let parse = syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated;
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
        .filter_map(|attribute| attribute.parse_args_with(parse).ok())
        .flatten()
        .collect()
}

fn misplaced(faults: &mut Faults, attribute: &syn::Attribute, name: &str, place: Place) {
    let help = match place {
        Place::Part(derive) if allowed(Place::Item(derive)).contains(&name) => "write it above the struct".to_string(),
        _ => takes(place),
    };
    let message = format!("`#[{name}]` doesn't belong on {}", describe(place));
    faults.advise(attribute_span(attribute), message, help);
}

fn takes(place: Place) -> String {
    match allowed(place) {
        [] => format!("{} takes no attributes", describe(place)),
        allowed => format!("{} takes {}", describe(place), quoted(allowed)),
    }
}

fn allowed(place: Place) -> &'static [&'static str] {
    match place {
        Place::Item(Derive::Table) => &[
            "table",
            "primary_key",
            "unique",
            "check",
            "foreign_key",
            "exclude",
            "index",
            "unique_index",
            "trigger",
            "row_level_security",
            "policy",
            "ts",
        ],
        Place::Part(Derive::Table) => &["column", "ts"],
        Place::Item(Derive::View) => &["view", "ts"],
        Place::Part(Derive::View) => &["column", "ts"],
        Place::Item(Derive::TextEnum) => &["text_enum", "ts"],
        Place::Item(Derive::EnumType) => &["enum_type", "ts"],
        Place::Part(Derive::TextEnum | Derive::EnumType) => &["value"],
        Place::Item(Derive::Schema) => &["schema"],
        Place::Item(Derive::Extension) => &["extension"],
        Place::Item(Derive::Domain) => &["domain"],
        Place::Item(Derive::Sequence) => &["sequence"],
        Place::Item(Derive::Function) => &["function"],
        Place::Item(Derive::JsonObject) => &["ts"],
        Place::Part(Derive::JsonObject) => &["json"],
        Place::Item(Derive::Interface) => &["interface", "ts"],
        Place::Part(Derive::Interface) => &["field", "ts"],
        Place::Part(Derive::Schema | Derive::Extension | Derive::Domain | Derive::Sequence | Derive::Function) => &[],
    }
}

fn describe(place: Place) -> &'static str {
    match place {
        Place::Item(Derive::Table) => "a table",
        Place::Part(Derive::Table) => "a column",
        Place::Item(Derive::View) => "a view",
        Place::Part(Derive::View) => "a column of a view",
        Place::Item(Derive::TextEnum | Derive::EnumType) => "an enum",
        Place::Part(Derive::TextEnum | Derive::EnumType) => "a value of an enum",
        Place::Item(Derive::Schema) => "a schema",
        Place::Item(Derive::Extension) => "an extension",
        Place::Item(Derive::Domain) => "a domain",
        Place::Item(Derive::Sequence) => "a sequence",
        Place::Item(Derive::Function) => "a function",
        Place::Item(Derive::JsonObject) => "a JSON object",
        Place::Part(Derive::JsonObject) => "a property",
        Place::Item(Derive::Interface) => "an interface",
        Place::Part(Derive::Interface) => "a field of an interface",
        Place::Part(_) => "a field",
    }
}
