//! Defaults: literals where they are literals of the column's own type.

use super::rust::string;
use super::world::World;
use crate::expression::literal;
use crate::kinds::{Kind, Object, TypeName};
use crate::model::Id;

/// `default = ...`
pub fn entry(world: &World, of: &Id, ty: &TypeName, default: Option<&str>) -> Option<String> {
    let default = default?;
    let plain = if world.levels.of(of) == 0 { value(world, of, ty, default) } else { None };
    Some(format!("default = {}", plain.unwrap_or_else(|| format!("sql({})", string(default)))))
}

fn value(world: &World, of: &Id, ty: &TypeName, default: &str) -> Option<String> {
    let is_number = |text: &str| {
        let digits = text.strip_prefix('-').unwrap_or(text);
        digits.split('.').count() <= 2
            && digits.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    };
    if ty.dimensions == 0 && ty.schema.is_none() {
        match (ty.name.as_str(), default) {
            ("boolean", "true" | "false") => return Some(default.to_owned()),
            ("smallint" | "integer" | "bigint", number) if is_number(number) && !number.contains('.') => {
                return Some(number.to_owned());
            }
            ("double precision" | "real", number) if is_number(number) => return Some(number.to_owned()),
            (numeric, number) if numeric.starts_with("numeric") && is_number(number) => return Some(number.to_owned()),
            _ => {}
        }
    }
    let (text, rest) = literal(default)?;
    let cast = rest.strip_prefix("::")?;
    if cast != bare(ty) {
        return None;
    }
    if ["smallint", "integer", "bigint"].contains(&cast) && is_number(&text) && !text.contains('.') {
        return Some(text);
    }
    Some(variant(world, of, ty, &text).unwrap_or_else(|| string(&text)))
}

/// The type as PostgreSQL writes it in the cast of a literal: without the length of a text.
fn bare(ty: &TypeName) -> String {
    let whole = ty.sql(&crate::sql::Style::default());
    match ty.name.split_once('(') {
        Some((start, _)) if ty.schema.is_none() && ty.name.ends_with(')') => {
            let scalar = if start == "character" { "bpchar" } else { start };
            format!("{scalar}{}", "[]".repeat(ty.dimensions))
        }
        _ => whole,
    }
}

/// `Mood::Happy`
fn variant(world: &World, of: &Id, ty: &TypeName, text: &str) -> Option<String> {
    if let Some((text_enum, _)) = world.enums.of_column(of) {
        let (_, variant) = text_enum.values.iter().find(|(value, _)| value == text)?;
        return Some(format!("{}::{variant}", text_enum.rust));
    }
    let id = Id::new(Kind::Enumeration, [ty.schema.as_ref()?, &ty.name]);
    let object = world.schema.get(&id).filter(|_| !world.forms.is_raw(&id) && ty.dimensions == 0)?;
    let Object::Enumeration(it) = object.as_ref() else { return None };
    let variants = super::enums::with_variants(it.values.clone());
    let (_, variant) = variants.iter().find(|(value, _)| value == text)?;
    Some(format!("{}::{variant}", world.names.of_item(&id)))
}
