//! Enums, however their values are stored.

use tablewright_syntax::{CASES, value_in_case};

use super::enums::{TextEnum, with_variants};
use super::items::name_entries;
use super::page::Page;
use super::rust::{attribute, doc, string};
use super::world::World;
use crate::kinds::{Enumeration, Kind};
use crate::model::Id;

/// Writes an enum that is stored as text.
pub fn text_enum(it: &TextEnum, page: &mut Page) {
    page.push("#[derive(TextEnum)]\n");
    variants("text_enum", Vec::new(), &it.rust, &it.values, page);
}

/// Writes an enum that is a type of its own.
pub fn enum_type(world: &World, id: &Id, it: &Enumeration, page: &mut Page) {
    let rust = world.names.of_item(id);
    page.about(id);
    page.push(&doc(0, world.doc(id)));
    page.push("#[derive(EnumType)]\n");
    variants("enum_type", name_entries(id, rust), rust, &with_variants(it.values.clone()), page);
}

/// Writes the text enums that no table has for itself.
pub fn shared(world: &World, page: &mut Page) {
    for it in world.enums.all.iter().filter(|it| it.table.is_none()) {
        page.gap();
        text_enum(it, page);
    }
    for (id, object) in world.of_kind(Kind::Enumeration) {
        if let crate::kinds::Object::Enumeration(it) = object {
            page.gap();
            enum_type(world, id, it, page);
        }
    }
}

fn variants(word: &str, mut entries: Vec<String>, rust: &str, values: &[(String, String)], page: &mut Page) {
    let case = best_case(values);
    if case != "snake_case" {
        entries.push(format!("rename_all = {}", string(case)));
    }
    if !entries.is_empty() {
        page.push(&attribute(0, word, &entries));
    }
    page.push(&format!("pub enum {rust} {{\n"));
    for (value, variant) in values {
        if value_in_case(variant, case).as_ref() != Some(value) {
            page.push(&format!("    #[value({})]\n", string(value)));
        }
        page.push(&format!("    {variant},\n"));
    }
    page.push("}\n");
}

/// The case that says most of the values; the default, if none says more.
fn best_case(values: &[(String, String)]) -> &'static str {
    let said = |case: &str| {
        values.iter().filter(|(value, variant)| value_in_case(variant, case).as_ref() == Some(value)).count()
    };
    let best = CASES.iter().map(|(case, _)| *case).max_by_key(|case| (said(case), *case == "snake_case"));
    best.filter(|best| said(best) > said("snake_case")).unwrap_or("snake_case")
}
