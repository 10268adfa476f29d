//! The parts of an index key: `created_at.desc().nulls_last()`, `sql("lower(name)").opclass("text_pattern_ops")`.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

use super::default::sql_argument;
use super::faults::Faults;
use super::fragment::{Fragment, ident_text, join, split};
use super::names::check_name;
use super::suggest::advice;
use crate::{KeyPart, KeyTerm, Text};

const METHODS: &[&str] = &["desc", "asc", "nulls_first", "nulls_last", "collate", "opclass"];

/// The parts of `on(...)`, as far as they can be read.
pub(crate) fn key_parts(faults: &mut Faults, fragments: &[Fragment]) -> Vec<KeyPart> {
    fragments.iter().filter_map(|fragment| key_part(faults, fragment)).collect()
}

/// One part of a key.
pub(crate) fn key_part(faults: &mut Faults, fragment: &Fragment) -> Option<KeyPart> {
    let (term, mut methods) = match fragment.tokens.as_slice() {
        [TokenTree::Ident(sql), TokenTree::Group(group), rest @ ..] if is_sql_call(sql, group) => {
            let span = join(sql.span(), group.span());
            let expression = sql_argument(faults, group.stream(), span);
            (KeyTerm::Expression(expression), rest)
        }
        [TokenTree::Ident(field), rest @ ..] => (KeyTerm::Column(ident_text(field)), rest),
        _ => {
            not_a_part(faults, fragment);
            return None;
        }
    };
    let mut part =
        KeyPart { span: fragment.span, term, collate: None, opclass: None, descending: false, nulls_first: None };
    while let [TokenTree::Punct(dot), TokenTree::Ident(method), TokenTree::Group(group), rest @ ..] = methods
        && dot.as_char() == '.'
        && group.delimiter() == Delimiter::Parenthesis
    {
        apply(faults, &mut part, method, group);
        methods = rest;
    }
    if !methods.is_empty() {
        not_a_part(faults, fragment);
    }
    Some(part)
}

fn is_sql_call(word: &Ident, group: &Group) -> bool {
    word == "sql" && group.delimiter() == Delimiter::Parenthesis
}

fn not_a_part(faults: &mut Faults, fragment: &Fragment) {
    let help = "expected a field or `sql(\"...\")`, then methods such as `.desc()`";
    faults.advise(fragment.span, "this is not a part of a key", help);
}

fn apply(faults: &mut Faults, part: &mut KeyPart, method: &Ident, group: &Group) {
    let word = method.to_string();
    match word.as_str() {
        "asc" => no_argument(faults, method, group.stream()),
        "desc" => {
            no_argument(faults, method, group.stream());
            part.descending = true;
        }
        "nulls_first" | "nulls_last" => {
            no_argument(faults, method, group.stream());
            part.nulls_first = Some(word == "nulls_first");
        }
        "collate" => part.collate = name_argument(faults, method, group),
        "opclass" => part.opclass = name_argument(faults, method, group),
        _ => {
            let message = format!("unknown method `{word}` of a key");
            faults.advise(method.span(), message, advice(&word, METHODS));
        }
    }
}

fn no_argument(faults: &mut Faults, method: &Ident, tokens: TokenStream) {
    if !tokens.is_empty() {
        faults.at(method.span(), format!("`{method}` takes no argument"));
    }
}

fn name_argument(faults: &mut Faults, method: &Ident, group: &Group) -> Option<Text> {
    let fragments = split(faults, group.stream());
    let name = match fragments.as_slice() {
        [only] => only.string(),
        _ => None,
    };
    match &name {
        Some(name) => check_name(faults, name),
        None => faults.at(join(method.span(), group.span()), format!("`{method}` takes one string")),
    }
    name
}
