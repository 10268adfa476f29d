//! Names and objects out of what the parser has read.

use serde_json::{Value, json};
use squawk_syntax::ast::AstNode;

use crate::kinds::{Kind, Object};
use crate::model::{Id, parse_id};

/// The text of a node.
pub fn text(node: &impl AstNode) -> String {
    node.syntax().text().to_string().trim().to_owned()
}

/// A name as PostgreSQL reads it: in lower case, unless it is quoted.
pub fn name(text: &str) -> String {
    parse_id(&format!("schema {}", text.trim())).map_or_else(|_| text.trim().to_owned(), |id| id.name().to_owned())
}

/// The names in a list with parentheses around it.
pub fn names(list: &str) -> Vec<String> {
    let inner = list.trim().trim_start_matches('(').trim_end_matches(')');
    inner.split(',').map(name).filter(|it| !it.is_empty()).collect()
}

/// A relation's id; one without a schema is said to be in `public`.
pub fn id(kind: Kind, text: &str) -> Option<Id> {
    let plain = text.trim().strip_prefix("ONLY ").unwrap_or(text).trim().trim_end_matches('*').trim();
    parse_id(&format!("{} {plain}", kind.name())).ok()
}

/// An object of its facts; none, if a fact is missing.
pub fn object(kind: Kind, facts: Value) -> Option<Object> {
    kind.read(facts).ok()
}

/// A table of which nothing is known but its name.
pub fn table(id: &Id) -> Option<Object> {
    object(Kind::Table, json!({ "schema": id.path.first()?, "name": id.path.get(1)? }))
}

/// A column of which nothing is known but its name.
pub fn column(table: &Id, name: &str, more: Value) -> Option<Object> {
    let mut facts = json!({ "schema": table.path.first()?, "table": table.path.get(1)?, "name": name, "position": 0,
        "type": { "name": "another type" } });
    for (key, value) in more.as_object()? {
        facts[key] = value.clone();
    }
    object(Kind::Column, facts)
}

/// Objects of which the text of a list tells the names: `DROP INDEX a, b`.
pub fn ids<Part: AstNode>(kind: Kind, node: &impl AstNode) -> Vec<Id> {
    let parts = node.syntax().descendants().filter_map(Part::cast);
    parts.filter_map(|it| id(kind, &text(&it))).collect()
}

/// As much of a statement as tells which one it is.
pub fn first_words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(60).collect();
    format!("not looked at: {short}{}", if short.len() < line.len() { " ..." } else { "" })
}
