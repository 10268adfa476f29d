//! Which item a Rust name stands for.

use std::collections::BTreeMap;

use tablewright_syntax::{
    Declarations, DomainDecl, EnumDecl, EnumStorage, ExtensionDecl, FunctionDecl, InterfaceDecl, JsonObjectDecl,
    SchemaDecl, SequenceDecl, TableDecl, Text, ViewDecl,
};

use super::super::Kind;
use super::{Place, signature};
use crate::model::Id;

/// A declared item.
#[derive(Clone, Copy, Debug)]
pub enum Item<'a> {
    /// A schema.
    Schema(&'a SchemaDecl),
    /// An extension.
    Extension(&'a ExtensionDecl),
    /// An enum, stored as text or as a type of its own.
    Enum(&'a EnumDecl),
    /// A domain.
    Domain(&'a DomainDecl),
    /// A sequence.
    Sequence(&'a SequenceDecl),
    /// A function.
    Function(&'a FunctionDecl),
    /// A table.
    Table(&'a TableDecl),
    /// A view.
    View(&'a ViewDecl),
    /// The shape of a JSON value.
    JsonObject(&'a JsonObjectDecl),
    /// An interface.
    Interface(&'a InterfaceDecl),
}

/// Rust names, and the place of their items in [`Declarations`].
#[derive(Clone, Debug, Default)]
pub struct Index(BTreeMap<String, Slot>);

#[derive(Clone, Copy, Debug)]
enum Slot {
    Schema(usize),
    Extension(usize),
    Enum(usize),
    Domain(usize),
    Sequence(usize),
    Function(usize),
    Table(usize),
    View(usize),
    JsonObject(usize),
    Interface(usize),
}

impl Index {
    /// Finds every item by its Rust name; items that share one come back as (first, second).
    pub fn new(declarations: &Declarations) -> (Self, Vec<(Place, Place, String)>) {
        let mut index = Index::default();
        let mut twice = Vec::new();
        for (slot, item) in slots(declarations) {
            let name = &item.rust().value;
            match index.item(declarations, name) {
                Some(first) => twice.push((first.place(), item.place(), name.clone())),
                None => drop(index.0.insert(name.clone(), slot)),
            }
        }
        (index, twice)
    }

    /// The item of this Rust name.
    pub fn item<'a>(&self, of: &'a Declarations, rust: &str) -> Option<Item<'a>> {
        match *self.0.get(rust)? {
            Slot::Schema(at) => of.schemas.get(at).map(Item::Schema),
            Slot::Extension(at) => of.extensions.get(at).map(Item::Extension),
            Slot::Enum(at) => of.enums.get(at).map(Item::Enum),
            Slot::Domain(at) => of.domains.get(at).map(Item::Domain),
            Slot::Sequence(at) => of.sequences.get(at).map(Item::Sequence),
            Slot::Function(at) => of.functions.get(at).map(Item::Function),
            Slot::Table(at) => of.tables.get(at).map(Item::Table),
            Slot::View(at) => of.views.get(at).map(Item::View),
            Slot::JsonObject(at) => of.json_objects.get(at).map(Item::JsonObject),
            Slot::Interface(at) => of.interfaces.get(at).map(Item::Interface),
        }
    }

    /// Every item, by Rust name.
    pub fn items<'a>(&'a self, of: &'a Declarations) -> impl Iterator<Item = Item<'a>> {
        self.0.keys().filter_map(|rust| self.item(of, rust))
    }
}

fn slots(of: &Declarations) -> impl Iterator<Item = (Slot, Item<'_>)> {
    let schemas = of.schemas.iter().enumerate().map(|(at, it)| (Slot::Schema(at), Item::Schema(it)));
    let extensions = of.extensions.iter().enumerate().map(|(at, it)| (Slot::Extension(at), Item::Extension(it)));
    let enums = of.enums.iter().enumerate().map(|(at, it)| (Slot::Enum(at), Item::Enum(it)));
    let domains = of.domains.iter().enumerate().map(|(at, it)| (Slot::Domain(at), Item::Domain(it)));
    let sequences = of.sequences.iter().enumerate().map(|(at, it)| (Slot::Sequence(at), Item::Sequence(it)));
    let functions = of.functions.iter().enumerate().map(|(at, it)| (Slot::Function(at), Item::Function(it)));
    let tables = of.tables.iter().enumerate().map(|(at, it)| (Slot::Table(at), Item::Table(it)));
    let views = of.views.iter().enumerate().map(|(at, it)| (Slot::View(at), Item::View(it)));
    let objects = of.json_objects.iter().enumerate().map(|(at, it)| (Slot::JsonObject(at), Item::JsonObject(it)));
    let interfaces = of.interfaces.iter().enumerate().map(|(at, it)| (Slot::Interface(at), Item::Interface(it)));
    let types = schemas.chain(extensions).chain(enums).chain(domains).chain(sequences);
    types.chain(functions).chain(tables).chain(views).chain(objects).chain(interfaces)
}

impl<'a> Item<'a> {
    /// What it is, with its article.
    pub fn what(self) -> &'static str {
        match self {
            Item::Schema(_) => "a schema",
            Item::Extension(_) => "an extension",
            Item::Enum(_) => "an enum",
            Item::Domain(_) => "a domain",
            Item::Sequence(_) => "a sequence",
            Item::Function(_) => "a function",
            Item::Table(_) => "a table",
            Item::View(_) => "a view",
            Item::JsonObject(_) => "a JSON object",
            Item::Interface(_) => "an interface",
        }
    }

    /// Its Rust name.
    pub fn rust(self) -> &'a Text {
        match self {
            Item::Schema(it) => &it.rust,
            Item::Extension(it) => &it.rust,
            Item::Enum(it) => &it.rust,
            Item::Domain(it) => &it.rust,
            Item::Sequence(it) => &it.rust,
            Item::Function(it) => &it.rust,
            Item::Table(it) => &it.rust,
            Item::View(it) => &it.rust,
            Item::JsonObject(it) => &it.rust,
            Item::Interface(it) => &it.rust,
        }
    }

    /// Where it is declared.
    pub fn place(self) -> Place {
        let file = match self {
            Item::Schema(it) => it.file,
            Item::Extension(it) => it.file,
            Item::Enum(it) => it.file,
            Item::Domain(it) => it.file,
            Item::Sequence(it) => it.file,
            Item::Function(it) => it.file,
            Item::Table(it) => it.file,
            Item::View(it) => it.file,
            Item::JsonObject(it) => it.file,
            Item::Interface(it) => it.file,
        };
        Place { file, span: self.rust().span }
    }

    /// The id of the object of the schema that it declares, if it declares one.
    pub fn id(self) -> Option<Id> {
        Some(match self {
            Item::Schema(it) => Id::new(Kind::Namespace, [&it.name.value]),
            Item::Extension(it) => Id::new(Kind::Extension, [&it.name.value]),
            Item::Enum(it) => match &it.storage {
                EnumStorage::Text => return None,
                EnumStorage::Type { schema, name } => Id::new(Kind::Enumeration, [&schema.value, &name.value]),
            },
            Item::Domain(it) => Id::new(Kind::Domain, [&it.schema.value, &it.name.value]),
            Item::Sequence(it) => Id::new(Kind::Sequence, [&it.schema.value, &it.name.value]),
            Item::Function(it) => {
                let inputs = signature(it).map(|it| it.inputs).unwrap_or_default();
                Id::new(Kind::Function, [&it.schema.value, &it.name.value, &inputs])
            }
            Item::Table(it) => Id::new(Kind::Table, [&it.schema.value, &it.name.value]),
            Item::View(it) => Id::new(Kind::View, [&it.schema.value, &it.name.value]),
            Item::JsonObject(_) | Item::Interface(_) => return None,
        })
    }
}
