//! Keys, checks, exclusions and indexes that stand on the struct.

use super::column::{Marked, default_name, deferrable, options, targets};
use super::page::Page;
use super::rust::{attribute, name, string, word};
use super::world::World;
use crate::kinds::{Exclusion, Index, KeyPart, Kind, Object, Term};
use crate::model::Id;

/// Writes the attributes of one table's constraints and indexes, in the order of the kinds.
pub fn write(world: &World, table: &Id, marked: &Marked, page: &mut Page) {
    for kind in [Kind::PrimaryKey, Kind::Unique, Kind::Check, Kind::Exclusion, Kind::ForeignKey] {
        for (id, object) in world.below(&Id { kind, path: table.path.clone() }) {
            one(world, table, (id, world.forms.plain(id, object)), marked, page);
        }
    }
    for (id, object) in world.indexes(table) {
        if let Object::Index(index) = world.forms.plain(id, object) {
            page.about(id);
            let word = if index.unique { "unique_index" } else { "index" };
            page.push(&attribute(0, word, &self::index(world, id, index)));
        }
    }
}

fn one(world: &World, table: &Id, (id, object): (&Id, &Object), marked: &Marked, page: &mut Page) {
    let fields = |columns: &[String]| {
        let field = |column: &String| world.names.of_field(&table.path[0], table.name(), column);
        columns.iter().map(field).collect::<Vec<_>>().join(", ")
    };
    let named =
        |own: &str, columns: &[String], label: &str| (own != default_name(table, columns, label)).then(|| name(own));
    let include = |columns: &[String]| (!columns.is_empty()).then(|| format!("include({})", fields(columns)));
    let mut entries = Vec::new();
    let word = match object {
        Object::PrimaryKey(key) if marked.primary_key.is_none() => {
            entries.extend(named(&key.name, &[], "pkey"));
            entries.push(format!("on({})", fields(&key.columns)));
            entries.extend(include(&key.include).into_iter().chain(deferrable(key.deferrable)));
            "primary_key"
        }
        Object::Unique(it) if !marked.uniques.values().any(|known| known == id) => {
            entries.extend(named(&it.name, &it.columns, "key"));
            entries.push(format!("on({})", fields(&it.columns)));
            entries.extend(include(&it.include));
            entries.extend(it.nulls_not_distinct.then(|| "nulls_not_distinct".to_owned()));
            entries.extend(deferrable(it.deferrable));
            "unique"
        }
        Object::Check(it) if !world.enums.says(id) => {
            entries.extend([name(&it.name), world.expression(id, &it.expression)]);
            entries.extend(it.no_inherit.then(|| "no_inherit".to_owned()));
            "check"
        }
        Object::Exclusion(it) => {
            entries.extend(exclusion(world, id, it));
            "exclude"
        }
        Object::ForeignKey(key) if !marked.references.values().any(|known| known == id) => {
            entries.extend(named(&key.name, &key.columns, "fkey"));
            entries.push(format!("on({})", fields(&key.columns)));
            entries.push(format!("references({})", targets(world, key, page).join(", ")));
            entries.extend(options(world, key));
            "foreign_key"
        }
        _ => return,
    };
    // A foreign key has its comment among its options.
    if word != "foreign_key" {
        entries.extend(world.comment_entry(id));
    }
    page.about(id);
    page.push(&attribute(0, word, &entries));
}

fn exclusion(world: &World, id: &Id, it: &Exclusion) -> Vec<String> {
    let mut entries = vec![name(&it.name)];
    if it.method != "gist" {
        entries.push(format!("using = {}", word(&it.method)));
    }
    let element = |(part, operator): &(KeyPart, String)| {
        format!("element({}, {})", self::part(world, id, (&it.schema, &it.table), part), string(operator))
    };
    entries.extend(it.elements.iter().map(element));
    entries.extend(it.predicate.as_ref().map(|text| format!("where = {}", world.expression(id, text))));
    entries.extend(deferrable(it.deferrable));
    entries
}

fn index(world: &World, id: &Id, it: &Index) -> Vec<String> {
    let table = (it.schema.as_str(), it.table.as_str());
    let parts: Vec<String> = it.key.iter().map(|part| self::part(world, id, table, part)).collect();
    let mut entries = vec![name(&it.name), format!("on({})", parts.join(", "))];
    if it.method != "btree" {
        entries.push(format!("using = {}", word(&it.method)));
    }
    if !it.include.is_empty() {
        let fields = it.include.iter().map(|column| world.names.of_field(table.0, table.1, column));
        entries.push(format!("include({})", fields.collect::<Vec<_>>().join(", ")));
    }
    entries.extend(it.nulls_not_distinct.then(|| "nulls_not_distinct".to_owned()));
    if !it.with.is_empty() {
        entries.push(format!("with({})", settings(&it.with)));
    }
    entries.extend(it.predicate.as_ref().map(|text| format!("where = {}", world.expression(id, text))));
    entries.extend(world.comment_entry(id));
    entries
}

/// `fillfactor = 70, fastupdate = off`
pub fn settings(settings: &[(String, String)]) -> String {
    let is_number =
        |text: &str| text.parse::<f64>().is_ok() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
    let value = |text: &str| if is_number(text) { text.to_owned() } else { word(text) };
    settings.iter().map(|(key, text)| format!("{} = {}", word(key), value(text))).collect::<Vec<_>>().join(", ")
}

/// `created_at.desc()`
fn part(world: &World, id: &Id, table: (&str, &str), part: &KeyPart) -> String {
    let mut text = match &part.term {
        Term::Column(column) => world.names.of_field(table.0, table.1, column),
        Term::Expression(text) => format!("sql({})", world.expression(id, text)),
    };
    let mut call = |method: &str, argument: Option<&String>| {
        text += &format!(".{method}({})", argument.map(|it| string(it)).unwrap_or_default());
    };
    if part.descending {
        call("desc", None);
    }
    match part.nulls_first {
        Some(true) => call("nulls_first", None),
        Some(false) => call("nulls_last", None),
        None => {}
    }
    if part.collation.is_some() {
        call("collate", part.collation.as_ref());
    }
    if part.opclass.is_some() {
        call("opclass", part.opclass.as_ref());
    }
    text
}
