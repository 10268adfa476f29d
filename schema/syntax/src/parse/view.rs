//! Views.

use crate::{Diagnostic, FileId, ViewDecl};

/// Reads an item with `#[derive(View)]`.
pub fn view(
    file: FileId,
    item: &syn::ItemStruct,
    errors: &mut Vec<Diagnostic>,
) -> Option<ViewDecl> {
    let _ = (file, item, errors);
    None
}
