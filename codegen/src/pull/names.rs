//! Rust names for names of the database.

use std::collections::{BTreeMap, BTreeSet};

use tablewright_syntax::builtin;

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
        let others: BTreeSet<&str> = self.modules.values().map(String::as_str).collect();
        let is_free = |name: &String| {
            is_identifier(name)
                && name.is_ascii()
                && !MODULES.contains(&name.as_str())
                && name != "views"
                && !others.contains(name.as_str())
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

/// The words of a name: what stands between signs, and what begins with a capital behind a small letter.
pub fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let starts = c.is_uppercase() && (before.is_lowercase() || before.is_numeric());
        if !c.is_alphanumeric() || starts {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.push(c);
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A name in CamelCase that Rust takes.
pub fn camel(name: &str) -> String {
    let capital = |word: &String| {
        let mut chars = word.chars();
        let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        let rest = chars.as_str();
        let shouts = word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
        first + &if shouts { rest.to_lowercase() } else { rest.to_owned() }
    };
    let camel: String = words(name).iter().map(capital).collect();
    let camel = if camel.starts_with(|c: char| c.is_numeric()) { format!("V{camel}") } else { camel };
    if is_identifier(&camel) {
        return camel;
    }
    let ascii: String = camel.chars().filter(char::is_ascii_alphanumeric).collect();
    match ascii.as_str() {
        "" => "Unnamed".to_owned(),
        "Self" => "SelfItem".to_owned(),
        _ if ascii.starts_with(|c: char| c.is_ascii_digit()) => format!("V{ascii}"),
        _ => ascii,
    }
}

/// One of what a table holds many of, as far as English is regular.
pub fn singular(plural: &str) -> String {
    let lower = plural.to_lowercase();
    let stays = [
        "ss",
        "us",
        "is",
        "news",
        "series",
        "ies",
        "settings",
        "status",
        "analytics",
        "sms",
        "dns",
        "aws",
        "os",
        "ws",
        "as",
        "ios",
        "https",
    ];
    if let Some(stem) = plural.strip_suffix("ies").filter(|stem| stem.len() > 2 && !lower.ends_with("series")) {
        return format!("{stem}y");
    }
    for ending in ["sses", "xes", "ches", "shes", "zzes"] {
        if lower.ends_with(ending) {
            return plural[..plural.len() - 2].to_owned();
        }
    }
    match plural.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stays.iter().any(|end| lower.ends_with(end)) => stem.to_owned(),
        _ => plural.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_rust_names() {
        let cases = [
            ("kb_articles", "KbArticle"),
            ("addresses", "Address"),
            ("categories", "Category"),
            ("status", "Status"),
            ("Orders 2", "Orders2"),
            ("1x", "V1x"),
            ("---", "Unnamed"),
        ];
        for (name, item) in cases {
            assert_eq!(camel(&singular(name)), item, "{name}");
        }
        let fields = [
            ("type", "r#type"),
            ("self", "self_"),
            ("createdAt", "created_at"),
            ("a b", "a_b"),
            ("1st", "c_1st"),
            ("größe", "größe"),
            ("_", "c__"),
        ];
        for (name, field) in fields {
            assert_eq!(field_name(name), field, "{name}");
        }
    }
}
