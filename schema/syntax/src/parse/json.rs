//! The shapes of JSON values.

use syn::spanned::Spanned as _;

use super::Derive;
use super::doc::doc;
use super::entries::Entries;
use super::faults::Faults;
use super::fragment::ident_text;
use super::head::{head, named_fields, ts_name};
use super::names::check_distinct;
use super::placement::{Place, check_attributes};
use super::types::{argument_of, last_segment};
use crate::{Diagnostic, FileId, JsonObjectDecl, JsonType, PropertyDecl, Text};

/// Reads a struct with `#[derive(JsonObject)]`. None if it has no named fields.
pub fn json_object(file: FileId, item: &syn::ItemStruct, errors: &mut Vec<Diagnostic>) -> Option<JsonObjectDecl> {
    let faults = &mut Faults::new(file, errors);
    let head = head(faults, Derive::JsonObject, &item.ident, &item.generics, &item.attrs);
    let fields = named_fields(faults, Derive::JsonObject, item)?;
    let properties: Vec<_> =
        fields.into_iter().map(|(field, ident)| property(faults, field, ident, head.foreign)).collect();
    check_distinct(faults, "properties", properties.iter().map(|property| &property.name));
    Some(JsonObjectDecl {
        file,
        ts_name: ts_name(faults, &item.attrs, &head),
        rust: head.rust,
        doc: head.doc,
        properties,
    })
}

fn property(faults: &mut Faults, field: &syn::Field, ident: &syn::Ident, foreign: bool) -> PropertyDecl {
    check_attributes(faults, &field.attrs, Place::Part(Derive::JsonObject), foreign);
    let rust = ident_text(ident);
    let mut entries = Entries::of_all(faults, "`json` entry", &field.attrs, "json", rust.span);
    let name: Option<Text> = entries.string(faults, "name");
    entries.finish(faults);
    let inner = argument_of(&field.ty, "Option");
    PropertyDecl {
        name: name.unwrap_or(rust),
        doc: doc(faults, &field.attrs),
        optional: inner.is_some(),
        ty: json_type(faults, inner.unwrap_or(&field.ty)),
    }
}

/// The type of a value; one that can't be read is reported and stands as `Unknown`.
fn json_type(faults: &mut Faults, ty: &syn::Type) -> JsonType {
    if let Some(inner) = argument_of(ty, "Option") {
        return JsonType::Nullable(Box::new(json_type(faults, inner)));
    }
    if let Some(inner) = argument_of(ty, "Vec") {
        return JsonType::List(Box::new(json_type(faults, inner)));
    }
    if let Some(inner) = map_value(ty) {
        return JsonType::Map(Box::new(json_type(faults, inner)));
    }
    match last_segment(ty) {
        Some(segment) if segment.arguments.is_none() => scalar(faults, segment),
        _ => {
            let help = "expected `bool`, a number, `String`, `Value`, `Option<T>`, `Vec<T>`, `BTreeMap<String, T>` or a declared type";
            faults.advise(ty.span(), "this is not a type of a JSON value", help);
            JsonType::Unknown
        }
    }
}

fn scalar(faults: &mut Faults, segment: &syn::PathSegment) -> JsonType {
    let name = ident_text(&segment.ident).value;
    match name.as_str() {
        "bool" => JsonType::Boolean,
        "i16" | "i32" | "i64" | "f32" | "f64" => JsonType::Number,
        "String" => JsonType::String,
        "Value" => JsonType::Unknown,
        _ if name.starts_with(|first: char| first.is_lowercase()) => {
            let help = "expected one of `bool`, `i16`, `i32`, `i64`, `f32`, `f64`, `String`, `Value`";
            faults.advise(segment.span(), format!("`{name}` is not a type of a JSON value"), help);
            JsonType::Unknown
        }
        _ => JsonType::Named(name),
    }
}

/// The `T` of `BTreeMap<String, T>`.
fn map_value(ty: &syn::Type) -> Option<&syn::Type> {
    let segment = last_segment(ty).filter(|segment| segment.ident == "BTreeMap")?;
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    let mut types = arguments.args.iter().map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    let key = last_segment(types.next()??)?;
    let value = types.next()??;
    (key.ident == "String" && types.next().is_none()).then_some(value)
}
