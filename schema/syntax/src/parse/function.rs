//! Functions.

use crate::{Diagnostic, FileId, FunctionDecl};

/// Reads an item with `#[derive(Function)]`.
pub fn function(
    file: FileId,
    item: &syn::ItemStruct,
    errors: &mut Vec<Diagnostic>,
) -> Option<FunctionDecl> {
    let _ = (file, item, errors);
    None
}
