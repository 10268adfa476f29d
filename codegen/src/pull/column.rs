//! The fields of a table's struct.

use std::collections::BTreeMap;

use super::defaults;
use super::page::Page;
use super::rust::{attribute, doc, string, word};
use super::world::World;
use crate::kinds::{Action, Deferrable, ForeignKey, Identity, Kind, Object, SequenceOptions, TypeName};
use crate::model::Id;
use crate::sql::{self, Style};

/// What of a table's constraints stands on its fields, by column.
#[derive(Default)]
pub struct Marked {
    /// The column that is the primary key.
    pub primary_key: Option<String>,
    /// The columns with a unique constraint of their own, each with its id.
    pub uniques: BTreeMap<String, Id>,
    /// The foreign key of a column.
    pub references: BTreeMap<String, Id>,
}

impl Marked {
    /// Decides for one table.
    pub fn of(world: &World, table: &Id) -> Self {
        let mut marked = Self::default();
        let named = |columns: &[String], label: &str| default_name(table, columns, label);
        for (id, object) in world.below(&Id { kind: Kind::PrimaryKey, path: table.path.clone() }) {
            if let Object::PrimaryKey(key) = world.forms.plain(id, object)
                && let [column] = key.columns.as_slice()
                && key.include.is_empty()
                && key.deferrable == Deferrable::Not
                && key.name == named(&[], "pkey")
                && world.comment(id).is_none()
            {
                marked.primary_key = Some(column.clone());
            }
        }
        for (id, object) in world.below(&Id { kind: Kind::Unique, path: table.path.clone() }) {
            if let Object::Unique(it) = world.forms.plain(id, object)
                && let [column] = it.columns.as_slice()
                && it.include.is_empty()
                && it.deferrable == Deferrable::Not
                && !it.nulls_not_distinct
                && it.name == named(&it.columns, "key")
                && world.comment(id).is_none()
            {
                marked.uniques.insert(column.clone(), id.clone());
            }
        }
        for (id, object) in world.below(&Id { kind: Kind::ForeignKey, path: table.path.clone() }) {
            if let Object::ForeignKey(key) = world.forms.plain(id, object)
                && let [column] = key.columns.as_slice()
            {
                marked.references.entry(column.clone()).or_insert(id.clone());
            }
        }
        marked
    }
}

/// The name that PostgreSQL gives, where it is short enough not to be cut.
pub fn default_name(table: &Id, columns: &[String], label: &str) -> String {
    let table = table.name().to_owned();
    [std::slice::from_ref(&table), columns, &[label.to_owned()]].concat().join("_")
}

/// The columns of a table by their positions.
pub fn in_order<'a>(world: &World<'a>, table: &Id) -> Vec<(&'a Id, &'a Object)> {
    let mut columns: Vec<_> = world.below(&Id { kind: Kind::Column, path: table.path.clone() }).collect();
    columns.sort_by_key(|(_, object)| object.position());
    columns
}

/// Writes one field.
pub fn write(world: &World, id: &Id, object: &Object, marked: &Marked, page: &mut Page) {
    let Object::Column(column) = world.forms.plain(id, object) else { return };
    let mut entries = Vec::new();
    let field = world.names.of_field(&column.schema, &column.table, &column.name);
    if field.trim_start_matches("r#") != column.name {
        entries.push(format!("name = {}", string(&column.name)));
    }
    entries.extend((marked.primary_key.as_ref() == Some(&column.name)).then(|| "primary_key".to_owned()));
    entries.extend(marked.uniques.contains_key(&column.name).then(|| "unique".to_owned()));
    let written = world.ty(&column.ty, page);
    let text_enum = world.enums.of_column(id);
    entries.extend(written.attribute);
    entries.extend(column.collation.as_ref().map(|it| format!("collate = {}", string(it))));
    match is_serial(world, id) {
        true => entries.push("serial".to_owned()),
        false => entries.extend(defaults::entry(world, id, &column.ty, column.default.as_deref())),
    }
    entries.extend(column.identity.as_ref().map(identity));
    entries.extend(column.generated.as_ref().map(|it| format!("generated = {}", world.expression(id, it))));
    let mut rust = written.rust;
    if let Some((text_enum, check)) = text_enum {
        rust = text_enum.rust.clone();
        let module = text_enum.table.as_ref().map_or("enums".to_owned(), |table| world.module(table));
        page.import(&module, &rust);
        if column.ty.name != "text" {
            entries.push(format!("type = {}", string(&column.ty.name)));
        }
        let implied = default_name(&Id::new(Kind::Table, &id.path[..2]), std::slice::from_ref(&column.name), "check");
        entries.extend((check.name() != implied).then(|| format!("check_name = {}", word(check.name()))));
    }
    if let Some(Object::ForeignKey(key)) =
        marked.references.get(&column.name).and_then(|id| world.schema.get(id)).map(AsRef::as_ref)
    {
        entries.push(references(world, key, page));
    }
    page.about(id);
    page.push(&doc(4, world.doc(id)));
    if !entries.is_empty() {
        page.push(&attribute(4, "column", &entries));
    }
    let rust = if column.not_null { rust } else { format!("Option<{rust}>") };
    page.push(&format!("    pub {field}: {rust},\n"));
}

fn references(world: &World, key: &ForeignKey, page: &mut Page) -> String {
    let table = Id::new(Kind::Table, [&key.schema, &key.table]);
    let mut entries = targets(world, key, page);
    if key.name != default_name(&table, &key.columns, "fkey") {
        entries.push(format!("name = {}", word(&key.name)));
    }
    entries.extend(options(world, key));
    format!("references({})", entries.join(", "))
}

/// `Organization::id`, one for each column.
pub fn targets(world: &World, key: &ForeignKey, page: &mut Page) -> Vec<String> {
    let rust = world.item(&key.target(), page).unwrap_or_default();
    let field = |column: &String| format!("{rust}::{}", world.names.of_field(&key.to_schema, &key.to_table, column));
    key.to_columns.iter().map(field).collect()
}

/// What follows the columns of a foreign key.
pub fn options(world: &World, key: &ForeignKey) -> Vec<String> {
    let mut entries = Vec::new();
    for (word, action) in [("on_delete", &key.on_delete), ("on_update", &key.on_update)] {
        entries.extend(self::action(world, key, action).map(|action| format!("{word} = {action}")));
    }
    entries.extend(key.match_full.then(|| "match_full".to_owned()));
    entries.extend(deferrable(key.deferrable));
    let id = Id::new(Kind::ForeignKey, [&key.schema, &key.table, &key.name]);
    entries.extend(world.comment_entry(&id));
    entries
}

fn action(world: &World, key: &ForeignKey, action: &Action) -> Option<String> {
    let with = |word: &str, columns: &[String]| {
        let fields = columns.iter().map(|column| world.names.of_field(&key.schema, &key.table, column));
        let fields = fields.collect::<Vec<_>>().join(", ");
        if fields.is_empty() { word.to_owned() } else { format!("{word}({fields})") }
    };
    Some(match action {
        Action::NoAction => return None,
        Action::Restrict => "restrict".into(),
        Action::Cascade => "cascade".into(),
        Action::SetNull(columns) => with("set_null", columns),
        Action::SetDefault(columns) => with("set_default", columns),
    })
}

/// `deferrable` or `initially_deferred`
pub fn deferrable(it: Deferrable) -> Option<String> {
    match it {
        Deferrable::Not => None,
        Deferrable::InitiallyImmediate => Some("deferrable".into()),
        Deferrable::InitiallyDeferred => Some("initially_deferred".into()),
    }
}

fn identity(it: &Identity) -> String {
    let when = if it.always { "always" } else { "by_default" };
    let options = sequence_options(&it.options);
    if options.is_empty() { format!("identity = {when}") } else { format!("identity({when}, {})", options.join(", ")) }
}

/// `start = 10, cycle`
pub fn sequence_options(it: &SequenceOptions) -> Vec<String> {
    let numbers =
        [("start", it.start), ("increment", it.increment), ("min", it.min), ("max", it.max), ("cache", it.cache)];
    let said = numbers.iter().filter_map(|(word, number)| Some(format!("{word} = {}", (*number)?)));
    said.chain(it.cycle.then(|| "cycle".to_owned())).collect()
}

/// The column whose `serial` says all of a sequence.
pub fn serial_of(world: &World, sequence: &Id) -> Option<Id> {
    let (table, column) = world.owner_of(sequence)?;
    let Object::Sequence(it) = world.schema.get(sequence)?.as_ref() else { return None };
    let id = Id::new(Kind::Column, table.path.iter().chain([&column]));
    let Object::Column(column) = world.schema.get(&id)?.as_ref() else { return None };
    let next = format!("nextval({}::regclass)", sql::literal(&Style::default().name(&it.schema, &it.name)));
    let is_usual = it.name == format!("{}_{}_seq", column.table, column.name)
        && it.schema == column.schema
        && it.options == SequenceOptions::default()
        && column.ty == TypeName::builtin(&it.data_type)
        && column.default.as_ref() == Some(&next)
        && it.unlogged == is_unlogged(world, &table)
        && column.not_null;
    let is_plain = [sequence, &id].iter().all(|id| world.levels.of(id) == 0) && world.forms.is_plain(sequence);
    (is_usual && is_plain && world.comment(sequence).is_none()).then_some(id)
}

fn is_serial(world: &World, column: &Id) -> bool {
    let name = format!("{}_{}_seq", column.path[1], column.name());
    serial_of(world, &Id::new(Kind::Sequence, [column.path[0].as_str(), &name])).is_some_and(|id| id == *column)
}

fn is_unlogged(world: &World, table: &Id) -> bool {
    matches!(world.schema.get(table).map(AsRef::as_ref), Some(Object::Table(table)) if table.storage.unlogged)
}
