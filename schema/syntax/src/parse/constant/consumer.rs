//! Consumers and their files.

use syn::spanned::Spanned as _;

use super::super::faults::Faults;
use super::fields::Fields;
use super::value::{exports, is_called, last, line, list, number, option, plain, variant};
use crate::{ConsumerDecl, Text, TypeFileDecl};

/// What `Consumer::DEFAULT` says too.
const DEFAULT_INDENT: usize = 2;

/// `Consumer { name: "...", files: &[TypeFile { ... }], ... }`
pub(super) fn consumer(faults: &mut Faults, rust: Text, value: &syn::Expr) -> Option<ConsumerDecl> {
    let mut fields = Fields::of(faults, "Consumer", value)?;
    let name = fields.required(faults, "name", line);
    let files = fields.required(faults, "files", |faults, value| list(faults, value, type_file));
    let timestamps = [("Date", true), ("IsoString", false)];
    let timestamps_as_date = choice(faults, &mut fields, ("timestamps", "Timestamps"), &timestamps);
    let inheritance = [("Extends", true), ("Flat", false)];
    let extends = choice(faults, &mut fields, ("inheritance", "Inheritance"), &inheritance);
    let quotes = [("Double", true), ("Single", false)];
    let double_quotes = choice(faults, &mut fields, ("quotes", "Quotes"), &quotes);
    let indent = fields.optional(faults, "indent", indent).flatten();
    fields.finish(faults);
    Some(ConsumerDecl {
        file: faults.file(),
        rust,
        name: name??,
        timestamps_as_date: timestamps_as_date.unwrap_or(false),
        extends: extends.unwrap_or(false),
        files: files?,
        indent: indent.unwrap_or(DEFAULT_INDENT),
        double_quotes: double_quotes.unwrap_or(true),
    })
}

/// One of two variants, if anything is said.
fn choice(
    faults: &mut Faults,
    fields: &mut Fields,
    (field, of): (&'static str, &str),
    variants: &[(&str, bool)],
) -> Option<bool> {
    let read = |faults: &mut Faults, value: &syn::Expr| variant(faults, value, of, variants);
    fields.optional(faults, field, read).flatten()
}

/// `Indent::Tab`, which is 0, or `Indent::Spaces(2)`
fn indent(faults: &mut Faults, value: &syn::Expr) -> Option<usize> {
    match plain(value) {
        syn::Expr::Call(call) if is_called(call, "Spaces") && call.args.len() == 1 => {
            spaces(faults, call.args.first()?)
        }
        syn::Expr::Path(path) if last(&path.path).value != "Spaces" => variant(faults, value, "Indent", &[("Tab", 0)]),
        _ => {
            faults.at(value.span(), "expected `Indent::Tab` or `Indent::Spaces(2)`");
            None
        }
    }
}

fn spaces(faults: &mut Faults, value: &syn::Expr) -> Option<usize> {
    let spaces = number(faults, value)?;
    if !(1..=16).contains(&spaces.value) {
        faults.at(spaces.span, "expected 1 to 16 spaces");
        return None;
    }
    usize::try_from(spaces.value).ok()
}

fn type_file(faults: &mut Faults, value: &syn::Expr) -> Option<TypeFileDecl> {
    let mut fields = Fields::of(faults, "TypeFile", value)?;
    let path = fields.required(faults, "path", line);
    let region = fields.optional(faults, "region", |faults, value| option(faults, value, line));
    let exported = fields.required(faults, "exports", exports);
    let constants = fields.optional(faults, "constants", exports);
    fields.finish(faults);
    Some(TypeFileDecl {
        path: path??,
        region: region.flatten(),
        exports: exported?,
        constants: constants.unwrap_or_default(),
    })
}
