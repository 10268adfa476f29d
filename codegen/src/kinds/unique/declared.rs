//! `#[unique(...)]` and `#[column(unique)]`

use tablewright_syntax::{Deferrable, Diagnostic, TableDecl, UniqueDecl};

use super::super::IndexTree;
use super::super::declare::{Found, Names, columns, default_name};
use super::super::storage::IndexStorage;
use super::Unique;

impl Unique {
    /// Reads the unique constraints of a declared table.
    pub(crate) fn declare(table: &TableDecl, names: &Names, found: &mut Found) {
        for column in &table.columns {
            let Some(span) = column.unique else { continue };
            let decl = UniqueDecl {
                span,
                name: None,
                on: vec![column.field.clone()],
                include: Vec::new(),
                nulls_not_distinct: false,
                deferrable: Deferrable::Not,
                natural_key: None,
                comment: None,
            };
            Self::declare_one(table, &decl, names, found);
        }
        for decl in &table.uniques {
            Self::declare_one(table, decl, names, found);
        }
    }

    fn declare_one(table: &TableDecl, decl: &UniqueDecl, names: &Names, found: &mut Found) {
        // PostgreSQL takes no deferrable constraint as the arbiter of a conflict (documentation, INSERT, ON CONFLICT).
        if let Some(key) = decl.natural_key.filter(|_| decl.deferrable != Deferrable::Not) {
            let message = "a deferrable constraint can't be a natural key: no upsert can name it in ON CONFLICT";
            let fault =
                Diagnostic::new(table.file, key, message).help("take out `natural_key`, or what makes it deferrable");
            found.errors.push(fault);
        }
        let on = columns(table, &decl.on);
        let said = default_name(table, decl.name.as_ref(), decl.span, (&on, "key"), names, found);
        said.claim_index(table, names, found);
        let unique = Unique {
            tree: IndexTree::default(),
            schema: table.schema.value.clone(),
            table: table.name.value.clone(),
            name: said.name,
            columns: on,
            include: columns(table, &decl.include),
            nulls_not_distinct: decl.nulls_not_distinct,
            storage: IndexStorage::default(),
            without_overlaps: false,
            deferrable: decl.deferrable.into(),
        };
        let id = found.add(unique, table.file, said.place.span);
        found.comment(&id, table.file, decl.comment.as_ref());
    }
}
