//! The entity relationship diagram of a document's tables, in Mermaid's words.
//!
//! Source: Mermaid 11 documentation, "Entity Relationship Diagrams". What its lexer does not take is replaced, since
//! it has no escapes; the real name then stands beside the replaced one.

use std::collections::{BTreeMap, BTreeSet};

use tablewright_syntax::{DocumentDecl, DocumentRegion, TableDecl};

use super::{World, facts, markdown};
use crate::kinds::{Column, ForeignKey, Object};
use crate::model::{Id, Schema};
use crate::output::{Artifact, Content};
use crate::sql::Style;

/// The tables of one diagram and what they are called in it.
struct Diagram<'a> {
    schema: &'a Schema,
    style: &'a Style,
    entities: BTreeMap<Id, Entity>,
}

/// A table in the diagram.
struct Entity {
    /// Its identifier.
    id: String,
    /// The name to show instead.
    shown: Option<String>,
}

/// The region `erd` of every document that has one.
pub fn emit(world: &World) -> Vec<Artifact> {
    let documents = world.declarations.documents.iter();
    documents.filter(|document| has(document, DocumentRegion::Erd)).map(|document| region(world, document)).collect()
}

/// Whether a document has a region of this sort.
pub fn has(document: &DocumentDecl, region: DocumentRegion) -> bool {
    document.regions.iter().any(|(found, _)| *found == region)
}

/// The tables that a document speaks of, in its order, each once.
pub fn tables<'a>(world: &World<'a>, document: &DocumentDecl) -> Vec<&'a TableDecl> {
    let mut seen = BTreeSet::new();
    let names = document.tables.iter().filter(|name| seen.insert(name.value.clone()));
    names.filter_map(|name| world.tables.get(name.value.as_str()).copied()).collect()
}

fn region(world: &World, document: &DocumentDecl) -> Artifact {
    let tables: Vec<Id> = tables(world, document).into_iter().map(facts::table_id).collect();
    let diagram = Diagram {
        schema: world.schema,
        style: &world.settings.style,
        entities: entities(&tables, &world.settings.style),
    };
    let text = format!("{}{}", markdown::fenced("mermaid", &diagram.text(&tables)), diagram.others(&tables));
    Artifact { path: (&document.path.value).into(), content: Content::Region { name: "erd".into(), text } }
}

impl Diagram<'_> {
    fn text(&self, tables: &[Id]) -> String {
        let entities: String = tables.iter().map(|table| self.entity(table)).collect();
        let relations: String = tables.iter().flat_map(|table| self.relations(table)).collect();
        format!("erDiagram\n{entities}{relations}")
    }

    fn entity(&self, table: &Id) -> String {
        let Some(entity) = self.entities.get(table) else { return String::new() };
        let shown = entity.shown.as_ref().map(|shown| format!("[\"{shown}\"]")).unwrap_or_default();
        let attributes: String =
            facts::columns(self.schema, table).iter().map(|it| self.attribute(table, it)).collect();
        format!("  {}{shown} {{\n{attributes}  }}\n", entity.id)
    }

    fn attribute(&self, table: &Id, column: &Column) -> String {
        let (ty, name) = (type_word(&column.ty.sql(self.style)), word(&column.name));
        let marks = self.marks(table, column);
        let marks = if marks.is_empty() { String::new() } else { format!(" {}", marks.join(", ")) };
        let real = (name != column.name).then(|| format!("named {}", column.name));
        let comment = facts::comment(self.schema, &facts::column_id(column)).map(str::to_owned);
        let comment = real.into_iter().chain(comment).collect::<Vec<_>>().join(": ");
        let comment = if comment.is_empty() { comment } else { format!(" \"{}\"", quotable(&comment)) };
        format!("    {ty} {name}{marks}{comment}\n")
    }

    fn marks(&self, table: &Id, column: &Column) -> Vec<&'static str> {
        let parts: Vec<&Object> = facts::parts(self.schema, table).collect();
        let alone = [column.name.clone()];
        let is_primary =
            parts.iter().any(|it| matches!(it, Object::PrimaryKey(key) if key.columns.contains(&column.name)));
        let is_foreign =
            parts.iter().any(|it| matches!(it, Object::ForeignKey(key) if key.columns.contains(&column.name)));
        let is_unique = !is_primary && facts::unique_columns(self.schema, table).iter().any(|key| *key == alone);
        let marks = [(is_primary, "PK"), (is_foreign, "FK"), (is_unique, "UK")];
        marks.into_iter().filter(|(applies, _)| *applies).map(|(_, mark)| mark).collect()
    }

    fn relations(&self, table: &Id) -> Vec<String> {
        let relation = |key: &ForeignKey| {
            let (from, to) = (self.entities.get(table)?, self.entities.get(&key.target())?);
            let label = quotable_name(&key.columns.join(", "));
            Some(format!("  {} {} {} : \"{label}\"\n", to.id, self.cardinality(table, key), from.id))
        };
        foreign_keys(self.schema, table).into_iter().filter_map(relation).collect()
    }

    /// How many referenced rows a row has, and how many rows refer to one.
    fn cardinality(&self, table: &Id, key: &ForeignKey) -> String {
        let columns = facts::columns(self.schema, table);
        let is_required = |name: &String| columns.iter().any(|column| column.name == *name && column.not_null);
        let parent = if key.columns.iter().all(is_required) { "||" } else { "|o" };
        let unique = facts::unique_columns(self.schema, table);
        let is_single = unique.iter().any(|unique| unique.iter().all(|name| key.columns.contains(name)));
        format!("{parent}--{}", if is_single { "o|" } else { "o{" })
    }

    /// The referenced tables that the document does not speak of.
    fn others(&self, tables: &[Id]) -> String {
        let keys = tables.iter().flat_map(|table| foreign_keys(self.schema, table));
        let targets: BTreeSet<Id> = keys.map(ForeignKey::target).filter(|it| !self.entities.contains_key(it)).collect();
        let names: Vec<String> = targets.iter().map(|table| shown(table, self.style)).collect();
        if names.is_empty() {
            return String::new();
        }
        format!("\nReferenced, but not shown here: {}.\n", markdown::codes(&names))
    }
}

fn foreign_keys<'a>(schema: &'a Schema, table: &'a Id) -> Vec<&'a ForeignKey> {
    let key = |object: &'a Object| if let Object::ForeignKey(key) = object { Some(&**key) } else { None };
    facts::parts(schema, table).filter_map(key).collect()
}

/// An identifier for each table; no two tables get the same.
fn entities(tables: &[Id], style: &Style) -> BTreeMap<Id, Entity> {
    let mut taken = BTreeSet::new();
    let mut entity = |table: &Id| {
        let name = shown(table, style);
        let mut id = entity_word(&name);
        while !taken.insert(id.to_lowercase()) {
            id.push('_');
        }
        let shown = (id != name).then(|| quotable_name(&name));
        (table.clone(), Entity { id, shown })
    };
    tables.iter().map(&mut entity).collect()
}

/// The table's name as people of the project call it.
fn shown(table: &Id, style: &Style) -> String {
    let (schema, name) = (table.path.first().map_or("", String::as_str), table.name());
    if style.unqualified.as_deref() == Some(schema) { name.to_owned() } else { format!("{schema}.{name}") }
}

/// A type as one word: `timestamptz`, `numeric(10,2)`, `text[]`.
fn type_word(ty: &str) -> String {
    let (scalar, array) = ty.split_at(ty.find("[]").unwrap_or(ty.len()));
    let (base, modifiers) = match (scalar.find('('), scalar.find(')')) {
        (Some(open), Some(close)) if open < close => {
            (format!("{}{}", &scalar[..open], &scalar[close + 1..]), &scalar[open..=close])
        }
        _ => (scalar.to_owned(), ""),
    };
    let short = match base.as_str() {
        "timestamp with time zone" => "timestamptz",
        "timestamp without time zone" => "timestamp",
        "time with time zone" => "timetz",
        "time without time zone" => "time",
        "character varying" => "varchar",
        "character" | "\"char\"" => "char",
        "bit varying" => "varbit",
        "double precision" => "float8",
        other => other,
    };
    let parts: Vec<String> = short.split('.').map(word).collect();
    format!("{}{modifiers}{array}", parts.join("."))
}

/// A name as a word that Mermaid takes as an attribute's type or name.
fn word(name: &str) -> String {
    let fits = |sign: char| {
        sign.is_ascii_alphanumeric() || sign == '_' || ('\u{c0}'..='\u{ffff}').contains(&sign) && sign.is_alphanumeric()
    };
    let mut word: String = name.chars().map(|sign| if fits(sign) { sign } else { '_' }).collect();
    let begins = word.chars().next().is_some_and(|sign| !sign.is_ascii_digit());
    let mut rest = word.chars().skip(2);
    let is_mark = word.get(..2).is_some_and(|it| ["pk", "fk", "uk"].contains(&it.to_lowercase().as_str()))
        && rest.next().is_none_or(|sign| !sign.is_ascii_alphanumeric() && sign != '_');
    if !begins || is_mark {
        word.insert(0, '_');
    }
    word
}

/// A name as a word that Mermaid takes as an entity.
fn entity_word(name: &str) -> String {
    const WORDS: [&str; 12] = [
        "one",
        "only",
        "many",
        "to",
        "optionally",
        "style",
        "class",
        "classdef",
        "subgraph",
        "end",
        "erdiagram",
        "zero",
    ];
    let fits = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    let mut word: String = name.chars().map(|sign| if fits(sign) { sign } else { '_' }).collect();
    if word.is_empty() || word.starts_with(|sign: char| sign.is_ascii_digit()) {
        word.insert(0, '_');
    }
    // A single `u` before a relation is a cardinality of its own.
    if WORDS.contains(&word.to_lowercase().as_str()) || word.eq_ignore_ascii_case("u") {
        word.push('_');
    }
    word
}

/// A text that may stand between double quotes: on one line, and with no sign that Mermaid or Markdown acts on.
fn quotable(text: &str) -> String {
    let sign = |sign: char| match sign {
        '"' | '`' => "'".to_owned(),
        '%' => "#37;".to_owned(),
        '~' => "#126;".to_owned(),
        '<' => "#lt;".to_owned(),
        '>' => "#gt;".to_owned(),
        '\\' => "#92;".to_owned(),
        '#' => "#35;".to_owned(),
        other => other.to_string(),
    };
    let text: String = markdown::one_line(text).chars().map(sign).collect();
    if text.is_empty() { " ".into() } else { text }
}

/// Like [`quotable`], outside of an entity, where Mermaid takes `direction TB` for an order even between quotes.
fn quotable_name(text: &str) -> String {
    let text = quotable(text);
    if text.to_lowercase().contains("direction") { text.replace(' ', "_") } else { text }
}
