//! `#[derive(Table)]`: the table itself, and the way to all that is declared on it.

use tablewright_syntax::TableDecl;

use super::super::declare::{Found, Names, Place, Space};
use super::super::{
    Check, Column, Exclusion, ForeignKey, Index, Namespace, Policy, PrimaryKey, RowSecurity, Sequence, Storage,
    Trigger, Unique,
};
use super::Table;

impl Table {
    /// Reads a declared table and everything that belongs to it.
    pub(crate) fn declare(decl: &TableDecl, names: &Names, found: &mut Found) {
        Namespace::expect(&decl.schema, decl.file, names, found);
        let place = Place { file: decl.file, span: decl.name.span };
        let path = [&decl.schema.value, &decl.name.value];
        found.claim(names, Space::Relations, path, place);
        found.claim(names, Space::Types, path, place);
        let table = Table {
            schema: decl.schema.value.clone(),
            name: decl.name.value.clone(),
            storage: storage(decl),
            partition_by: decl.partition_by.as_ref().map(|it| it.value.clone()),
            inherits: Vec::new(),
            of_type: None,
        };
        let id = found.add(table, decl.file, decl.rust.span);
        found.comment(&id, decl.file, decl.doc.as_ref());
        Column::declare(decl, names, found);
        Sequence::declare_serials(decl, names, found);
        PrimaryKey::declare(decl, names, found);
        Unique::declare(decl, names, found);
        Check::declare(decl, names, found);
        Exclusion::declare(decl, names, found);
        Index::declare(decl, names, found);
        ForeignKey::declare(decl, names, found);
        Trigger::declare(decl, names, found);
        RowSecurity::declare(decl, found);
        Policy::declare(decl, names, found);
    }
}

/// How and where the rows are kept.
fn storage(decl: &TableDecl) -> Storage {
    let mut with: Vec<(String, String)> =
        decl.with.iter().map(|(name, value)| (name.value.clone(), value.value.clone())).collect();
    with.sort();
    Storage {
        unlogged: decl.unlogged,
        with,
        access_method: decl.access_method.as_ref().map(|it| it.value.clone()),
        tablespace: decl.tablespace.as_ref().map(|it| it.value.clone()),
    }
}
