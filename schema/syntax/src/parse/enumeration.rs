//! Enums and the words for their values.

use syn::spanned::Spanned as _;

use super::Derive;
use super::doc::doc;
use super::entries::Entries;
use super::faults::Faults;
use super::fragment::{Fragment, ident_text};
use super::head::{Head, database_name, head, schema_name, ts_entries, ts_string};
use super::names::{MAX_NAME_BYTES, lower_words};
use super::placement::{Place, check_attributes};
use super::suggest::{closest, quoted};
use super::values::check_text;
use crate::{Diagnostic, EnumDecl, EnumStorage, FileId, Text, VariantDecl};

/// Reads an enum with `#[derive(TextEnum)]` or `#[derive(EnumType)]`; the derive says how the values are stored.
pub fn enumeration(
    file: FileId,
    derive: Derive,
    item: &syn::ItemEnum,
    errors: &mut Vec<Diagnostic>,
) -> Option<EnumDecl> {
    let faults = &mut Faults::new(file, errors);
    let head = head(faults, derive, &item.ident, &item.generics, &item.attrs);
    let (storage, case) = storage(faults, derive, item, &head);
    let constant = |faults: &mut Faults, ts: &mut Entries| ts_string(faults, ts, "constant");
    let (ts_name, ts_constant) = ts_entries(faults, &item.attrs, &head, constant);
    let variants: Vec<_> = item.variants.iter().map(|each| variant(faults, derive, each, case, head.foreign)).collect();
    check_variants(faults, &head, &storage, &variants);
    Some(EnumDecl { file, rust: head.rust, storage, doc: head.doc, variants, ts_name, ts_constant })
}

/// How the words of a variant's name become a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is written as it says, in `CASES`")]
pub enum Case {
    Snake,
    ScreamingSnake,
    Lower,
    Upper,
    Kebab,
    Camel,
    Pascal,
}

/// The cases and their names.
pub const CASES: [(&str, Case); 7] = [
    ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
    ("snake_case", Case::Snake),
    ("lowercase", Case::Lower),
    ("UPPERCASE", Case::Upper),
    ("kebab-case", Case::Kebab),
    ("camelCase", Case::Camel),
    ("PascalCase", Case::Pascal),
];

fn storage(faults: &mut Faults, derive: Derive, item: &syn::ItemEnum, head: &Head) -> (EnumStorage, Case) {
    let attribute = match derive {
        Derive::EnumType => "enum_type",
        _ => "text_enum",
    };
    let what = format!("`{attribute}` entry");
    let mut entries = Entries::of_all(faults, &what, &item.attrs, attribute, head.rust.span);
    let case = rename_all(faults, &mut entries);
    let storage = match derive {
        Derive::EnumType => EnumStorage::Type {
            schema: schema_name(faults, &mut entries, &head.rust),
            name: database_name(faults, &mut entries, &head.rust),
        },
        _ => EnumStorage::Text,
    };
    entries.finish(faults);
    (storage, case)
}

fn rename_all(faults: &mut Faults, entries: &mut Entries) -> Case {
    let Some(said) = entries.string(faults, "rename_all") else {
        return Case::Snake;
    };
    if let Some((_, case)) = CASES.iter().find(|(word, _)| *word == said.value) {
        return *case;
    }
    let known: Vec<&str> = CASES.iter().map(|(word, _)| *word).collect();
    let message = format!("unknown case `{}`; expected one of {}", said.value.escape_debug(), quoted(&known));
    match closest(&said.value, &known) {
        Some(near) => faults.advise(said.span, message, format!("did you mean `{near}`?")),
        None => faults.at(said.span, message),
    }
    Case::Snake
}

fn variant(faults: &mut Faults, derive: Derive, variant: &syn::Variant, case: Case, foreign: bool) -> VariantDecl {
    check_attributes(faults, &variant.attrs, Place::Part(derive), foreign);
    if !matches!(variant.fields, syn::Fields::Unit) {
        faults.at(variant.fields.span(), "a value of an enum has no fields");
    }
    let rust = ident_text(&variant.ident);
    VariantDecl {
        value: said_value(faults, variant, &rust).unwrap_or_else(|| in_case(&rust, case)),
        doc: doc(faults, &variant.attrs),
        rust,
    }
}

/// `#[value("...")]`
fn said_value(faults: &mut Faults, variant: &syn::Variant, rust: &Text) -> Option<Text> {
    let attributes = &variant.attrs;
    let mut entries = Entries::of_all(faults, "`value` entry", attributes, "value", rust.span);
    let value = entries.keyless(Fragment::string);
    if let Some(value) = &value {
        check_text(faults, value);
    }
    if entries.is_left_over() {
        faults.at(entries.span, "expected `#[value(\"...\")]` with one string");
    }
    value
}

fn in_case(rust: &Text, case: Case) -> Text {
    Text::new(spelled(&rust.value, case), rust.span)
}

/// The value of a variant under a case of this name; None if there is no such case.
pub fn value_in_case(variant: &str, case: &str) -> Option<String> {
    CASES.iter().find(|(name, _)| *name == case).map(|(_, case)| spelled(variant, *case))
}

fn spelled(variant: &str, case: Case) -> String {
    let words = lower_words(variant);
    let capitals = || words.iter().map(|word| capital(word));
    match case {
        Case::Snake => words.join("_"),
        Case::ScreamingSnake => words.join("_").to_uppercase(),
        Case::Lower => words.concat(),
        Case::Upper => words.concat().to_uppercase(),
        Case::Kebab => words.join("-"),
        Case::Pascal => capitals().collect(),
        Case::Camel => words.iter().take(1).cloned().chain(capitals().skip(1)).collect(),
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

fn check_variants(faults: &mut Faults, head: &Head, storage: &EnumStorage, variants: &[VariantDecl]) {
    if variants.is_empty() {
        faults.at(head.rust.span, "an enum needs one value at least");
    }
    let mut seen = std::collections::BTreeSet::new();
    for variant in variants {
        let value = &variant.value;
        if !seen.insert(&value.value) {
            faults.at(value.span, format!("there are two values `{}`", value.value.escape_debug()));
        }
        let bytes = value.value.len();
        if matches!(storage, EnumStorage::Type { .. }) && bytes > MAX_NAME_BYTES {
            let message = format!("the value has {bytes} bytes; PostgreSQL allows {MAX_NAME_BYTES}");
            faults.at(value.span, message);
        }
    }
}
