//! Rust names for names of the database.

use std::collections::{BTreeMap, BTreeSet};

use tablewright_syntax::builtin;

use super::case::{camel, singular, words};
use super::rust::is_identifier;
use crate::kinds::Kind;
use crate::model::{Id, Schema};

/// Names of the declaration's own vocabulary and of Rust's that stand in the files of tables too, so that a struct of the
/// same name would hide them. What stands in settings and intents alone is free.
const TAKEN: [&str; 35] = [
    "BTreeMap",
    "Box",
    "Clone",
    "Copy",
    "Count",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "From",
    "Hash",
    "Indent",
    "Into",
    "Iterator",
    "Json",
    "JsonObject",
    "Jsonb",
    "None",
    "Ok",
    "Option",
    "Ord",
    "Other",
    "Quotes",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "Timestamps",
    "TypeFile",
    "Value",
];
const TAKEN_TOO: [&str; 2] = ["Vec", "ToString"];

/// Files that pull writes itself, and names that Rust keeps.
const MODULES: [&str; 14] = [
    "consumers",
    "documents",
    "domains",
    "enums",
    "extensions",
    "functions",
    "interfaces",
    "lib",
    "main",
    "migrations",
    "mod",
    "project",
    "schemas",
    "sequences",
];

/// The Rust names of a schema's objects.
#[derive(Clone, Debug, Default)]
pub struct Names {
    items: BTreeMap<Id, String>,
    fields: BTreeMap<Id, String>,
    modules: BTreeMap<Id, String>,
    used: BTreeSet<String>,
}

impl Names {
    /// Names for all objects that have one: items, the modules of tables, fields.
    pub fn of(schema: &Schema) -> Self {
        let mut names = Self::default();
        for id in public_first(schema, Kind::Table) {
            let singular = singular(id.name());
            let item = names.item(id, &[singular.clone(), id.name().to_owned()]);
            names.items.insert(id.clone(), item);
            let module = names.module(id, &singular);
            names.modules.insert(id.clone(), module);
            names.name_fields(schema, id);
        }
        let items = [
            Kind::View,
            Kind::Enumeration,
            Kind::Domain,
            Kind::Function,
            Kind::Sequence,
            Kind::Namespace,
            Kind::Extension,
        ];
        for kind in items {
            for id in public_first(schema, kind) {
                let own = id.path.get(1).or(id.path.first()).cloned().unwrap_or_default();
                let item = names.item(id, &[own]);
                names.items.insert(id.clone(), item);
            }
        }
        names
    }

    /// The struct or enum of an object.
    pub fn of_item(&self, id: &Id) -> &str {
        self.items.get(id).map_or("", String::as_str)
    }

    /// The module of a table.
    pub fn of_module(&self, table: &Id) -> &str {
        self.modules.get(table).map_or("", String::as_str)
    }

    /// The field of a column.
    pub fn of_field(&self, schema: &str, table: &str, column: &str) -> String {
        let field = self.fields.get(&Id::new(Kind::Column, [schema, table, column]));
        field.cloned().unwrap_or_else(|| field_name(column))
    }

    /// A name for an item that is no object: an enum that is stored as text.
    pub fn another(&mut self, wish: &str) -> String {
        self.free(vec![camel(wish)])
    }

    fn item(&mut self, id: &Id, wishes: &[String]) -> String {
        let wishes: Vec<String> = wishes.iter().map(|wish| camel(wish)).collect();
        let kind = camel(&id.kind.name().replace(' ', "_"));
        let last = wishes.last().cloned().unwrap_or_default();
        let above = above(id).map(camel).unwrap_or_default();
        let placed = wishes.iter().map(|wish| format!("{above}{wish}"));
        let placed: Vec<String> = wishes.iter().take(1).cloned().chain(placed).collect();
        self.free([placed, vec![format!("{above}{last}{kind}")]].concat())
    }

    /// The first wish that nobody has; a number behind the last if there is none.
    fn free(&mut self, wishes: Vec<String>) -> String {
        let last = wishes.last().cloned().unwrap_or_default();
        let numbered = (2..).map(|number| format!("{last}{number}"));
        let is_free = |name: &String| !is_taken(name) && !self.used.contains(name);
        let name = wishes.into_iter().chain(numbered).find(is_free).unwrap_or(last);
        self.used.insert(name.clone());
        name
    }

    fn module(&self, id: &Id, singular: &str) -> String {
        let snake = |text: &str| words(text).join("_").to_lowercase();
        let (wish, whole) = (snake(singular), snake(id.name()));
        let above = above(id).map(|schema| format!("{}_", snake(schema))).unwrap_or_default();
        let placed = [format!("{above}{wish}"), format!("{above}{whole}"), format!("{above}{wish}_table")];
        let wishes = std::iter::once(wish.clone()).chain(placed);
        let numbered = (2..).map(|number| format!("{wish}_{number}"));
        let is_free = |name: &String| {
            is_identifier(name)
                && name.is_ascii()
                && !MODULES.contains(&name.as_str())
                && name != "views"
                && self.modules.values().all(|other| other != name)
        };
        let fallback = (1..).map(|number| format!("table_{number}"));
        let found = wishes.chain(numbered.take(50)).chain(fallback).find(is_free);
        found.unwrap_or(wish)
    }

    fn name_fields(&mut self, schema: &Schema, table: &Id) {
        let mut used = BTreeSet::new();
        for (id, _) in schema.below(&Id { kind: Kind::Column, path: table.path.clone() }) {
            let wish = field_name(id.name());
            let numbered = (2..).map(|number| format!("{wish}_{number}"));
            let name = std::iter::once(wish.clone()).chain(numbered).find(|name| !used.contains(name)).unwrap_or(wish);
            used.insert(name.clone());
            self.fields.insert(id.clone(), name);
        }
    }
}

/// The objects of a kind, those of the schema `public` before those of others, which have a longer name to give.
fn public_first(schema: &Schema, kind: Kind) -> Vec<&Id> {
    let mut all: Vec<&Id> = schema.below(&Id::new(kind, [] as [String; 0])).map(|(id, _)| id).collect();
    all.sort_by_key(|id| above(id).is_some());
    all
}

/// The schema of an object, if it is not `public`.
fn above(id: &Id) -> Option<&str> {
    id.path.first().filter(|_| id.path.len() > 1).map(String::as_str).filter(|schema| *schema != "public")
}

fn is_taken(name: &str) -> bool {
    TAKEN.contains(&name) || TAKEN_TOO.contains(&name) || builtin::find(name).is_some() || !is_identifier(name)
}

/// A field's name, `r#` before it where Rust has the word.
pub fn field_name(column: &str) -> String {
    let mut name: String = column.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect();
    if name.chars().any(char::is_uppercase) {
        name = words(&name).join("_").to_lowercase();
    }
    if name.starts_with(|c: char| c.is_numeric()) || name.trim_matches('_').is_empty() {
        name = format!("c_{name}");
    }
    if is_identifier(&name) {
        return name;
    }
    let raw = format!("r#{name}");
    match syn::parse_str::<syn::Ident>(&raw) {
        Ok(_) => raw,
        // `self`, `super` and `crate` can't be raw; anything else has letters that Rust doesn't take.
        Err(_) if name.is_ascii() => format!("{name}_"),
        Err(_) => format!("c_{}", name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()),
    }
}
