//! Documents.

use syn::spanned::Spanned as _;

use super::super::faults::Faults;
use super::fields::Fields;
use super::value::{exports, line, list, variant};
use crate::{DocumentDecl, DocumentRegion};

const REGIONS: [(&str, DocumentRegion); 3] =
    [("Erd", DocumentRegion::Erd), ("Tables", DocumentRegion::Tables), ("Upserts", DocumentRegion::Upserts)];

/// `Document { path: "...", tables: exports![...], regions: &[Region::Erd] }`
pub(super) fn document(faults: &mut Faults, value: &syn::Expr) -> Option<DocumentDecl> {
    let mut fields = Fields::of(faults, "Document", value)?;
    let path = fields.required(faults, "path", line);
    let tables = fields.required(faults, "tables", exports);
    let regions = fields.required(faults, "regions", |faults, value| list(faults, value, region));
    fields.finish(faults);
    Some(DocumentDecl { file: faults.file(), path: path??, tables: tables?, regions: regions? })
}

fn region(faults: &mut Faults, value: &syn::Expr) -> Option<(DocumentRegion, proc_macro2::Span)> {
    Some((variant(faults, value, "Region", &REGIONS)?, value.span()))
}
