//! The settings of a project.

use proc_macro2::Span;

use super::super::faults::Faults;
use super::super::names::MAX_NAME_BYTES;
use super::fields::Fields;
use super::value::{boolean, line, text};
use crate::{ProjectDecl, Text};

/// `Project { name: "...", migrations: "...", rollbacks: "...", ... }`
pub(super) fn project(faults: &mut Faults, value: &syn::Expr) -> Option<ProjectDecl> {
    let mut fields = Fields::of(faults, "Project", value)?;
    let name = fields.required(faults, "name", line);
    let migrations = fields.required(faults, "migrations", line);
    let rollbacks = fields.required(faults, "rollbacks", line);
    let drop_if_exists = fields.optional(faults, "drop_if_exists", boolean).flatten();
    let unqualified = fields.optional(faults, "unqualified", text).flatten();
    fields.finish(faults);
    let name = name??;
    let unqualified = unqualified.unwrap_or_else(|| public(name.span));
    if unqualified.value.len() > MAX_NAME_BYTES {
        super::super::names::check_name(faults, &unqualified);
    }
    Some(ProjectDecl {
        file: faults.file(),
        name,
        migrations: migrations??,
        rollbacks: rollbacks??,
        drop_if_exists: drop_if_exists.unwrap_or(false),
        unqualified,
    })
}

fn public(span: Span) -> Text {
    Text::new("public".to_string(), span)
}
