//! `#[primary_key(...)]` and `#[column(primary_key)]`

use tablewright_syntax::TableDecl;

use super::super::IndexTree;
use super::super::declare::{Found, Names, columns, default_name};
use super::super::storage::IndexStorage;
use super::PrimaryKey;

impl PrimaryKey {
    /// Reads the primary key of a declared table.
    pub(crate) fn declare(table: &TableDecl, names: &Names, found: &mut Found) {
        let Some(decl) = &table.primary_key else { return };
        let said = default_name(table, decl.name.as_ref(), decl.span, (&[], "pkey"), names, found);
        said.claim_index(table, names, found);
        let key = PrimaryKey {
            tree: IndexTree::default(),
            schema: table.schema.value.clone(),
            table: table.name.value.clone(),
            name: said.name,
            columns: columns(table, &decl.on),
            include: columns(table, &decl.include),
            storage: IndexStorage::default(),
            without_overlaps: false,
            deferrable: decl.deferrable.into(),
        };
        let id = found.add(key, table.file, said.place.span);
        found.comment(&id, table.file, decl.comment.as_ref());
    }
}
