//! A whole source file.

use proc_macro2::{Span, TokenStream, TokenTree};

use super::constant;
use super::faults::Faults;
use super::placement::derive_paths;
use super::{Derive, ItemDecl, item};
use crate::{Declarations, Diagnostic, FileId};

/// Reads everything that a source text declares, also inside its inline modules, and every fault it has,
/// in the order of the text.
///
/// The declarations hold whatever could be read, also where there are faults.
pub fn parse_file(file: FileId, text: &str) -> (Declarations, Vec<Diagnostic>) {
    let mut declarations = Declarations::default();
    let mut errors = Vec::new();
    match syn::parse_file(text) {
        Ok(parsed) => items(file, &parsed.items, &mut declarations, &mut errors),
        Err(error) => {
            errors.push(syntax_error(file, &error, text));
        }
    }
    errors.sort_by_key(|error| error.span.start());
    (declarations, errors)
}

fn items(file: FileId, items: &[syn::Item], declarations: &mut Declarations, errors: &mut Vec<Diagnostic>) {
    for item in items {
        match item {
            syn::Item::Mod(module) if !is_test(&module.attrs) => {
                let inner = module.content.as_ref().map_or(&[][..], |(_, inner)| inner);
                self::items(file, inner, declarations, errors);
            }
            syn::Item::Const(constant) => {
                constant::constant(file, &constant.ident, &constant.ty, &constant.expr, declarations, errors);
            }
            syn::Item::Static(constant) => {
                constant::constant(file, &constant.ident, &constant.ty, &constant.expr, declarations, errors);
            }
            syn::Item::Struct(syn::ItemStruct { attrs, ident, .. })
            | syn::Item::Enum(syn::ItemEnum { attrs, ident, .. })
            | syn::Item::Union(syn::ItemUnion { attrs, ident, .. }) => {
                if let Some(derive) = our_derive(file, attrs, ident, errors) {
                    let read = self::item(file, derive, item, errors);
                    read.into_iter().for_each(|read| push(declarations, read));
                }
            }
            _ => {}
        }
    }
}

/// `#[cfg(test)]`: what tests declare is no part of the schema.
fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|condition| condition == "test")
    })
}

/// The derive of ours on an item. A second one is a fault.
fn our_derive(
    file: FileId,
    attributes: &[syn::Attribute],
    ident: &syn::Ident,
    errors: &mut Vec<Diagnostic>,
) -> Option<Derive> {
    let paths = derive_paths(attributes);
    let mut ours = paths.iter().filter_map(|path| Derive::find(&path.segments.last()?.ident));
    let first = ours.next()?;
    for second in ours {
        let message = format!("`{}` and `{}` can't be derived together", first.name(), second.name());
        Faults::new(file, errors).at(ident.span(), message);
    }
    Some(first)
}

fn push(declarations: &mut Declarations, read: ItemDecl) {
    match read {
        ItemDecl::Schema(schema) => declarations.schemas.push(schema),
        ItemDecl::Extension(extension) => declarations.extensions.push(extension),
        ItemDecl::Enum(enumeration) => declarations.enums.push(enumeration),
        ItemDecl::Domain(domain) => declarations.domains.push(domain),
        ItemDecl::Sequence(sequence) => declarations.sequences.push(sequence),
        ItemDecl::Function(function) => declarations.functions.push(function),
        ItemDecl::Table(table) => declarations.tables.push(table),
        ItemDecl::View(view) => declarations.views.push(view),
        ItemDecl::JsonObject(object) => declarations.json_objects.push(object),
        ItemDecl::Interface(interface) => declarations.interfaces.push(interface),
    }
}

fn syntax_error(file: FileId, error: &syn::Error, text: &str) -> Diagnostic {
    let span = error_place(error, text);
    match text.parse::<TokenStream>() {
        Ok(_) => Diagnostic::new(file, span, error.to_string()),
        Err(_) => Diagnostic::new(file, span, "this can't be read as Rust")
            .help("look for a bracket, a string or a comment that is not closed"),
    }
}

/// An error at the end of the text has no place of its own: the last token is the nearest there is.
fn error_place(error: &syn::Error, text: &str) -> Span {
    let span = error.span();
    if !span.byte_range().is_empty() {
        return span;
    }
    let tokens = text.parse::<TokenStream>().ok();
    let last = tokens.and_then(|tokens| tokens.into_iter().last());
    match last {
        Some(TokenTree::Group(group)) => group.span_close(),
        Some(token) => token.span(),
        None => span,
    }
}
