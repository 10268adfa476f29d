//! `#[derive(Extension)]`

use tablewright_syntax::ExtensionDecl;

use super::super::Namespace;
use super::super::declare::{Found, Names, Place, Space};
use super::Extension;

impl Extension {
    /// Reads a declared extension. Its doc comment is for readers of the Rust: PostgreSQL's comment comes with it.
    pub(crate) fn declare(decl: &ExtensionDecl, names: &Names, found: &mut Found) {
        let place = Place { file: decl.file, span: decl.name.span };
        found.claim(names, Space::Extensions, [&decl.name.value], place);
        if let Some(schema) = &decl.schema {
            Namespace::expect(schema, decl.file, names, found);
        }
        let extension = Extension {
            name: decl.name.value.clone(),
            schema: decl.schema.as_ref().map(|it| it.value.clone()),
            version: decl.version.as_ref().map(|it| it.value.clone()),
            updates: None,
            is_fixed: false,
            has_tables: false,
        };
        found.add(extension, decl.file, decl.rust.span);
    }
}
