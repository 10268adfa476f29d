//! Which Rust type holds the values of a column.

use proc_macro2::TokenStream;
use quote::quote;
use tablewright_syntax::{BaseType, DomainDecl, Text, TypeDecl};

use super::name;
use crate::emit::World;

/// How the values of a column are held.
pub struct Mapping {
    /// The type of the field, with `Option` where the column is nullable.
    pub ty: TokenStream,
    /// Why the value is held as its text, if it is: the select list casts it then.
    pub text: Option<String>,
    /// Whether PostgreSQL asks for the parameter as a domain, which the driver takes for a type that it doesn't know.
    pub is_domain: bool,
}

/// One value that is not NULL.
enum Scalar {
    Rust(TokenStream),
    Domain(TokenStream),
    /// The type that Rust has no counterpart of.
    Unknown(String),
}

/// The mapping of a declared type. `sql_type` is the type that a column states in SQL.
pub fn of(world: &World, ty: &TypeDecl, sql_type: Option<&Text>) -> Mapping {
    let (inner, text, is_domain) = match dimensions(scalar(world, &ty.base, sql_type), ty.dimensions) {
        Scalar::Rust(inner) => (inner, None, false),
        Scalar::Domain(inner) => (inner, None, true),
        Scalar::Unknown(name) => (quote!(support::SqlText), Some(name), false),
    };
    let ty = if ty.nullable { quote!(::std::option::Option<#inner>) } else { inner };
    Mapping { ty, text, is_domain }
}

/// An array of a scalar.
///
/// The driver reads one dimension only, and doesn't look into the elements for a domain.
fn dimensions(scalar: Scalar, dimensions: usize) -> Scalar {
    match (dimensions, scalar) {
        (0, scalar) => scalar,
        (1, Scalar::Rust(inner)) => Scalar::Rust(quote!(::std::vec::Vec<#inner>)),
        (1, Scalar::Unknown(name)) => Scalar::Unknown(format!("{name}[]")),
        (1, Scalar::Domain(_)) => Scalar::Unknown("an array of a domain".into()),
        _ => Scalar::Unknown("an array of several dimensions".into()),
    }
}

fn scalar(world: &World, base: &BaseType, sql_type: Option<&Text>) -> Scalar {
    if let Some(stated) = sql_type {
        return Scalar::Unknown(stated.value.clone());
    }
    match base {
        BaseType::Builtin { rust, .. } => builtin(rust),
        BaseType::Json { object, list, .. } => Scalar::Rust(json(object.as_deref(), *list)),
        BaseType::Named(name) => named(world, name),
        BaseType::Other => Scalar::Unknown("a type of its own".into()),
    }
}

fn builtin(name: &str) -> Scalar {
    let rust = match name {
        "SmallInt" => quote!(i16),
        "Integer" => quote!(i32),
        "BigInt" => quote!(i64),
        "Real" => quote!(f32),
        "DoublePrecision" => quote!(f64),
        "Boolean" => quote!(bool),
        "Text" | "Varchar" | "Char" | "Name" => quote!(::std::string::String),
        "InternalChar" => quote!(i8),
        "Bytea" => quote!(::std::vec::Vec<u8>),
        "Date" => quote!(::jiff::civil::Date),
        "Time" => quote!(::jiff::civil::Time),
        "Timestamp" => quote!(::jiff::civil::DateTime),
        "Timestamptz" => quote!(::jiff::Timestamp),
        "Uuid" => quote!(::uuid::Uuid),
        "Json" | "Jsonb" => quote!(::serde_json::Value),
        "Oid" => quote!(u32),
        "PgLsn" => quote!(::postgres::types::PgLsn),
        _ => return Scalar::Unknown(tablewright_syntax::builtin::find(name).map_or(name, |it| it.sql).to_owned()),
    };
    Scalar::Rust(rust)
}

fn json(object: Option<&str>, is_list: bool) -> TokenStream {
    let Some(object) = object.map(name::ident) else { return quote!(::serde_json::Value) };
    let shape = if is_list { quote!(::std::vec::Vec<#object>) } else { quote!(#object) };
    quote!(::postgres::types::Json<#shape>)
}

fn named(world: &World, name: &str) -> Scalar {
    if world.enums.contains_key(name) {
        let ident = name::ident(name);
        return Scalar::Rust(quote!(#ident));
    }
    match world.domains.get(name) {
        Some(it) => domain(world, it),
        None => Scalar::Unknown(name.to_owned()),
    }
}

/// A domain's values are those of the type below it.
fn domain(world: &World, domain: &DomainDecl) -> Scalar {
    // A domain over itself is a fault of the declaration, which is not read further than that.
    if domain.ty.base == BaseType::Named(domain.rust.value.clone()) {
        return Scalar::Unknown(domain.name.value.clone());
    }
    let below = scalar(world, &domain.ty.base, domain.sql_type.as_ref());
    match dimensions(below, domain.ty.dimensions) {
        Scalar::Rust(inner) | Scalar::Domain(inner) => Scalar::Domain(inner),
        Scalar::Unknown(_) => Scalar::Unknown(domain.name.value.clone()),
    }
}
