//! The values that a constant is made of.

use proc_macro2::Span;
use syn::spanned::Spanned as _;

use super::super::faults::Faults;
use super::super::fragment::{ident_text, split};
use super::super::suggest::advice;
use super::super::values::{check_filled, check_text, items};
use crate::{Spanned, Text};

/// A string literal, any text that a database can hold.
pub(super) fn text(faults: &mut Faults, value: &syn::Expr) -> Option<Text> {
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(string), .. }) = plain(value) else {
        faults.at(value.span(), "expected a string literal");
        return None;
    };
    let text = Text::new(string.value(), string.span());
    check_text(faults, &text);
    Some(text)
}

/// A string literal that says something.
pub(super) fn filled(faults: &mut Faults, value: &syn::Expr) -> Option<Text> {
    let text = text(faults, value)?;
    check_filled(faults, &text);
    Some(text)
}

/// A string literal of one line.
pub(super) fn line(faults: &mut Faults, value: &syn::Expr) -> Option<Text> {
    let text = filled(faults, value)?;
    if text.value.contains('\n') {
        faults.at(text.span, "expected one line");
    }
    Some(text)
}

/// A whole number that is not negative.
pub(super) fn number(faults: &mut Faults, value: &syn::Expr) -> Option<Spanned<u32>> {
    let read = match plain(value) {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(int), .. }) => int.base10_parse().ok(),
        _ => None,
    };
    if read.is_none() {
        faults.at(value.span(), format!("expected a whole number from 0 to {}", u32::MAX));
    }
    Some(Spanned::new(read?, value.span()))
}

/// `true`, `false`
pub(super) fn boolean(faults: &mut Faults, value: &syn::Expr) -> Option<bool> {
    match plain(value) {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Bool(boolean), .. }) => Some(boolean.value),
        _ => {
            faults.at(value.span(), "expected `true` or `false`");
            None
        }
    }
}

/// `Some(...)`, read by `inner`, or `None`.
pub(super) fn option<T>(
    faults: &mut Faults,
    value: &syn::Expr,
    inner: impl FnOnce(&mut Faults, &syn::Expr) -> Option<T>,
) -> Option<T> {
    match plain(value) {
        syn::Expr::Path(path) if is_last(&path.path, "None") => None,
        syn::Expr::Call(call) if call.args.len() == 1 && is_called(call, "Some") => inner(faults, call.args.first()?),
        _ => {
            faults.at(value.span(), "expected `Some(...)` or `None`");
            None
        }
    }
}

/// `&[a, b]`, each read by `inner`.
pub(super) fn list<T>(
    faults: &mut Faults,
    value: &syn::Expr,
    inner: impl Fn(&mut Faults, &syn::Expr) -> Option<T>,
) -> Vec<T> {
    if let syn::Expr::Reference(reference) = plain(value)
        && let syn::Expr::Array(array) = plain(&reference.expr)
    {
        return array.elems.iter().filter_map(|each| inner(faults, each)).collect();
    }
    faults.at(value.span(), "expected a list: `&[...]`");
    Vec::new()
}

/// `exports![A, B]`: declared items by the last segments of their paths. `&[]` is no item.
pub(super) fn exports(faults: &mut Faults, value: &syn::Expr) -> Vec<Text> {
    match plain(value) {
        syn::Expr::Macro(call) if is_last(&call.mac.path, "exports") => {
            let fragments = split(faults, call.mac.tokens.clone());
            items(faults, &fragments)
        }
        syn::Expr::Reference(reference) if is_empty_array(&reference.expr) => Vec::new(),
        _ => {
            faults.at(value.span(), "expected `exports![...]`");
            Vec::new()
        }
    }
}

/// `Enum::Variant`, one of the given.
pub(super) fn variant<T: Copy>(faults: &mut Faults, value: &syn::Expr, of: &str, variants: &[(&str, T)]) -> Option<T> {
    let syn::Expr::Path(path) = plain(value) else {
        faults.at(value.span(), format!("expected a variant of `{of}`"));
        return None;
    };
    let last = ident_text(&path.path.segments.last()?.ident);
    match variants.iter().find(|(name, _)| *name == last.value) {
        Some((_, variant)) => Some(*variant),
        None => {
            let known: Vec<&str> = variants.iter().map(|(name, _)| *name).collect();
            unknown_variant(faults, &last, of, &known);
            None
        }
    }
}

/// Reports a variant that doesn't exist.
pub(super) fn unknown_variant(faults: &mut Faults, variant: &Text, of: &str, known: &[&str]) {
    let message = format!("`{of}` has no variant `{}`", variant.value);
    faults.advise(variant.span, message, advice(&variant.value, known));
}

/// The expression inside parentheses and invisible groups.
pub(super) fn plain(value: &syn::Expr) -> &syn::Expr {
    match value {
        syn::Expr::Paren(paren) => plain(&paren.expr),
        syn::Expr::Group(group) => plain(&group.expr),
        other => other,
    }
}

/// The last segment of a path, and where it stands.
pub(super) fn last(path: &syn::Path) -> Text {
    match path.segments.last() {
        Some(segment) => ident_text(&segment.ident),
        None => Text::new(String::new(), Span::call_site()),
    }
}

/// Whether a call is of this function or variant.
pub(super) fn is_called(call: &syn::ExprCall, name: &str) -> bool {
    matches!(&*call.func, syn::Expr::Path(function) if is_last(&function.path, name))
}

fn is_last(path: &syn::Path, name: &str) -> bool {
    path.segments.last().is_some_and(|segment| segment.ident == name)
}

fn is_empty_array(value: &syn::Expr) -> bool {
    matches!(plain(value), syn::Expr::Array(array) if array.elems.is_empty())
}
