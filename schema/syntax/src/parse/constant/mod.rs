//! Constants: the intents of migrations, consumers, documents and the project's settings.
//!
//! They are read as text, not evaluated, so they can only be made of literals.

mod consumer;
mod document;
mod fields;
mod migration;
mod project;
mod value;

use super::faults::Faults;
use super::fragment::ident_text;
use super::types::last_segment;
use crate::{Declarations, Diagnostic, FileId};

/// Reads a constant if its type is one of ours.
pub(crate) fn constant(
    file: FileId,
    ident: &syn::Ident,
    ty: &syn::Type,
    value: &syn::Expr,
    declarations: &mut Declarations,
    errors: &mut Vec<Diagnostic>,
) {
    let Some(segment) = last_segment(ty) else {
        return;
    };
    let faults = &mut Faults::new(file, errors);
    match segment.ident.to_string().as_str() {
        "Migration" => {
            let read = migration::migration(faults, ident_text(ident), value);
            declarations.migrations.extend(read);
        }
        "Consumer" => {
            let read = consumer::consumer(faults, ident_text(ident), value);
            declarations.consumers.extend(read);
        }
        "Document" => declarations.documents.extend(document::document(faults, value)),
        "Project" => declarations.projects.extend(project::project(faults, value)),
        _ => {}
    }
}
