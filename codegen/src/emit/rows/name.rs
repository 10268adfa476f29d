//! Rust identifiers out of names that were made for something else.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span};

use crate::emit::World;

/// An identifier; `r#` stands before a word that Rust keeps for itself.
pub fn ident(name: &str) -> Ident {
    let plain: String = name.chars().map(|sign| if is_part(sign) { sign } else { '_' }).collect();
    let starts = plain.chars().next().is_some_and(|first| first == '_' || !is_digit(first));
    let whole = if starts { plain } else { format!("_{plain}") };
    match syn::parse_str::<Ident>(&whole) {
        Ok(ident) => ident,
        // These four are not allowed even with `r#`, and `_` alone is no name.
        Err(_) if matches!(whole.as_str(), "self" | "Self" | "super" | "crate" | "_") => suffixed(&whole),
        Err(_) => Ident::new_raw(&whole, Span::call_site()),
    }
}

/// The identifiers of several names, no two alike.
pub fn distinct<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Ident> {
    let mut taken = BTreeSet::new();
    let mut free = |name: &str| {
        let mut ident = ident(name);
        while !taken.insert(ident.to_string()) {
            ident = suffixed(&ident.to_string());
        }
        ident
    };
    names.into_iter().map(&mut free).collect()
}

/// `organization_id` as `OrganizationId`.
pub fn pascal(name: &str) -> String {
    let capital = |part: &str| {
        let mut signs = part.chars();
        signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
    };
    name.split('_').map(capital).collect()
}

/// A type's name that no declared item has.
pub fn free(world: &World, name: &str) -> Ident {
    let mut ident = ident(name);
    while is_declared(world, &ident.to_string()) {
        ident = suffixed(&ident.to_string());
    }
    ident
}

fn is_declared(world: &World, name: &str) -> bool {
    world.tables.contains_key(name)
        || world.views.contains_key(name)
        || world.enums.contains_key(name)
        || world.json_objects.contains_key(name)
}

fn suffixed(name: &str) -> Ident {
    Ident::new(&format!("{}_", name.trim_start_matches("r#")), Span::call_site())
}

/// Narrower than Rust's rule, which allows more than letters and digits.
fn is_part(sign: char) -> bool {
    sign == '_' || sign.is_ascii_alphanumeric() || (!sign.is_ascii() && sign.is_alphabetic())
}

fn is_digit(sign: char) -> bool {
    sign.is_ascii_digit()
}
