//! The text of one file of a consumer.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tablewright_syntax::{
    ConsumerDecl, EnumDecl, InterfaceBase, InterfaceDecl, JsonObjectDecl, TableDecl, Text, TypeFileDecl, ViewDecl,
    lower_words,
};

use super::exports::{self, Exports};
use super::layout::{self, Indent, Look};
use super::print::{self, Body, Export};
use super::text;
use super::types::{Member, Type, View};
use crate::emit::World;
use crate::emit::interface::{self, Source};

const NOTE: &str = "// Generated from schema/src by `cargo run -p codegen`: change it there, not here.\n";

/// The whole file, or what is between the markers of its region.
pub(super) fn text(world: &World, consumer: &ConsumerDecl, file: &TypeFileDecl) -> String {
    let look = Look { indent: consumer.indent, double_quotes: consumer.double_quotes };
    let exports = Exports::of(world, consumer, file);
    let view = View { world, exports: &exports, as_date: consumer.timestamps_as_date };
    let exported = exported(&view, consumer, file);
    let imports = imports(look, &exported);
    let mut parts = vec![NOTE.to_owned()];
    parts.extend((!imports.is_empty()).then_some(imports));
    parts.extend(exported.iter().map(|it| print::export(look, it)));
    parts.join("\n")
}

fn exported(view: &View, consumer: &ConsumerDecl, file: &TypeFileDecl) -> Vec<Export> {
    let is_constant = |rust: &str| file.constants.iter().any(|it| it.value == rust);
    let mut exported = Vec::new();
    for name in &file.exports {
        exported.extend(item(view, consumer, name));
        exported.extend(is_constant(name).then(|| constant(view, name)).flatten());
    }
    let apart = file.constants.iter().filter(|it| !view.exports.has(it));
    exported.extend(apart.filter_map(|it| constant(view, it)));
    exported
}

fn item(view: &View, consumer: &ConsumerDecl, rust: &str) -> Option<Export> {
    let world = view.world;
    let (doc, body) = if let Some(it) = world.enums.get(rust) {
        (&it.doc, Body::Alias(View::union(it)))
    } else if let Some(it) = world.json_objects.get(rust) {
        (&it.doc, object(view, it))
    } else if let Some(it) = world.tables.get(rust) {
        (&it.doc, table(view, it))
    } else if let Some(it) = world.views.get(rust) {
        (&it.doc, self::view(view, it))
    } else {
        let it = world.interfaces.get(rust)?;
        (&it.doc, projection(view, consumer, it))
    };
    let name = exports::name(world, rust)?.to_owned();
    Some(Export { doc: said(doc).map(str::to_owned), name, body })
}

fn object(view: &View, object: &JsonObjectDecl) -> Body {
    Body::Interface { extends: None, members: view.properties(object) }
}

fn table(view: &View, table: &TableDecl) -> Body {
    let columns = table.columns.iter().map(|it| {
        let ty = view.field(&it.ty, it.ts_required.is_some(), said(&it.ts_type));
        Member::new(&it.name, ty).documented(said(&it.doc))
    });
    Body::Interface { extends: None, members: columns.collect() }
}

fn view(view: &View, declared: &ViewDecl) -> Body {
    let columns = declared.columns.iter().map(|it| {
        let ty = view.field(&it.ty, it.ts_required.is_some(), None);
        Member::new(&it.name, ty).documented(said(&it.doc))
    });
    Body::Interface { extends: None, members: columns.collect() }
}

/// An interface. It can only extend what the same file exports.
fn projection(view: &View, consumer: &ConsumerDecl, declared: &InterfaceDecl) -> Body {
    let base = match &declared.base {
        InterfaceBase::Extends(base) if consumer.extends && view.exports.has(base) => exports::name(view.world, base),
        _ => None,
    };
    let fields = interface::fields(view.world, declared);
    let members = fields.iter().filter(|it| base.is_none() || it.own).map(|field| {
        let verbatim = match field.source {
            Source::Column(column) => said(&column.ts_type),
            Source::Expression(_) => None,
        };
        Member::new(field.name, view.field(field.ty, field.required, verbatim)).documented(field.doc)
    });
    Body::Interface { extends: base.map(str::to_owned), members: members.collect() }
}

fn constant(view: &View, rust: &str) -> Option<Export> {
    let declared = view.world.enums.get(rust)?;
    let values = declared.variants.iter().map(|it| (it.value.value.clone(), said(&it.doc).map(str::to_owned)));
    let body = Body::Constant { of: view.reference(rust), values: values.collect() };
    let doc = exports::name(view.world, rust).map(|name| format!("The values of {name}"));
    Some(Export { doc, name: constant_name(declared), body })
}

/// `#[ts(constant = "...")]`, else `RITA_STATUS_VALUES` of `RitaStatus`.
fn constant_name(declared: &EnumDecl) -> String {
    match &declared.ts_constant {
        Some(name) => name.value.clone(),
        None => format!("{}_VALUES", lower_words(&declared.rust).join("_").to_uppercase()),
    }
}

/// `import type` lines for what the consumer's other files export, in the order in which Biome sorts them.
fn imports(look: Look, exported: &[Export]) -> String {
    let mut wanted: BTreeMap<&Path, BTreeSet<&str>> = BTreeMap::new();
    for ty in exported.iter().flat_map(Export::types) {
        if let Type::Named(name, Some(from)) = ty {
            wanted.entry(from).or_default().insert(name);
        }
    }
    let mut wanted: Vec<_> = wanted.into_iter().collect();
    wanted.sort_by_key(|(from, _)| std::cmp::Reverse(from.iter().filter(|it| *it == "..").count()));
    wanted.iter().map(|(from, names)| import(look, from, names)).collect()
}

fn import(look: Look, from: &Path, names: &BTreeSet<&str>) -> String {
    let names: Vec<&str> = names.iter().copied().collect();
    // `Path::join` would take the separator of the machine.
    let parts: Vec<&str> = from.iter().filter_map(|it| it.to_str()).collect();
    let from = text::string(&parts.join("/"), look.double_quotes);
    let line = format!("import type {{ {} }} from {from};", names.join(", "));
    if layout::fits(Indent::default(), &line) {
        return line + "\n";
    }
    let indent = Indent::default().deeper(look).text();
    let lines: String = names.iter().map(|name| format!("{indent}{name},\n")).collect();
    format!("import type {{\n{lines}}} from {from};\n")
}

fn said(text: &Option<Text>) -> Option<&str> {
    text.as_ref().map(|it| it.as_str())
}
