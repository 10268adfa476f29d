//! Views.

use super::Derive;
use super::column::{check_required, column_name};
use super::doc::doc;
use super::entries::Entries;
use super::faults::Faults;
use super::fragment::ident_text;
use super::function::{body, word};
use super::head::{database_name, head, named_fields, schema_name, ts_name};
use super::names::check_distinct;
use super::placement::{Place, check_attributes};
use super::types::type_decl;
use crate::{Diagnostic, FileId, ViewColumnDecl, ViewDecl};

/// Reads a struct with `#[derive(View)]`. None if it has no named fields or no query.
pub fn view(file: FileId, item: &syn::ItemStruct, errors: &mut Vec<Diagnostic>) -> Option<ViewDecl> {
    let faults = &mut Faults::new(file, errors);
    let head = head(faults, Derive::View, &item.ident, &item.generics, &item.attrs);
    let fields = named_fields(faults, Derive::View, item)?;
    let columns: Vec<_> =
        fields.into_iter().map(|(field, ident)| view_column(faults, field, ident, head.foreign)).collect();
    check_distinct(faults, "columns", columns.iter().map(|column| &column.name));
    let span = head.rust.span;
    let mut entries = Entries::of_all(faults, "`view` entry", &item.attrs, "view", span);
    let body = body(faults, &mut entries, "sql");
    let schema = schema_name(faults, &mut entries, &head.rust);
    let name = database_name(faults, &mut entries, &head.rust);
    let needs = entries.needs(faults);
    let security_invoker = entries.flag(faults, "security_invoker").is_some();
    let security_barrier = entries.flag(faults, "security_barrier").is_some();
    let check_option = word(faults, &mut entries, "check_option", ["local", "cascaded"]);
    entries.finish(faults);
    Some(ViewDecl {
        file,
        ts_name: ts_name(faults, &item.attrs, &head),
        rust: head.rust,
        schema,
        name,
        doc: head.doc,
        columns,
        body: body?,
        needs,
        security_invoker,
        security_barrier,
        check_option,
    })
}

fn view_column(faults: &mut Faults, field: &syn::Field, ident: &syn::Ident, foreign: bool) -> ViewColumnDecl {
    check_attributes(faults, &field.attrs, Place::Part(Derive::View), foreign);
    let rust = ident_text(ident);
    let what = "`column` entry of a view";
    let mut entries = Entries::of_all(faults, what, &field.attrs, "column", rust.span);
    let name = column_name(faults, &mut entries, &rust);
    entries.finish(faults);
    let ty = type_decl(faults, &field.ty);
    let mut ts = Entries::of_all(faults, "`ts` entry", &field.attrs, "ts", rust.span);
    let ts_required = ts.flag(faults, "required");
    ts.finish(faults);
    check_required(faults, ts_required, &ty);
    ViewColumnDecl { name, doc: doc(faults, &field.attrs), ty, ts_required }
}
