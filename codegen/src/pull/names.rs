//! Rust names for names of the database.

use std::collections::{BTreeMap, BTreeSet};

use tablewright_syntax::builtin;

use super::case::{camel, singular, words};
use super::rust::is_identifier;
use crate::kinds::Kind;
use crate::model::{Id, Schema};

/// Names of the declaration's own vocabulary and of Rust's, which a struct of the same name would hide.
const TAKEN: [&str; 56] = [
    "Accept",
    "Backfill",
    "BTreeMap",
    "Box",
    "Clone",
    "Consumer",
    "Copy",
    "Count",
    "Debug",
    "Default",
    "Document",
    "Domain",
    "Drop",
    "EnumType",
    "Eq",
    "Err",
    "Extension",
    "Fn",
    "From",
    "Function",
    "Hash",
    "Indent",
    "Inheritance",
    "Interface",
    "Into",
    "Iterator",
    "Json",
    "JsonObject",
    "Jsonb",
    "Migration",
    "None",
    "Notice",
    "Ok",
    "Option",
    "Ord",
    "Other",
    "Project",
    "Quotes",
    "Region",
    "Rename",
    "Result",
    "Rollback",
    "Schema",
    "Section",
    "Self",
    "Send",
    "Sequence",
    "Sized",
    "Some",
    "String",
    "Sync",
    "Table",
    "TextEnum",
    "Timestamps",
    "TypeFile",
    "Value",
];
const TAKEN_TOO: [&str; 3] = ["Vec", "View", "ToString"];

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
        for (id, _) in schema.iter().filter(|(id, _)| id.kind == Kind::Table) {
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
            for (id, _) in schema.iter().filter(|(id, _)| id.kind == kind) {
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
        let mut wishes: Vec<String> = wishes.iter().map(|wish| camel(wish)).collect();
        let above = camel(id.path.first().map_or("", String::as_str));
        let kind = camel(&id.kind.name().replace(' ', "_"));
        let last = wishes.last().cloned().unwrap_or_default();
        wishes.extend([format!("{above}{last}"), format!("{last}{kind}")]);
        self.free(wishes)
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
        let above = id.path.first().map_or("", String::as_str);
        let wish = words(singular).join("_").to_lowercase();
        let whole = words(id.name()).join("_").to_lowercase();
        let wishes = [wish.clone(), whole, format!("{}_{wish}", words(above).join("_").to_lowercase())];
        let numbered = (2..).map(|number| format!("{wish}_{number}"));
        let is_free = |name: &String| {
            is_identifier(name)
                && name.is_ascii()
                && !MODULES.contains(&name.as_str())
                && name != "views"
                && self.modules.values().all(|other| other != name)
        };
        let fallback = (1..).map(|number| format!("table_{number}"));
        let found = wishes.into_iter().chain(numbered.take(50)).chain(fallback).find(is_free);
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
