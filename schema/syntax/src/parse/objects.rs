//! Schemas, extensions, domains and sequences.

use crate::{Diagnostic, DomainDecl, ExtensionDecl, FileId, SchemaDecl, SequenceDecl};

/// Reads an item with `#[derive(Domain)]`.
pub fn domain(
    file: FileId,
    item: &syn::ItemStruct,
    errors: &mut Vec<Diagnostic>,
) -> Option<DomainDecl> {
    let _ = (file, item, errors);
    None
}

/// Reads an item with `#[derive(Extension)]`.
pub fn extension(
    file: FileId,
    item: &syn::ItemStruct,
    errors: &mut Vec<Diagnostic>,
) -> Option<ExtensionDecl> {
    let _ = (file, item, errors);
    None
}

/// Reads an item with `#[derive(Schema)]`.
pub fn schema(
    file: FileId,
    item: &syn::ItemStruct,
    errors: &mut Vec<Diagnostic>,
) -> Option<SchemaDecl> {
    let _ = (file, item, errors);
    None
}

/// Reads an item with `#[derive(Sequence)]`.
pub fn sequence(
    file: FileId,
    item: &syn::ItemStruct,
    errors: &mut Vec<Diagnostic>,
) -> Option<SequenceDecl> {
    let _ = (file, item, errors);
    None
}
