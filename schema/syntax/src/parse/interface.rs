//! Interfaces.

use crate::{Diagnostic, FileId, InterfaceDecl};

/// Reads an item with `#[derive(Interface)]`.
pub fn interface(
    file: FileId,
    item: &syn::ItemStruct,
    errors: &mut Vec<Diagnostic>,
) -> Option<InterfaceDecl> {
    let _ = (file, item, errors);
    None
}
