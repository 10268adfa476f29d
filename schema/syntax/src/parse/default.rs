//! Defaults.

use proc_macro2::Span;

use super::entries::Entries;
use super::faults::Faults;
use super::fragment::{Fragment, split};
use super::values::{check_filled, check_text};
use crate::{DefaultDecl, Spanned, Text};

/// `default = ...`
pub(crate) fn default_decl(faults: &mut Faults, entries: &mut Entries) -> Option<Spanned<DefaultDecl>> {
    let value = entries.value(faults, "default")?;
    let default = read(faults, &value);
    if default.is_none() {
        let help = "expected `sql(\"...\")`, a string, a number, `true`, `false` or a variant of an enum";
        faults.advise(value.span, "this is no default", help);
    }
    Some(Spanned::new(default?, value.span))
}

/// `sql("...")`: the expression. Anything else in the parentheses is a fault, and an empty expression stands for it.
pub(crate) fn sql_call(faults: &mut Faults, fragment: &Fragment) -> Option<Text> {
    let (word, group) = fragment.call()?;
    (word.value == "sql").then(|| sql_argument(faults, group.stream(), fragment.span))
}

/// The one string in the parentheses of `sql("...")`.
pub(crate) fn sql_argument(faults: &mut Faults, tokens: proc_macro2::TokenStream, span: Span) -> Text {
    let fragments = split(faults, tokens);
    let string = match fragments.as_slice() {
        [only] => only.string(),
        _ => None,
    };
    match string {
        Some(expression) => {
            check_text(faults, &expression);
            check_filled(faults, &expression);
            expression
        }
        None => {
            faults.at(span, "expected `sql(\"...\")` with one string");
            Text::new(String::new(), span)
        }
    }
}

fn read(faults: &mut Faults, value: &Fragment) -> Option<DefaultDecl> {
    if let Some(expression) = sql_call(faults, value) {
        return Some(DefaultDecl::Sql(expression.value));
    }
    if let Some(string) = value.string() {
        check_text(faults, &string);
        return Some(DefaultDecl::String(string.value));
    }
    if let Some(number) = value.number() {
        return Some(DefaultDecl::Number(number.value));
    }
    if let Some((of, variant)) = value.path_of_two() {
        return Some(DefaultDecl::Variant { of: of.value, variant: variant.value });
    }
    match value.word()?.value.as_str() {
        "true" => Some(DefaultDecl::Boolean(true)),
        "false" => Some(DefaultDecl::Boolean(false)),
        _ => None,
    }
}
