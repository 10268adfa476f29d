//! Columns.

use proc_macro2::Span;

use super::Derive;
use super::default::default_decl;
use super::doc::doc;
use super::entries::{Entries, Entry, Shape};
use super::faults::Faults;
use super::fragment::ident_text;
use super::names::check_name;
use super::placement::{Place, check_attributes};
use super::reference::column_reference;
use super::sequence_options::sequence_options;
use super::types::type_decl;
use super::values::choose;
use crate::{BaseType, ColumnDecl, ForeignKeyAction, IdentityDecl, Text, TypeDecl};

const INTEGERS: &[&str] = &["SmallInt", "Integer", "BigInt"];

/// Reads a field of a table.
pub(crate) fn column(faults: &mut Faults, field: &syn::Field, ident: &syn::Ident, foreign: bool) -> ColumnDecl {
    check_attributes(faults, &field.attrs, Place::Part(Derive::Table), foreign);
    let rust = ident_text(ident);
    let before = faults.count();
    let ty = type_decl(faults, &field.ty);
    // A type that could not be read stands as `Other` too, but has its fault already.
    let is_readable = faults.count() == before;
    let what = "column attribute";
    let mut entries = Entries::of_all(faults, what, &field.attrs, "column", rust.span);
    let (ts_required, ts_type) = ts(faults, field, &rust, &ty);
    let column = ColumnDecl {
        name: column_name(faults, &mut entries, &rust),
        doc: doc(faults, &field.attrs),
        sql_type: entries.filled(faults, "type"),
        default: default_decl(faults, &mut entries),
        primary_key: entries.flag(faults, "primary_key"),
        unique: entries.flag(faults, "unique"),
        references: column_reference(faults, &mut entries),
        check: entries.filled(faults, "check"),
        check_name: entries.name(faults, "check_name"),
        identity: identity(faults, &mut entries),
        serial: entries.flag(faults, "serial"),
        generated: entries.filled(faults, "generated"),
        collate: entries.name(faults, "collate"),
        field: rust,
        ty,
        ts_required,
        ts_type,
    };
    entries.finish(faults);
    check(faults, &column, is_readable);
    column
}

/// `#[column(name = "...")]`, else the field.
pub(crate) fn column_name(faults: &mut Faults, entries: &mut Entries, field: &Text) -> Text {
    if let Some(name) = entries.name(faults, "name") {
        return name;
    }
    check_name(faults, field);
    field.clone()
}

/// Reports `required` where the type says so already.
pub(crate) fn check_required(faults: &mut Faults, required: Option<Span>, ty: &TypeDecl) {
    if let Some(span) = required.filter(|_| !ty.nullable) {
        let help = "remove it: it promises what the type says already";
        faults.advise(span, "`required` needs a type that is `Option`", help);
    }
}

fn ts(faults: &mut Faults, field: &syn::Field, rust: &Text, ty: &TypeDecl) -> (Option<Span>, Option<Text>) {
    let mut entries = Entries::of_all(faults, "`ts` entry", &field.attrs, "ts", rust.span);
    let required = entries.flag(faults, "required");
    let ts_type = entries.filled(faults, "type");
    entries.finish(faults);
    check_required(faults, required, ty);
    (required, ts_type)
}

/// `identity = always`, `identity(by_default, start = 10)`
fn identity(faults: &mut Faults, entries: &mut Entries) -> Option<IdentityDecl> {
    let Entry { whole, shape, .. } = entries.take(faults, "identity")?;
    let choices = [("always", true), ("by_default", false)];
    match shape {
        Shape::Value(value) => {
            let always = choose(faults, &value, "kind of identity", &choices)?.value;
            let options = Default::default();
            Some(IdentityDecl { span: whole.span, always, options })
        }
        Shape::List(tokens) => {
            let mut inner = Entries::new(faults, "`identity` entry", whole.span, tokens);
            let always = inner.flag(faults, "always").is_some();
            let by_default = inner.flag(faults, "by_default").is_some();
            if always == by_default {
                inner.missing(faults, "either `always` or `by_default`");
            }
            let options = sequence_options(faults, &mut inner);
            inner.finish(faults);
            Some(IdentityDecl { span: whole.span, always, options })
        }
        _ => {
            faults.at(whole.span, "expected `identity = always` or `identity = by_default`");
            None
        }
    }
}

fn check(faults: &mut Faults, column: &ColumnDecl, is_readable: bool) {
    if let Some(span) = column.primary_key.filter(|_| column.ty.nullable) {
        faults.advise(span, "a column of the primary key is never null", "take `Option` away from its type");
    }
    if column.ty.base == BaseType::Other && column.sql_type.is_none() && is_readable {
        faults.at(column.ty.span, "`Other` needs `#[column(type = \"...\")]`");
    }
    check_one_value(faults, column);
    check_identity(faults, column);
    check_set_columns(faults, column);
}

/// A column has one source of values at most.
fn check_one_value(faults: &mut Faults, column: &ColumnDecl) {
    let sources = [
        ("default", column.default.as_ref().map(|default| default.span)),
        ("generated", column.generated.as_ref().map(|generated| generated.span)),
        ("identity", column.identity.as_ref().map(|identity| identity.span)),
        ("serial", column.serial),
    ];
    let mut said = sources.iter().filter_map(|(word, span)| Some((*word, (*span)?)));
    let Some((first, _)) = said.next() else {
        return;
    };
    for (word, span) in said {
        faults.at(span, format!("`{first}` and `{word}` exclude each other"));
    }
}

fn check_identity(faults: &mut Faults, column: &ColumnDecl) {
    let what = match column.serial {
        Some(_) => "a serial column",
        None => "an identity column",
    };
    let Some(span) = column.identity.as_ref().map(|identity| identity.span).or(column.serial) else {
        return;
    };
    if column.ty.nullable {
        faults.advise(span, format!("{what} is never null"), "take `Option` away from its type");
    }
    let integer = column.ty.dimensions == 0
        && matches!(&column.ty.base, BaseType::Builtin { rust, .. } if INTEGERS.contains(rust));
    if !integer && column.sql_type.is_none() {
        faults.at(span, format!("{what} is a `SmallInt`, `Integer` or `BigInt`"));
    }
}

/// `on_delete = set_null(a)` of a column can only name the column.
fn check_set_columns(faults: &mut Faults, column: &ColumnDecl) {
    let action = column.references.as_ref().and_then(|reference| reference.on_delete.as_ref());
    let Some(action) = action else {
        return;
    };
    if let ForeignKeyAction::SetNull(fields) | ForeignKeyAction::SetDefault(fields) = &action.value {
        for field in fields.iter().filter(|field| **field != column.field.value) {
            faults.at(action.span, format!("`{field}` is not a column of this foreign key"));
        }
    }
}
