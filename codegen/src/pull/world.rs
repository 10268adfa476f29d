//! What all writers see.

use std::collections::BTreeMap;

use super::enums::TextEnums;
use super::expressions::readable;
use super::forms::{Forms, Levels};
use super::names::Names;
use super::page::Page;
use super::rust::{is_documentable, list, string};
use super::types::{self, Written};
use crate::kinds::{Kind, Object, RawName, TypeName};
use crate::model::{Id, Schema};

/// A schema, the forms of its objects and their names.
pub struct World<'a> {
    pub schema: &'a Schema,
    pub levels: &'a Levels,
    pub forms: Forms,
    pub names: Names,
    pub enums: TextEnums,
    /// The table in whose file a sequence stands.
    homes: BTreeMap<&'a Id, &'a Id>,
    /// By table.
    sequences: BTreeMap<&'a Id, Vec<(&'a Id, &'a Object)>>,
    /// By table, since an index has its place beside its table, and not below it.
    indexes: BTreeMap<&'a Id, Vec<(&'a Id, &'a Object)>>,
}

impl<'a> World<'a> {
    /// Decides the forms and the names.
    pub fn new(schema: &'a Schema, levels: &'a Levels) -> Self {
        let forms = Forms::of(schema, levels);
        let mut names = Names::of(schema);
        let enums = TextEnums::of(schema, &forms, levels, &mut names);
        let mut indexes = BTreeMap::<_, Vec<_>>::new();
        for (id, object) in schema.below(&Id::new(Kind::Index, [] as [String; 0])).filter(|(id, _)| !forms.is_raw(id)) {
            if let Some(table) = schema.owner(id) {
                indexes.entry(table).or_default().push((id, object.as_ref()));
            }
        }
        let (mut homes, mut sequences) = (BTreeMap::new(), BTreeMap::<_, Vec<_>>::new());
        for (id, object) in schema.below(&Id::new(Kind::Sequence, [] as [String; 0])) {
            if let Some(home) = home(schema, id) {
                homes.insert(id, home);
                sequences.entry(home).or_default().push((id, object.as_ref()));
            }
        }
        Self { schema, levels, forms, names, enums, homes, sequences, indexes }
    }

    /// The indexes of a table that are written in Rust.
    pub fn indexes(&self, table: &Id) -> impl Iterator<Item = (&'a Id, &'a Object)> {
        self.indexes.get(table).into_iter().flatten().copied()
    }

    /// The sequences that stand in the file of a table, in Rust.
    pub fn sequences(&self, table: &Id) -> impl Iterator<Item = (&'a Id, &'a Object)> {
        self.sequences.get(table).into_iter().flatten().copied().filter(|(id, _)| !self.forms.is_raw(id))
    }

    /// The table in whose file a sequence stands: the one that it belongs to, or else the only one that uses it.
    pub fn home(&self, sequence: &Id) -> Option<&'a Id> {
        self.homes.get(sequence).copied()
    }

    /// The same, if there are words for the table.
    pub fn home_in_rust(&self, sequence: &Id) -> Option<&'a Id> {
        self.home(sequence).filter(|table| !self.forms.is_raw(table))
    }

    /// The objects of a kind that are written in Rust.
    pub fn of_kind<'w>(&'w self, kind: Kind) -> impl Iterator<Item = (&'a Id, &'a Object)> + use<'w, 'a> {
        self.below(&Id::new(kind, [] as [String; 0]))
    }

    /// The same, of those whose path begins so.
    pub fn below<'w>(&'w self, prefix: &Id) -> impl Iterator<Item = (&'a Id, &'a Object)> + use<'w, 'a> {
        self.schema.below(prefix).filter(|(id, _)| !self.forms.is_raw(id)).map(|(id, object)| (id, object.as_ref()))
    }

    /// The comment on an object, if it has its place in the declaration.
    pub fn comment(&self, on: &Id) -> Option<&'a str> {
        let path = std::iter::once(on.kind.name()).chain(on.path.iter().map(String::as_str));
        let id = Id::new(Kind::Comment, path);
        match self.schema.get(&id).filter(|_| !self.forms.is_raw(&id))?.as_ref() {
            Object::Comment(comment) => Some(&comment.text),
            _ => None,
        }
    }

    /// An expression of an object as an entry's value: as a person would write it, unless that did not hold.
    pub fn expression(&self, of: &Id, text: &str) -> String {
        match self.levels.of(of) {
            0 => string(&readable(text, &|column| self.is_varchar(of, column))),
            _ => string(text),
        }
    }

    /// Whether a column of the table that an object is a part of is `character varying`.
    fn is_varchar(&self, of: &Id, column: &str) -> bool {
        let table = self.schema.root(of);
        let id = Id::new(Kind::Column, table.path.iter().map(String::as_str).chain([column]));
        match self.schema.get(&id).map(AsRef::as_ref) {
            Some(Object::Column(it)) => {
                it.ty.schema.is_none() && it.ty.dimensions == 0 && it.ty.name.starts_with("character varying")
            }
            _ => false,
        }
    }

    /// The comment as a doc comment.
    pub fn doc(&self, on: &Id) -> Option<&'a str> {
        self.comment(on).filter(|text| is_documentable(text))
    }

    /// `comment = "..."`
    pub fn comment_entry(&self, on: &Id) -> Option<String> {
        self.comment(on).map(|text| format!("comment = {}", string(text)))
    }

    /// The Rust name of an item, which the page imports. None for an object that is written raw or not at all.
    pub fn item(&self, id: &Id, page: &mut Page) -> Option<String> {
        if !self.schema.contains(id) || self.forms.is_raw(id) {
            return None;
        }
        let rust = self.names.of_item(id);
        page.import(&self.module(id), rust);
        (!rust.is_empty()).then(|| rust.to_owned())
    }

    /// The module that an item stands in.
    pub fn module(&self, id: &Id) -> String {
        match id.kind {
            Kind::Table => self.names.of_module(id).to_owned(),
            Kind::View => "views".into(),
            Kind::Enumeration => "enums".into(),
            Kind::Domain => "domains".into(),
            Kind::Function => "functions".into(),
            Kind::Namespace => "schemas".into(),
            Kind::Extension => "extensions".into(),
            Kind::Sequence => self.home_in_rust(id).map_or("sequences".into(), |table| self.module(table)),
            _ => String::new(),
        }
    }

    /// Table and column that own a sequence.
    pub fn owner_of(&self, sequence: &Id) -> Option<(Id, String)> {
        let id = Id { kind: Kind::Ownership, path: sequence.path.clone() };
        match self.schema.get(&id).filter(|_| !self.forms.is_raw(&id))?.as_ref() {
            Object::Ownership(it) => Some((Id::new(Kind::Table, [&it.schema, &it.table]), it.column.clone())),
            _ => None,
        }
    }

    /// A type as Rust, whose items the page imports.
    pub fn ty(&self, ty: &TypeName, page: &mut Page) -> Written {
        let mut imports = Vec::new();
        let written = types::written(ty, |id| {
            let is_item = self.schema.contains(id) && !self.forms.is_raw(id);
            is_item.then(|| self.names.of_item(id).to_owned())
        });
        if let Some(schema) = &ty.schema {
            imports.extend([Kind::Enumeration, Kind::Domain].map(|kind| Id::new(kind, [schema, &ty.name])));
        }
        for id in imports {
            self.item(&id, page);
        }
        written
    }

    /// `needs(A, "collation public.ci")`: what an object needs, besides what it is part of.
    pub fn needs(&self, id: &Id, page: &mut Page) -> Option<String> {
        let mut entries: Vec<String> = Vec::new();
        for need in self.schema.needs(id) {
            // A key that a query counts on is a part of its table.
            let whole = if self.forms.is_raw(need) { need.clone() } else { self.schema.root(need) };
            let own = self.schema.owner(id) == Some(&whole) || whole == *id;
            // A function needs the transform of its result only if that was there first.
            if own || matches!(whole.kind, Kind::Namespace | Kind::Extension | Kind::Transform) {
                continue;
            }
            let entry = self.item(&whole, page).unwrap_or_else(|| string(&self.reference(&whole)));
            if !entries.contains(&entry) {
                entries.push(entry);
            }
        }
        entries.sort();
        (!entries.is_empty()).then(|| list("needs", &entries))
    }

    /// What stands for an object among the needs of a file: the table for a column, the object itself for anything else.
    pub fn whole(&self, id: &Id) -> Id {
        let table = self.schema.owner(id).filter(|_| id.kind == Kind::Column);
        table.unwrap_or(id).clone()
    }

    /// An object as other files name it.
    pub fn reference(&self, id: &Id) -> String {
        if self.forms.is_raw(id) {
            return raw_name(id);
        }
        let overloads = self.schema.below(&Id::new(id.kind, &id.path[..id.path.len().min(2)])).count();
        match (id.kind, &id.path[..]) {
            (Kind::Function, [schema, name, _]) if overloads == 1 => RawName::written("function", &[schema, name]),
            _ => id.to_string(),
        }
    }
}

fn home<'a>(schema: &'a Schema, sequence: &'a Id) -> Option<&'a Id> {
    let ownership = Id { kind: Kind::Ownership, path: sequence.path.clone() };
    let owner = match schema.get(&ownership).map(AsRef::as_ref) {
        Some(Object::Ownership(it)) => {
            schema.below(&Id::new(Kind::Table, [&it.schema, &it.table])).map(|(id, _)| id).next()
        }
        _ => None,
    };
    let columns = schema.needed_by(sequence).filter(|id| id.kind == Kind::Column);
    let mut users: Vec<&Id> = columns.filter_map(|id| schema.owner(id)).collect();
    users.dedup();
    owner.or(match users.as_slice() {
        [only] => Some(*only),
        _ => None,
    })
}

/// The name of an object that is written raw.
pub fn raw_name(id: &Id) -> String {
    let (what, path) = raw_parts(id);
    RawName::written(&what, &path)
}

/// What a raw object is called: the kind's words, and the path, in which arguments stand in parentheses.
pub fn raw_parts(id: &Id) -> (String, Vec<String>) {
    let mut path = id.path.to_vec();
    let has_arguments = ["function", "procedure", "aggregate"].contains(&id.kind.name()) && path.len() == 3;
    if let Some(last) = path.last_mut().filter(|_| has_arguments) {
        *last = format!("({last})");
    }
    (id.kind.name().to_owned(), path)
}
