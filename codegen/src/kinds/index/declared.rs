//! `#[index(...)]` and `#[unique_index(...)]`

use tablewright_syntax::{IndexDecl, TableDecl};

use super::super::IndexTree;
use super::super::declare::{Found, Names, Place, Said, columns};
use super::super::{KeyPart, Relation};
use super::Index;

impl Index {
    /// Reads the indexes of a declared table.
    pub(crate) fn declare(table: &TableDecl, names: &Names, found: &mut Found) {
        for decl in &table.indexes {
            let place = Place { file: table.file, span: decl.name.span };
            Said { name: decl.name.value.clone(), place, is_written: true }.claim_index(table, names, found);
            if let Some(predicate) = &decl.predicate {
                found.check_row_expression(table, predicate);
            }
            let index = Self::of(table, decl, found);
            let id = found.add(index, table.file, decl.span);
            found.comment(&id, table.file, decl.comment.as_ref());
        }
    }

    fn of(table: &TableDecl, decl: &IndexDecl, found: &mut Found) -> Self {
        let mut with: Vec<(String, String)> =
            decl.with.iter().map(|(name, value)| (name.value.clone(), value.value.clone())).collect();
        with.sort();
        Index {
            tree: IndexTree::default(),
            schema: table.schema.value.clone(),
            table: table.name.value.clone(),
            name: decl.name.value.clone(),
            unique: decl.unique,
            method: decl.method.as_ref().map_or_else(|| "btree".to_owned(), |it| it.value.clone()),
            key: decl.on.iter().filter_map(|part| KeyPart::declare(table, part, found)).collect(),
            include: columns(table, &decl.include),
            predicate: decl.predicate.as_ref().map(|it| it.value.clone()),
            nulls_not_distinct: decl.nulls_not_distinct,
            with,
            relation: Relation::Table,
            tablespace: None,
            statistics: Vec::new(),
            invalid: false,
        }
    }
}
