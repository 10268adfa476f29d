//! The fields of a `#[derive(Table)]` struct.

use tablewright_syntax::{ColumnDecl, IdentityDecl, TableDecl};

use super::super::Relation;
use super::super::Sequence;
use super::super::declare::{Found, Names, own_type};
use super::{Column, Identity};

impl Column {
    /// Reads the columns of a declared table.
    pub(crate) fn declare(table: &TableDecl, names: &Names, found: &mut Found) {
        for (position, decl) in table.columns.iter().enumerate() {
            let Some(column) = Self::of(table, decl, position, names, found) else { continue };
            let id = found.add(column, table.file, decl.field.span);
            found.comment(&id, table.file, decl.doc.as_ref());
        }
    }

    fn of(table: &TableDecl, decl: &ColumnDecl, position: usize, names: &Names, found: &mut Found) -> Option<Self> {
        let ty = own_type(table.file, &decl.ty, decl.sql_type.as_ref(), names, found);
        let default = names.default(table.file, &decl.ty, decl.default.as_ref(), found);
        let default = decl.serial.map(|_| Sequence::next_of(table, decl)).or(default);
        if let Some(generated) = &decl.generated {
            found.check_row_expression(table, generated);
        }
        Some(Column {
            lineage: None,
            schema: table.schema.value.clone(),
            table: table.name.value.clone(),
            relation: Relation::Table,
            name: decl.name.value.clone(),
            position,
            ty: ty?,
            not_null: !decl.ty.nullable,
            not_null_constraint: None,
            not_null_chosen: false,
            default,
            identity: decl.identity.as_ref().map(Identity::from),
            is_virtual: false,
            options: Vec::new(),
            generated: decl.generated.as_ref().map(|it| it.value.clone()),
            collation: decl.collate.as_ref().map(|it| it.value.clone()),
        })
    }
}

impl From<&IdentityDecl> for Identity {
    fn from(decl: &IdentityDecl) -> Self {
        Self { always: decl.always, sequence: None, options: (&decl.options).into() }
    }
}
