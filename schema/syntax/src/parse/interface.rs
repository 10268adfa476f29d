//! Interfaces: what a consumer sees of a table.

use super::Derive;
use super::column::check_required;
use super::doc::doc;
use super::entries::Entries;
use super::faults::Faults;
use super::fragment::{Fragment, ident_text};
use super::head::{head, named_fields, ts_name};
use super::key::key_parts;
use super::placement::{Place, check_attributes};
use super::types::type_decl;
use crate::{Diagnostic, FileId, InterfaceBase, InterfaceDecl, InterfaceFieldDecl, KeyPart, KeyTerm, Text};

/// Reads a struct with `#[derive(Interface)]`. None if it has no named fields or nothing that it is a projection of.
pub fn interface(file: FileId, item: &syn::ItemStruct, errors: &mut Vec<Diagnostic>) -> Option<InterfaceDecl> {
    let faults = &mut Faults::new(file, errors);
    let head = head(faults, Derive::Interface, &item.ident, &item.generics, &item.attrs);
    let named = named_fields(faults, Derive::Interface, item)?;
    let fields = named.into_iter().map(|(field, ident)| interface_field(faults, field, ident, head.foreign)).collect();
    let span = head.rust.span;
    let mut entries = Entries::of_all(faults, "`interface` entry", &item.attrs, "interface", span);
    let base = base(faults, &mut entries);
    let own_fields_before = place(faults, &mut entries, base.as_ref());
    let by = entries.fields(faults, "by");
    let order_by = order_by(faults, &mut entries);
    entries.finish(faults);
    Some(InterfaceDecl {
        file,
        ts_name: ts_name(faults, &item.attrs, &head),
        rust: head.rust,
        doc: head.doc,
        base: base?,
        own_fields_before,
        fields,
        by,
        order_by,
    })
}

fn base(faults: &mut Faults, entries: &mut Entries) -> Option<InterfaceBase> {
    let extends = item_value(faults, entries, "extends");
    let of = item_value(faults, entries, "of");
    match (extends, of) {
        (Some(extends), Some(of)) => {
            faults.at(of.span, "`extends` and `of` exclude each other");
            Some(InterfaceBase::Extends(extends))
        }
        (Some(extends), None) => Some(InterfaceBase::Extends(extends)),
        (None, Some(of)) => Some(InterfaceBase::Of(of)),
        (None, None) => {
            if !entries.has_any(&["extends", "of"]) {
                entries.missing(faults, "`#[interface(extends = Table)]` or `#[interface(of = Table)]`");
            }
            None
        }
    }
}

fn item_value(faults: &mut Faults, entries: &mut Entries, key: &'static str) -> Option<Text> {
    let value = entries.value(faults, key)?;
    let item = value.path().and_then(|mut path| path.pop());
    if item.is_none() {
        faults.at(value.span, "expected the name of a declared item");
    }
    item
}

/// `own_fields_before = created_at`
fn place(faults: &mut Faults, entries: &mut Entries, base: Option<&InterfaceBase>) -> Option<Text> {
    let value = entries.value(faults, "own_fields_before")?;
    let field = Fragment::word(&value);
    if field.is_none() {
        faults.at(value.span, "expected a field");
    }
    if let Some(InterfaceBase::Of(_)) = base {
        faults.at(value.span, "`own_fields_before` needs `extends`: `of` has own fields only");
    }
    field
}

fn order_by(faults: &mut Faults, entries: &mut Entries) -> Vec<(Text, bool)> {
    let (_, fragments) = entries.list(faults, "order_by").unwrap_or((entries.span, Vec::new()));
    let parts = key_parts(faults, &fragments);
    parts.into_iter().filter_map(|part| order(faults, part)).collect()
}

fn order(faults: &mut Faults, part: KeyPart) -> Option<(Text, bool)> {
    let plain = part.collate.is_none() && part.opclass.is_none() && part.nulls_first.is_none();
    match part.term {
        KeyTerm::Column(field) if plain => Some((field, part.descending)),
        _ => {
            faults.at(part.span, "expected a field, or a field with `.desc()`");
            None
        }
    }
}

fn interface_field(faults: &mut Faults, field: &syn::Field, ident: &syn::Ident, foreign: bool) -> InterfaceFieldDecl {
    check_attributes(faults, &field.attrs, Place::Part(Derive::Interface), foreign);
    let name = ident_text(ident);
    let mut entries = Entries::of_all(faults, "`field` entry", &field.attrs, "field", name.span);
    let sql = entries.filled(faults, "sql");
    entries.finish(faults);
    let ty = type_decl(faults, &field.ty);
    let mut ts = Entries::of_all(faults, "`ts` entry", &field.attrs, "ts", name.span);
    let ts_required = ts.flag(faults, "required");
    ts.finish(faults);
    check_required(faults, ts_required, &ty);
    InterfaceFieldDecl { name, doc: doc(faults, &field.attrs), ty, sql, ts_required }
}
