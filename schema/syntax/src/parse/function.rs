//! Functions, and the bodies that functions and views have.

use super::Derive;
use super::entries::Entries;
use super::faults::Faults;
use super::fragment::Fragment;
use super::head::{database_name, schema_name};
use super::index::settings;
use super::objects::unit;
use super::values::{check_filled, check_text, each};
use crate::{BodyDecl, Diagnostic, FileId, FunctionDecl, Text};

const VOLATILITIES: [&str; 3] = ["immutable", "stable", "volatile"];
const PARALLEL_SAFETIES: [&str; 3] = ["safe", "restricted", "unsafe"];

/// Reads a struct with `#[derive(Function)]`. None if its result, language or body is missing.
pub fn function(file: FileId, item: &syn::ItemStruct, errors: &mut Vec<Diagnostic>) -> Option<FunctionDecl> {
    let faults = &mut Faults::new(file, errors);
    let (head, mut entries) = unit(faults, Derive::Function, item, "function");
    let returns = required(faults, &mut entries, "returns", Entries::filled);
    let language = required(faults, &mut entries, "language", Entries::name);
    let body = body(faults, &mut entries, "body");
    let function = FunctionDecl {
        file,
        schema: schema_name(faults, &mut entries, &head.rust),
        name: database_name(faults, &mut entries, &head.rust),
        arguments: arguments(faults, &mut entries),
        volatility: word(faults, &mut entries, "volatility", VOLATILITIES),
        strict: entries.flag(faults, "strict").is_some(),
        security_definer: entries.flag(faults, "security_definer").is_some(),
        leakproof: entries.flag(faults, "leakproof").is_some(),
        parallel: word(faults, &mut entries, "parallel", PARALLEL_SAFETIES),
        cost: entries.number(faults, "cost"),
        rows: entries.number(faults, "rows"),
        set: settings(faults, &mut entries, "set"),
        needs: entries.needs(faults),
        verbatim: entries.flag(faults, "verbatim").is_some(),
        returns: returns.clone().unwrap_or_else(|| head.rust.clone()),
        language: language.clone().unwrap_or_else(|| head.rust.clone()),
        body: body.clone().unwrap_or_else(|| BodyDecl::Inline(head.rust.clone())),
        rust: head.rust,
        doc: head.doc,
    };
    entries.finish(faults);
    (returns.is_some() && language.is_some() && body.is_some()).then_some(function)
}

/// The body: `file = "x.sql"`, or the text itself under the given key.
pub(crate) fn body(faults: &mut Faults, entries: &mut Entries, inline: &'static str) -> Option<BodyDecl> {
    let file = entries.filled(faults, "file");
    let text = entries.filled(faults, inline);
    match (file, text) {
        (Some(_), Some(text)) => {
            faults.at(text.span, format!("`file` and `{inline}` exclude each other"));
            Some(BodyDecl::Inline(text))
        }
        (Some(file), None) => Some(BodyDecl::File(file)),
        (None, Some(text)) => Some(BodyDecl::Inline(text)),
        (None, None) => {
            if !entries.has_any(&["file", inline]) {
                entries.missing(faults, &format!("`file = \"...\"` or `{inline} = \"...\"`"));
            }
            None
        }
    }
}

/// `key = word`, as text.
pub(crate) fn word<const N: usize>(
    faults: &mut Faults,
    entries: &mut Entries,
    key: &'static str,
    words: [&'static str; N],
) -> Option<Text> {
    let said = entries.choice(faults, key, key, &words.map(|word| (word, word)))?;
    Some(Text::new(said.value.to_string(), said.span))
}

/// An entry that can't be left out.
fn required(
    faults: &mut Faults,
    entries: &mut Entries,
    key: &'static str,
    read: impl Fn(&mut Entries, &mut Faults, &'static str) -> Option<Text>,
) -> Option<Text> {
    let value = read(entries, faults, key);
    entries.require(faults, key, &format!("`{key} = ...`"));
    value
}

fn arguments(faults: &mut Faults, entries: &mut Entries) -> Vec<Text> {
    let (_, fragments) = entries.list(faults, "arguments").unwrap_or((entries.span, Vec::new()));
    let arguments = each(faults, &fragments, "expected a string", Fragment::string);
    for argument in &arguments {
        check_text(faults, argument);
        check_filled(faults, argument);
    }
    arguments
}
