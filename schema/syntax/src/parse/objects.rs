//! Schemas, extensions and sequences: structs without fields.

use super::Derive;
use super::entries::Entries;
use super::faults::Faults;
use super::fragment::Fragment;
use super::head::{Head, database_name, head, no_fields, schema_name};
use super::sequence_options::sequence_options;
use crate::{Diagnostic, ExtensionDecl, FileId, SchemaDecl, SequenceDecl, Text};

/// Reads a struct with `#[derive(Schema)]`.
pub fn schema(file: FileId, item: &syn::ItemStruct, errors: &mut Vec<Diagnostic>) -> Option<SchemaDecl> {
    let faults = &mut Faults::new(file, errors);
    let (head, mut entries) = unit(faults, Derive::Schema, item, "schema");
    let name = database_name(faults, &mut entries, &head.rust);
    entries.finish(faults);
    Some(SchemaDecl { file, rust: head.rust, name, doc: head.doc })
}

/// Reads a struct with `#[derive(Extension)]`.
pub fn extension(file: FileId, item: &syn::ItemStruct, errors: &mut Vec<Diagnostic>) -> Option<ExtensionDecl> {
    let faults = &mut Faults::new(file, errors);
    let (head, mut entries) = unit(faults, Derive::Extension, item, "extension");
    let extension = ExtensionDecl {
        file,
        name: database_name(faults, &mut entries, &head.rust),
        schema: entries.name(faults, "schema"),
        version: entries.filled(faults, "version"),
        rust: head.rust,
        doc: head.doc,
    };
    entries.finish(faults);
    Some(extension)
}

/// Reads a struct with `#[derive(Sequence)]`.
pub fn sequence(file: FileId, item: &syn::ItemStruct, errors: &mut Vec<Diagnostic>) -> Option<SequenceDecl> {
    let faults = &mut Faults::new(file, errors);
    let (head, mut entries) = unit(faults, Derive::Sequence, item, "sequence");
    let sequence = SequenceDecl {
        file,
        name: database_name(faults, &mut entries, &head.rust),
        schema: schema_name(faults, &mut entries, &head.rust),
        data_type: data_type(faults, &mut entries, &head.rust),
        options: sequence_options(faults, &mut entries),
        owned_by: owner(faults, &mut entries),
        rust: head.rust,
        doc: head.doc,
    };
    entries.finish(faults);
    Some(sequence)
}

/// The head of a struct without fields, and the entries of its one attribute, which is named as its derive.
pub(crate) fn unit(faults: &mut Faults, derive: Derive, item: &syn::ItemStruct, attribute: &str) -> (Head, Entries) {
    let head = head(faults, derive, &item.ident, &item.generics, &item.attrs);
    no_fields(faults, derive, item);
    let what = format!("`{attribute}` entry");
    let entries = Entries::of_all(faults, &what, &item.attrs, attribute, head.rust.span);
    (head, entries)
}

fn data_type(faults: &mut Faults, entries: &mut Entries, rust: &Text) -> Text {
    let types = [("smallint", "smallint"), ("integer", "integer"), ("bigint", "bigint")];
    match entries.choice(faults, "as", "type of a sequence", &types) {
        Some(said) => Text::new(said.value.to_string(), said.span),
        None => Text::new("bigint".to_string(), rust.span),
    }
}

fn owner(faults: &mut Faults, entries: &mut Entries) -> Option<(Text, Text)> {
    let value = entries.value(faults, "owned_by")?;
    let owner = Fragment::path_of_two(&value);
    if owner.is_none() {
        faults.at(value.span, "expected `Table::column`");
    }
    owner
}
