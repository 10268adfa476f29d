//! `#[derive(Schema)]`

use tablewright_syntax::{FileId, SchemaDecl, Text};

use super::super::declare::{Found, Item, Names, Place, Space, did_you_mean};
use super::Namespace;

impl Namespace {
    /// Reads a declared schema.
    pub(crate) fn declare(decl: &SchemaDecl, names: &Names, found: &mut Found) {
        let place = Place { file: decl.file, span: decl.name.span };
        if decl.name.value == "public" {
            let help = "take the declaration away; `public` is what an item has without a schema";
            found.advise(decl.file, decl.name.span, "the schema `public` is always there", Some(help.into()));
        }
        found.claim(names, Space::Namespaces, [&decl.name.value], place);
        let id = found.add(Namespace { name: decl.name.value.clone() }, decl.file, decl.rust.span);
        found.comment(&id, decl.file, decl.doc.as_ref());
    }

    /// Reports that an item is in a schema that is not declared.
    pub(crate) fn expect(schema: &Text, file: FileId, names: &Names, found: &mut Found) {
        let name = schema.value.as_str();
        if name == "public" || !names.is_complete() || names.has_schema(name) {
            return;
        }
        let declared = names.items().filter_map(|item| match item {
            Item::Schema(it) => Some(it.name.value.as_str()),
            _ => None,
        });
        let help = did_you_mean(name, declared)
            .unwrap_or_else(|| format!("declare it: `#[derive(Schema)] #[schema(name = \"{name}\")] pub struct ...;`"));
        found.advise(file, schema.span, format!("the schema `{name}` is not declared"), Some(help));
    }
}
