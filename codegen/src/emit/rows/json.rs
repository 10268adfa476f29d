//! The shapes of JSON values.

use proc_macro2::TokenStream;
use quote::quote;
use tablewright_syntax::{JsonObjectDecl, JsonType, PropertyDecl};

use super::{doc, name};
use crate::emit::World;

/// The struct of a declared JSON object. An absent property is `None`, and `None` is left out when it is written.
pub fn rust(world: &World, declared: &JsonObjectDecl) -> TokenStream {
    let (doc, ident) = (doc(declared.doc.as_ref(), None), name::ident(&declared.rust));
    let names = name::distinct(declared.properties.iter().map(|it| it.name.value.as_str()));
    let properties = declared.properties.iter().zip(names).map(|(it, name)| {
        let (doc, attribute, ty) = (super::doc(it.doc.as_ref(), None), attribute(it), field(world, declared, it));
        quote!(#doc #attribute pub #name: #ty,)
    });
    let default = declared.properties.iter().all(|it| it.optional).then(|| quote!(Default,));
    quote! {
        #doc
        #[derive(Clone, Debug, #default PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        pub struct #ident { #(#properties)* }
    }
}

fn attribute(property: &PropertyDecl) -> TokenStream {
    let name = &property.name.value;
    let skip = quote!(default, skip_serializing_if = "::std::option::Option::is_none");
    match (property.optional, &property.ty) {
        (false, _) => quote!(#[serde(rename = #name)]),
        // Serde takes null for absent unless it is told that the property was there.
        (true, JsonType::Nullable(_)) => quote!(#[serde(rename = #name, #skip, deserialize_with = "support::present")]),
        (true, _) => quote!(#[serde(rename = #name, #skip)]),
    }
}

fn field(world: &World, object: &JsonObjectDecl, property: &PropertyDecl) -> TokenStream {
    let ty = ty(world, object, &property.ty);
    if property.optional { quote!(::std::option::Option<#ty>) } else { ty }
}

fn ty(world: &World, object: &JsonObjectDecl, of: &JsonType) -> TokenStream {
    let inner = |it: &JsonType| ty(world, object, it);
    match of {
        JsonType::Boolean => quote!(bool),
        // A JSON number has no size: this holds each as it was written.
        JsonType::Number => quote!(::serde_json::Number),
        JsonType::String => quote!(::std::string::String),
        JsonType::Unknown => quote!(::serde_json::Value),
        JsonType::Nullable(it) => {
            let it = inner(it);
            quote!(::std::option::Option<#it>)
        }
        JsonType::List(it) => {
            let it = inner(it);
            quote!(::std::vec::Vec<#it>)
        }
        JsonType::Map(it) => {
            let it = inner(it);
            quote!(::std::collections::BTreeMap<::std::string::String, #it>)
        }
        JsonType::Named(name) => {
            let ident = name::ident(name);
            // A struct that holds itself has no size without a pointer.
            if holds(world, name, &object.rust, &mut Vec::new()) {
                quote!(::std::boxed::Box<#ident>)
            } else {
                quote!(#ident)
            }
        }
    }
}

/// Whether an object holds another (or itself) without a list or map between them.
fn holds<'a>(world: &'a World, object: &'a str, other: &str, seen: &mut Vec<&'a str>) -> bool {
    if object == other {
        return true;
    }
    if seen.contains(&object) {
        return false;
    }
    seen.push(object);
    let properties = world.json_objects.get(object).map_or(&[][..], |it| &it.properties);
    let held = properties.iter().filter_map(|it| held(&it.ty));
    held.into_iter().any(|it| holds(world, it, other, seen))
}

fn held(ty: &JsonType) -> Option<&str> {
    match ty {
        JsonType::Named(name) => Some(name),
        JsonType::Nullable(inner) => held(inner),
        _ => None,
    }
}
