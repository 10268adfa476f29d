//! What consumers read: JSON objects and interfaces.

use tablewright_syntax::{
    BaseType, ColumnDecl, FileId, InterfaceBase, InterfaceDecl, InterfaceFieldDecl, JsonObjectDecl, JsonType,
    TableDecl, Text, TypeDecl,
};

use crate::expression;
use crate::kinds::declare::{Found, Item, Names, did_you_mean, lower_start};

/// The alias of `Integer` that says what a counting expression returns.
const COUNT: &str = "Count";

/// Reports the properties of a JSON object whose types are not declared.
pub fn check_json_object(object: &JsonObjectDecl, names: &Names, found: &mut Found) {
    for property in &object.properties {
        if let Some(rust) = named(&property.ty) {
            let rust = Text::new(rust.to_owned(), property.name.span);
            names.expect(object.file, &rust, "a JSON object or an enum", found, |item| match item {
                Item::JsonObject(_) | Item::Enum(_) => Some(()),
                _ => None,
            });
        }
    }
}

fn named(ty: &JsonType) -> Option<&str> {
    match ty {
        JsonType::Nullable(inner) | JsonType::List(inner) | JsonType::Map(inner) => named(inner),
        JsonType::Named(rust) => Some(rust),
        _ => None,
    }
}

/// Reports what does not fit between an interface and its table.
pub fn check_interface(interface: &InterfaceDecl, names: &Names, found: &mut Found) {
    let (base, extends) = match &interface.base {
        InterfaceBase::Extends(base) => (base, true),
        InterfaceBase::Of(base) => (base, false),
    };
    let table = names.table(interface.file, base, found);
    for field in &interface.fields {
        check_field_type(interface.file, field, names, found);
        if let Some(table) = table {
            check_field(interface, field, table, extends, found);
        }
    }
    let Some(table) = table else { return };
    for field in interface.by.iter().chain(&interface.own_fields_before) {
        names.column(interface.file, table, field, found);
    }
    let own = |field: &Text| interface.fields.iter().any(|own| own.name == *field);
    for (field, _) in interface.order_by.iter().filter(|(field, _)| !own(field)) {
        names.column(interface.file, table, field, found);
    }
}

fn check_field_type(file: FileId, field: &InterfaceFieldDecl, names: &Names, found: &mut Found) {
    let (rust, expected) = match &field.ty.base {
        BaseType::Named(rust) if rust != COUNT => {
            (rust, "a built-in type such as `Text`, an enum, a domain or `Count`")
        }
        BaseType::Json { object: Some(rust), .. } => (rust, "a struct with `#[derive(JsonObject)]`"),
        _ => return,
    };
    let is_json = matches!(field.ty.base, BaseType::Json { .. });
    names.expect(file, &Text::new(rust.clone(), field.ty.span), expected, found, |item| match item {
        Item::JsonObject(_) if is_json => Some(()),
        Item::Enum(_) | Item::Domain(_) if !is_json => Some(()),
        _ => None,
    });
}

fn check_field(
    interface: &InterfaceDecl,
    field: &InterfaceFieldDecl,
    table: &TableDecl,
    extends: bool,
    found: &mut Found,
) {
    let column = table.columns.iter().find(|column| column.field == field.name);
    match (&field.sql, column) {
        (Some(sql), _) => {
            check_sql(interface.file, sql, found);
            if extends && column.is_some() {
                let message = format!("`{}` has the field `{}` already", table.rust.value, field.name.value);
                found.advise(
                    interface.file,
                    field.name.span,
                    message,
                    Some("`extends` takes all columns; give this field another name".into()),
                );
            }
        }
        (None, Some(column)) => check_same_type(interface.file, field, column, table, found),
        (None, None) => {
            let message = format!("`{}` is no field of `{}`", field.name.value, table.rust.value);
            let near = did_you_mean(&field.name.value, table.columns.iter().map(|column| column.field.value.as_str()));
            let help = near.unwrap_or_else(|| "say what computes it: `#[field(sql = \"...\")]`".into());
            found.advise(interface.file, field.name.span, message, Some(help));
        }
    }
}

/// An expression of a SELECT list: a subquery or anything else that returns one value.
fn check_sql(file: FileId, sql: &Text, found: &mut Found) {
    if let Some((_, message)) = expression::faults(&sql.value).first() {
        found.error(file, sql.span, format!("invalid SQL expression: {}", lower_start(message)));
    }
}

fn check_same_type(
    file: FileId,
    field: &InterfaceFieldDecl,
    column: &ColumnDecl,
    table: &TableDecl,
    found: &mut Found,
) {
    let facts = |ty: &TypeDecl| (ty.nullable, ty.dimensions, ty.base.clone());
    if facts(&field.ty) != facts(&column.ty) {
        let message = format!("the type of `{}` is not that of `{}::{0}`", field.name.value, table.rust.value);
        let help = "write the type as the table has it, or say what computes the field: `#[field(sql = \"...\")]`";
        found.advise(file, field.ty.span, message, Some(help.into()));
    }
}
