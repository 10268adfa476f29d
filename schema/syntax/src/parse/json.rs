//! JSON objects.

use crate::{Diagnostic, FileId, JsonObjectDecl};

/// Reads an item with `#[derive(JsonObject)]`.
pub fn json_object(
    file: FileId,
    item: &syn::ItemStruct,
    errors: &mut Vec<Diagnostic>,
) -> Option<JsonObjectDecl> {
    let _ = (file, item, errors);
    None
}
