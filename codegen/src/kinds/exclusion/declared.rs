//! `#[exclude(...)]`

use tablewright_syntax::TableDecl;

use super::super::IndexTree;
use super::super::KeyPart;
use super::super::declare::{Found, Names, default_name};
use super::super::storage::IndexStorage;
use super::Exclusion;

impl Exclusion {
    /// Reads the exclusion constraints of a declared table.
    pub(crate) fn declare(table: &TableDecl, names: &Names, found: &mut Found) {
        for decl in &table.exclusions {
            let said = default_name(table, Some(&decl.name), decl.span, (&[], ""), names, found);
            said.claim_index(table, names, found);
            let mut elements = Vec::new();
            for (part, operator) in &decl.elements {
                // The signs that an operator is made of (documentation, Lexical Structure, 4.1.3).
                let is_operator =
                    !operator.value.is_empty() && operator.value.chars().all(|c| "+-*/<>=~!@#%^&|`?".contains(c));
                if !is_operator && !operator.value.to_lowercase().starts_with("operator(") {
                    found.error(
                        table.file,
                        operator.span,
                        format!("`{}` is not an operator", operator.value.escape_debug()),
                    );
                }
                elements.extend(KeyPart::declare(table, part, found).map(|part| (part, operator.value.clone())));
            }
            if let Some(predicate) = &decl.predicate {
                found.check_row_expression(table, predicate);
            }
            let exclusion = Exclusion {
                tree: IndexTree::default(),
                schema: table.schema.value.clone(),
                table: table.name.value.clone(),
                name: said.name,
                method: decl.method.value.clone(),
                elements,
                predicate: decl.predicate.as_ref().map(|it| it.value.clone()),
                storage: IndexStorage::default(),
                include: Vec::new(),
                deferrable: decl.deferrable.into(),
            };
            let id = found.add(exclusion, table.file, said.place.span);
            found.comment(&id, table.file, decl.comment.as_ref());
        }
    }
}
