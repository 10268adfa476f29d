//! Tables.

use crate::{Diagnostic, FileId, TableDecl};

/// Reads an item with `#[derive(Table)]`.
pub fn table(
    file: FileId,
    item: &syn::ItemStruct,
    errors: &mut Vec<Diagnostic>,
) -> Option<TableDecl> {
    let _ = (file, item, errors);
    None
}
