//! `#[derive(EnumType)]`

use tablewright_syntax::{EnumDecl, EnumStorage};

use super::super::Namespace;
use super::super::declare::{Found, Names, Place, Space};
use super::Enumeration;

impl Enumeration {
    /// Reads a declared enum that is a type of its own; one that is stored as text is a check of its columns.
    pub(crate) fn declare(decl: &EnumDecl, names: &Names, found: &mut Found) {
        let EnumStorage::Type { schema, name } = &decl.storage else { return };
        let place = Place { file: decl.file, span: name.span };
        Namespace::expect(schema, decl.file, names, found);
        found.claim(names, Space::Types, [&schema.value, &name.value], place);
        let enumeration = Enumeration {
            schema: schema.value.clone(),
            name: name.value.clone(),
            values: decl.variants.iter().map(|variant| variant.value.value.clone()).collect(),
        };
        let id = found.add(enumeration, decl.file, decl.rust.span);
        found.comment(&id, decl.file, decl.doc.as_ref());
    }
}
