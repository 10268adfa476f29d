//! A table and what stands on its struct.

use super::case::words;
use super::column::{self, Marked};
use super::constraint;
use super::page::Page;
use super::rust::{attribute, doc, name, string, word};
use super::world::World;
use super::{enums_file, items};
use crate::kinds::{Event, Kind, Object, Policy, Storage, Timing, Trigger};
use crate::model::Id;

/// Writes the file of a table: its own enums, the table, the sequences that it alone has to do with.
pub fn page(world: &World, table: &Id) -> Page {
    let mut page = Page::default();
    for text_enum in world.enums.all.iter().filter(|it| it.table.as_ref() == Some(table)) {
        page.gap();
        enums_file::text_enum(text_enum, &mut page);
    }
    page.gap();
    structure(world, table, &mut page);
    for (id, object) in world.sequences(table) {
        if super::column::serial_of(world, id).is_none() {
            page.gap();
            items::sequence(world, id, object, &mut page);
        }
    }
    page
}

fn structure(world: &World, table: &Id, page: &mut Page) {
    let rust = world.names.of_item(table).to_owned();
    page.about(table);
    page.push(&doc(0, world.doc(table)));
    page.push("#[derive(Table)]\n");
    let mut entries = items::name_entries(table, &rust);
    if let Some(Object::Table(it)) = world.schema.get(table).map(|object| world.forms.plain(table, object)) {
        entries.extend(it.partition_by.as_ref().map(|key| format!("partition_by = {}", string(key))));
        entries.extend(storage(&it.storage));
    }
    if !entries.is_empty() {
        page.push(&attribute(0, "table", &entries));
    }
    let marked = Marked::of(world, table);
    constraint::write(world, table, &marked, page);
    for (id, object) in world.below(&Id { kind: Kind::Trigger, path: table.path.clone() }) {
        if let Object::Trigger(it) = world.forms.plain(id, object) {
            page.about(id);
            let entries = trigger(world, id, it, page);
            page.push(&attribute(0, "trigger", &entries));
        }
    }
    for (id, object) in world.below(&Id { kind: Kind::RowSecurity, path: table.path.clone() }) {
        if let Object::RowSecurity(it) = world.forms.plain(id, object) {
            page.about(id);
            page.push(if it.force { "#[row_level_security(force)]\n" } else { "#[row_level_security]\n" });
        }
    }
    for (id, object) in world.below(&Id { kind: Kind::Policy, path: table.path.clone() }) {
        if let Object::Policy(it) = world.forms.plain(id, object) {
            page.about(id);
            let entries = policy(world, id, it, page);
            page.push(&attribute(0, "policy", &entries));
        }
    }
    page.about(table);
    page.push(&format!("pub struct {rust} {{\n"));
    for (id, object) in column::in_order(world, table) {
        column::write(world, id, object, &marked, page);
    }
    page.about(table);
    page.push("}\n");
}

fn storage(it: &Storage) -> Vec<String> {
    let mut entries: Vec<String> = it.unlogged.then(|| "unlogged".to_owned()).into_iter().collect();
    if !it.with.is_empty() {
        entries.push(format!("with({})", constraint::settings(&it.with)));
    }
    entries.extend(it.access_method.as_ref().map(|method| format!("using = {}", word(method))));
    entries.extend(it.tablespace.as_ref().map(|space| format!("tablespace = {}", word(space))));
    entries
}

fn trigger(world: &World, id: &Id, it: &Trigger, page: &mut Page) -> Vec<String> {
    let timing = match it.timing {
        Timing::Before => "before",
        Timing::After => "after",
        Timing::InsteadOf => "instead_of",
    };
    let field = |column: &String| world.names.of_field(&it.schema, &it.table, column);
    let event = |event: &Event| match event {
        Event::Insert => "insert".to_owned(),
        Event::Delete => "delete".to_owned(),
        Event::Truncate => "truncate".to_owned(),
        Event::Update(columns) if columns.is_empty() => "update".to_owned(),
        Event::Update(columns) => format!("update_of({})", columns.iter().map(field).collect::<Vec<_>>().join(", ")),
    };
    let events: Vec<String> = it.events.iter().map(event).collect();
    let mut entries = vec![name(&it.name), format!("{timing}({})", events.join(", "))];
    entries.extend(it.for_each_row.then(|| "for_each_row".to_owned()));
    let transition = [("old", &it.old_table), ("new", &it.new_table)];
    let transition: Vec<String> = transition
        .iter()
        .filter_map(|(word, table)| Some(format!("{word} = {}", super::rust::word(table.as_ref()?))))
        .collect();
    if !transition.is_empty() {
        entries.push(format!("referencing({})", transition.join(", ")));
    }
    entries.extend(it.condition.as_ref().map(|text| format!("when = {}", world.expression(id, text))));
    let function = Id::new(Kind::Function, [it.function_schema.as_str(), &it.function, ""]);
    entries.extend(world.item(&function, page).map(|function| format!("execute = {function}")));
    if !it.arguments.is_empty() {
        let arguments: Vec<String> = it.arguments.iter().map(|text| string(text)).collect();
        entries.push(format!("arguments({})", arguments.join(", ")));
    }
    entries.extend(world.comment_entry(id));
    entries
}

fn policy(world: &World, id: &Id, it: &Policy, page: &mut Page) -> Vec<String> {
    let mut entries = vec![name(&it.name)];
    let command = format!("{:?}", it.command).to_lowercase();
    if command != "all" {
        entries.push(format!("for = {command}"));
    }
    if !it.roles.is_empty() {
        entries.push(format!("to({})", it.roles.iter().map(|role| word(role)).collect::<Vec<_>>().join(", ")));
    }
    entries.extend(it.restrictive.then(|| "restrictive".to_owned()));
    entries.extend(it.using.as_ref().map(|text| format!("using = {}", world.expression(id, text))));
    entries.extend(it.with_check.as_ref().map(|text| format!("with_check = {}", world.expression(id, text))));
    entries.extend(world.needs(id, page));
    entries.extend(world.comment_entry(id));
    entries
}

/// The name that an item has in the database if its attribute says none.
pub fn implied_name(rust: &str) -> String {
    tablewright_syntax::lower_words(rust).join("_")
}

/// A name for a file.
pub fn slug(text: &str) -> String {
    let slug = words(text).join("_").to_lowercase();
    let ascii: String = slug.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    if ascii.is_empty() { "unnamed".into() } else { ascii.chars().take(80).collect() }
}
