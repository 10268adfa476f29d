//! Consumers and documents: what they name must be there, and what they write must not collide.

use std::collections::BTreeMap;

use tablewright_syntax::{ConsumerDecl, FileId, Text, TypeFileDecl};

use crate::kinds::declare::{Found, Item, Names, Place};

/// Reports what consumers and documents name that is not there, and files and names that are there twice.
pub fn check(names: &Names, found: &mut Found) {
    let mut written = BTreeMap::new();
    for consumer in &names.declarations().consumers {
        for file in &consumer.files {
            check_once(consumer.file, file, names, &mut written, found);
            check_file(consumer, file, names, found);
        }
    }
    for document in &names.declarations().documents {
        for table in &document.tables {
            names.table(document.file, table, found);
        }
    }
}

/// Two consumers can't write one file or one region of it.
fn check_once<'a>(
    file: FileId,
    types: &'a TypeFileDecl,
    names: &Names,
    written: &mut BTreeMap<(&'a str, Option<&'a str>), Place>,
    found: &mut Found,
) {
    let key = (types.path.value.as_str(), types.region.as_ref().map(|it| it.value.as_str()));
    if let Some(first) = written.get(&key) {
        let message = format!("`{}` is written twice", types.path.value);
        let help = format!("it is named at {} already", names.at(*first));
        found.advise(file, types.path.span, message, Some(help));
    }
    written.entry(key).or_insert(Place { file, span: types.path.span });
}

/// Every export is there, and has a TypeScript name of its own in its file.
fn check_file(consumer: &ConsumerDecl, types: &TypeFileDecl, names: &Names, found: &mut Found) {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for rust in &types.exports {
        let expected = "a table, a view, an interface, an enum or a JSON object";
        let name = names.expect(consumer.file, rust, expected, found, ts_name);
        take(consumer.file, rust, name, &mut taken, found);
    }
    for rust in &types.constants {
        let name = names.expect(consumer.file, rust, "an enum", found, constant_name);
        take(consumer.file, rust, name, &mut taken, found);
    }
}

fn take<'a>(
    file: FileId,
    rust: &'a Text,
    name: Option<String>,
    taken: &mut BTreeMap<String, &'a str>,
    found: &mut Found,
) {
    let Some(name) = name else { return };
    match taken.get(&name) {
        None => drop(taken.insert(name, &rust.value)),
        Some(first) if *first == rust.value => found.error(file, rust.span, format!("`{first}` is exported twice")),
        Some(first) => {
            let message = format!("`{}` and `{first}` are both called `{name}` in this file", rust.value);
            found.advise(
                file,
                rust.span,
                message,
                Some("give one of them another name: `#[ts(name = \"...\")]`".into()),
            );
        }
    }
}

fn ts_name(item: Item) -> Option<String> {
    let said = match item {
        Item::Table(it) => &it.ts_name,
        Item::View(it) => &it.ts_name,
        Item::Interface(it) => &it.ts_name,
        Item::JsonObject(it) => &it.ts_name,
        Item::Enum(it) => &it.ts_name,
        _ => return None,
    };
    Some(said.as_ref().unwrap_or(item.rust()).value.clone())
}

/// The name of an enum's constant; one without a name of its own can't collide with anything yet.
fn constant_name(item: Item) -> Option<String> {
    match item {
        Item::Enum(it) => {
            Some(it.ts_constant.as_ref().map_or_else(|| format!("{} values", it.rust.value), |it| it.value.clone()))
        }
        _ => None,
    }
}
