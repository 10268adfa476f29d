//! Indexes.

use proc_macro2::TokenTree;

use super::entries::Entries;
use super::faults::Faults;
use super::fragment::{Fragment, ident_text, string_of};
use super::key::key_parts;
use super::names::check_name;
use super::values::{check_text, each};
use crate::{IndexDecl, Text};

/// `#[index(name, on(...), using = gin, where = "...", ...)]`, `#[unique_index(...)]`
pub(crate) fn index(faults: &mut Faults, attribute: &syn::Attribute, unique: bool) -> Option<IndexDecl> {
    let what = match unique {
        true => "`unique_index` entry",
        false => "`index` entry",
    };
    let mut entries = Entries::of(faults, what, attribute);
    let on = entries.list(faults, "on");
    entries.require(faults, "on", "`on(field, ...)`");
    let (_, parts) = on.unwrap_or((entries.span, Vec::new()));
    let mut index = IndexDecl {
        span: entries.span,
        name: Text::new(String::new(), entries.span),
        unique,
        on: key_parts(faults, &parts),
        method: entries.name(faults, "using"),
        include: entries.fields(faults, "include"),
        predicate: entries.filled(faults, "where"),
        nulls_not_distinct: unique_only(faults, &mut entries, "nulls_not_distinct", unique).is_some(),
        with: parameters(faults, &mut entries),
        natural_key: unique_only(faults, &mut entries, "natural_key", unique),
        comment: entries.string(faults, "comment"),
    };
    let name = entries.required_name(faults);
    entries.finish(faults);
    index.name = name?;
    Some(index)
}

/// `with(fillfactor = 70)`: PostgreSQL takes words and numbers here, which are written without quotes.
pub(crate) fn parameters(faults: &mut Faults, entries: &mut Entries) -> Vec<(Text, Text)> {
    let parameters = settings(faults, entries, "with");
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    for text in parameters.iter().flat_map(|(name, value)| [name, value]) {
        if !text.value.chars().all(is_bare) || text.value.contains("--") {
            faults.advise(
                text.span,
                "this is no storage parameter",
                "write words and numbers: `with(fillfactor = 70)`",
            );
        }
    }
    parameters
}

/// `with(fillfactor = 70)`, `set(search_path = "''")`: names and values, in order.
pub(crate) fn settings(faults: &mut Faults, entries: &mut Entries, key: &'static str) -> Vec<(Text, Text)> {
    let (_, fragments) = entries.list(faults, key).unwrap_or((entries.span, Vec::new()));
    let settings = each(faults, &fragments, "expected `name = value`", setting);
    for (name, value) in &settings {
        check_name(faults, name);
        check_text(faults, value);
    }
    super::names::check_distinct(faults, "settings", settings.iter().map(|(name, _)| name));
    settings
}

fn setting(fragment: &Fragment) -> Option<(Text, Text)> {
    let [name, TokenTree::Punct(equals), value @ ..] = fragment.tokens.as_slice() else {
        return None;
    };
    if equals.as_char() != '=' {
        return None;
    }
    let name = match name {
        TokenTree::Ident(ident) => ident_text(ident),
        other => string_of(other)?,
    };
    let value = Fragment::new(value.to_vec(), fragment.span);
    Some((name, value.name().or_else(|| value.number())?))
}

fn unique_only(
    faults: &mut Faults,
    entries: &mut Entries,
    key: &'static str,
    unique: bool,
) -> Option<proc_macro2::Span> {
    let span = entries.flag(faults, key)?;
    if !unique {
        faults.advise(span, format!("`{key}` needs a unique index"), "write `#[unique_index(...)]`");
    }
    Some(span)
}
