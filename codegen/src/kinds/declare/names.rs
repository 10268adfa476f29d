//! What Rust names stand for while a declaration is read, and faults for those that stand for nothing.

use std::collections::{BTreeMap, BTreeSet};

use tablewright_syntax::{ColumnDecl, Declarations, FileId, FunctionDecl, TableDecl, Text};

use super::super::{RawDecl, resolved};
use super::{Found, Index, Item, Place, did_you_mean};
use crate::model::Id;

/// The resolver from Rust names to declared items, and from names of the database to those of the schema's own types.
pub struct Names<'a> {
    declarations: &'a Declarations,
    index: &'a Index,
    paths: Vec<&'a str>,
    types: BTreeMap<(&'a str, &'a str), Item<'a>>,
    raw: Vec<Id>,
    raw_types: BTreeSet<(&'a str, &'a str)>,
    is_complete: bool,
}

impl<'a> Names<'a> {
    /// The names of these declarations. Where something could not be read, names that are missing are no fault.
    pub fn new(declarations: &'a Declarations, index: &'a Index, paths: Vec<&'a str>, is_complete: bool) -> Self {
        let mut types = BTreeMap::new();
        for item in index.items(declarations) {
            match item {
                Item::Enum(it) => {
                    if let tablewright_syntax::EnumStorage::Type { schema, name } = &it.storage {
                        types.insert((schema.value.as_str(), name.value.as_str()), item);
                    }
                }
                Item::Domain(it) => drop(types.insert((it.schema.value.as_str(), it.name.value.as_str()), item)),
                Item::Table(it) => drop(types.insert((it.schema.value.as_str(), it.name.value.as_str()), item)),
                Item::View(it) => drop(types.insert((it.schema.value.as_str(), it.name.value.as_str()), item)),
                _ => {}
            }
        }
        Self { declarations, index, paths, types, raw: Vec::new(), raw_types: BTreeSet::new(), is_complete }
    }

    /// The same with what is declared in SQL files.
    pub fn with_raw(mut self, raw: &'a [RawDecl]) -> Self {
        self.raw = raw.iter().map(RawDecl::id).collect();
        self.raw_types = raw.iter().filter_map(RawDecl::type_name).collect();
        self
    }

    /// All that is declared.
    pub fn declarations(&self) -> &'a Declarations {
        self.declarations
    }

    /// The item of this Rust name.
    pub fn item(&self, rust: &str) -> Option<Item<'a>> {
        self.index.item(self.declarations, rust)
    }

    /// Whether the schema has a type of this name: an enum, a domain, the row of a table or a view, a raw one.
    pub fn has_type(&self, schema: &str, name: &str) -> bool {
        self.types.contains_key(&(schema, name)) || self.raw_types.contains(&(schema, name))
    }

    /// Whether every file could be read, so that what is missing is not there.
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// Whether a schema of this name is declared.
    pub fn has_schema(&self, name: &str) -> bool {
        self.declarations.schemas.iter().any(|schema| schema.name.value == name)
    }

    /// Every item, by Rust name.
    pub fn items(&self) -> impl Iterator<Item = Item<'a>> {
        self.index.items(self.declarations)
    }

    /// A place as people read it: `schema/src/a.rs:3:5`.
    pub fn at(&self, place: Place) -> String {
        let start = place.span.start();
        let path = self.paths.get(place.file.0).copied().unwrap_or_default();
        format!("{path}:{}:{}", start.line, start.column + 1)
    }

    /// The table of this Rust name; that there is none is reported.
    pub fn table(&self, file: FileId, rust: &Text, found: &mut Found) -> Option<&'a TableDecl> {
        self.expect(file, rust, "a table", found, |item| match item {
            Item::Table(table) => Some(table),
            _ => None,
        })
    }

    /// The function of this Rust name; that there is none is reported.
    pub fn function(&self, file: FileId, rust: &Text, found: &mut Found) -> Option<&'a FunctionDecl> {
        self.expect(file, rust, "a function", found, |item| match item {
            Item::Function(function) => Some(function),
            _ => None,
        })
    }

    /// The item of this Rust name, if it is one of those that `pick` takes; else that is reported.
    pub fn expect<T>(
        &self,
        file: FileId,
        rust: &Text,
        expected: &str,
        found: &mut Found,
        pick: impl Fn(Item<'a>) -> Option<T>,
    ) -> Option<T> {
        let item = self.item(&rust.value);
        if let Some(picked) = item.and_then(&pick) {
            return Some(picked);
        }
        match item {
            Some(other) => {
                let message = format!("`{}` is {}; expected {expected}", rust.value, other.what());
                found.error(file, rust.span, message);
            }
            None if self.is_complete => {
                let candidates = self.index.items(self.declarations).filter(|item| pick(*item).is_some());
                let help = did_you_mean(&rust.value, candidates.map(|item| item.rust().value.as_str()));
                found.advise(file, rust.span, format!("`{}` is not declared; expected {expected}", rust.value), help);
            }
            None => {}
        }
        None
    }

    /// The column of a table's field; that there is none is reported.
    pub fn column(
        &self,
        file: FileId,
        table: &'a TableDecl,
        field: &Text,
        found: &mut Found,
    ) -> Option<&'a ColumnDecl> {
        let column = table.columns.iter().find(|column| column.field.value == field.value);
        if column.is_none() {
            let help = did_you_mean(&field.value, table.columns.iter().map(|column| column.field.value.as_str()));
            found.advise(file, field.span, format!("`{}` has no field `{}`", table.rust.value, field.value), help);
        }
        column
    }

    /// The objects that `needs(...)` names, as kinds keep them: the kind's name and the path.
    pub fn needs(&self, file: FileId, needs: &[Text], found: &mut Found) -> Vec<(String, Vec<String>)> {
        let mut objects = Vec::new();
        for rust in needs {
            if let Some(text) = rust.value.strip_prefix('"') {
                objects.extend(self.named(file, &Text::new(text.to_owned(), rust.span), found));
                continue;
            }
            let id = self.expect(file, rust, "an object of the database", found, |item| item.id());
            objects.extend(id.map(|id| (id.kind.name().to_owned(), id.path.to_vec())));
        }
        objects
    }

    /// The object that a text names, kind and path; that there is none is reported.
    fn named(&self, file: FileId, text: &Text, found: &mut Found) -> Option<(String, Vec<String>)> {
        let there: Vec<Id> = self.items().filter_map(Item::id).chain(self.raw.iter().cloned()).collect();
        match resolved(&text.value, &there) {
            Ok(id) => id.map(|id| (id.kind.name().to_owned(), id.path.to_vec())),
            Err(_) if !self.is_complete => None,
            Err((message, help)) => {
                found.advise(file, text.span, message, help);
                None
            }
        }
    }
}

/// The columns of a table's own fields. What is no field is left out: the parser has reported it.
pub(in crate::kinds) fn columns(table: &TableDecl, fields: &[Text]) -> Vec<String> {
    fields.iter().filter_map(|field| column_of(table, &field.value)).collect()
}

/// The column of a table's own field.
pub(in crate::kinds) fn column_of(table: &TableDecl, field: &str) -> Option<String> {
    table.columns.iter().find(|column| column.field.value == field).map(|column| column.name.value.clone())
}
