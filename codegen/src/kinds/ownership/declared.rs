//! `owned_by = Order::number`

use tablewright_syntax::SequenceDecl;

use super::super::declare::{Found, Names};
use super::Ownership;

impl Ownership {
    /// Reads what owns a declared sequence.
    pub(crate) fn declare(decl: &SequenceDecl, names: &Names, found: &mut Found) {
        let Some((owner, field)) = &decl.owned_by else { return };
        let Some(table) = names.table(decl.file, owner, found) else { return };
        let Some(column) = names.column(decl.file, table, field, found) else { return };
        if table.schema.value != decl.schema.value {
            let message =
                format!("a sequence is in the schema of the table that owns it, which is `{}`", table.schema.value);
            found.error(decl.file, owner.span, message);
            return;
        }
        let ownership = Ownership {
            schema: decl.schema.value.clone(),
            sequence: decl.name.value.clone(),
            table: table.name.value.clone(),
            column: column.name.value.clone(),
            owned_by: None,
        };
        found.add(ownership, decl.file, owner.span);
    }
}
