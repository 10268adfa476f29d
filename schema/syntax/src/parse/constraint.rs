//! Primary keys, unique, check and exclusion constraints and foreign keys of a table.

use super::entries::{Entries, Entry, Shape};
use super::faults::Faults;
use super::fragment::{Fragment, split};
use super::key::key_part;
use super::reference::{deferrable, table_reference};
use super::values::{check_filled, check_text, fields};
use crate::{CheckDecl, ExclusionDecl, ForeignKeyDecl, KeyPart, PrimaryKeyDecl, Text, UniqueDecl};

/// `#[primary_key(name?, on(a, b), include(c), deferrable, comment = "...")]`
pub(crate) fn primary_key(faults: &mut Faults, attribute: &syn::Attribute) -> PrimaryKeyDecl {
    let mut entries = Entries::of(faults, "`primary_key` entry", attribute);
    let primary_key = PrimaryKeyDecl {
        span: entries.span,
        on: key_fields(faults, &mut entries),
        include: entries.fields(faults, "include"),
        deferrable: deferrable(faults, &mut entries),
        comment: entries.string(faults, "comment"),
        name: entries.leading_name(faults),
    };
    entries.finish(faults);
    primary_key
}

/// `#[unique(name?, on(a, b), nulls_not_distinct, natural_key, ...)]`
pub(crate) fn unique(faults: &mut Faults, attribute: &syn::Attribute) -> UniqueDecl {
    let mut entries = Entries::of(faults, "`unique` entry", attribute);
    let unique = UniqueDecl {
        span: entries.span,
        on: key_fields(faults, &mut entries),
        include: entries.fields(faults, "include"),
        nulls_not_distinct: entries.flag(faults, "nulls_not_distinct").is_some(),
        deferrable: deferrable(faults, &mut entries),
        natural_key: entries.flag(faults, "natural_key"),
        comment: entries.string(faults, "comment"),
        name: entries.leading_name(faults),
    };
    entries.finish(faults);
    unique
}

/// `#[check(name, "...", no_inherit, comment = "...")]`
pub(crate) fn check(faults: &mut Faults, attribute: &syn::Attribute) -> Option<CheckDecl> {
    let mut entries = Entries::of(faults, "`check` entry", attribute);
    let no_inherit = entries.flag(faults, "no_inherit").is_some();
    let comment = entries.string(faults, "comment");
    let name = entries.required_name(faults);
    let expression = condition(faults, &mut entries);
    let span = entries.span;
    entries.finish(faults);
    Some(CheckDecl { span, name: name?, expression: expression?, no_inherit, comment })
}

/// The condition of a check, which stands without a key.
pub(crate) fn condition(faults: &mut Faults, entries: &mut Entries) -> Option<Text> {
    let expression = entries.keyless(Fragment::string);
    match &expression {
        Some(expression) => {
            check_text(faults, expression);
            check_filled(faults, expression);
        }
        None => entries.missing(faults, "a name and a condition: `check(name, \"...\")`"),
    }
    expression
}

/// `#[foreign_key(name?, on(a, b), references(Other::x, Other::y), ...)]`
pub(crate) fn foreign_key(faults: &mut Faults, attribute: &syn::Attribute) -> ForeignKeyDecl {
    let mut entries = Entries::of(faults, "`foreign_key` entry", attribute);
    let on = key_fields(faults, &mut entries);
    let reference = table_reference(faults, &mut entries);
    let (local, remote) = (on.len(), reference.to.len());
    if local != remote && local > 0 && remote > 0 {
        let message = format!("the foreign key is on {local} columns and references {remote}");
        faults.at(entries.span, message);
    }
    entries.finish(faults);
    ForeignKeyDecl { on, reference }
}

/// `#[exclude(name, using = gist, element(room, "="), where = "...")]`
pub(crate) fn exclusion(faults: &mut Faults, attribute: &syn::Attribute) -> Option<ExclusionDecl> {
    let mut entries = Entries::of(faults, "`exclude` entry", attribute);
    let span = entries.span;
    let method = entries.name(faults, "using");
    let all = entries.take_all("element");
    let elements: Vec<_> = all.into_iter().filter_map(|entry| element(faults, entry)).collect();
    if elements.is_empty() {
        entries.require(faults, "element", "`element(field, \"operator\")`");
    }
    let predicate = entries.filled(faults, "where");
    let deferrable = deferrable(faults, &mut entries);
    let comment = entries.string(faults, "comment");
    let name = entries.required_name(faults);
    entries.finish(faults);
    Some(ExclusionDecl {
        span,
        name: name?,
        method: method.unwrap_or_else(|| Text::new("gist".to_string(), span)),
        elements,
        predicate,
        deferrable,
        comment,
    })
}

fn element(faults: &mut Faults, entry: Entry) -> Option<(KeyPart, Text)> {
    if let Shape::List(tokens) = entry.shape
        && let [part, operator] = split(faults, tokens).as_slice()
        && let Some(operator) = operator.string()
    {
        check_filled(faults, &operator);
        return Some((key_part(faults, part)?, operator));
    }
    faults.at(entry.whole.span, "expected `element(field, \"operator\")`");
    None
}

fn key_fields(faults: &mut Faults, entries: &mut Entries) -> Vec<Text> {
    match entries.list(faults, "on") {
        Some((_, fragments)) => fields(faults, &fragments),
        None => {
            entries.require(faults, "on", "`on(field, ...)`");
            Vec::new()
        }
    }
}
