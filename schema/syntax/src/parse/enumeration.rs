//! Enums.

use super::Derive;
use crate::{Diagnostic, EnumDecl, FileId};

/// Reads an item with `#[derive(TextEnum)]` or `#[derive(EnumType)]`; the derive says how the values are stored.
pub fn enumeration(
    file: FileId,
    derive: Derive,
    item: &syn::ItemEnum,
    errors: &mut Vec<Diagnostic>,
) -> Option<EnumDecl> {
    let _ = (file, derive, item, errors);
    None
}
