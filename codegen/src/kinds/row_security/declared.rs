//! `#[row_level_security]`

use tablewright_syntax::TableDecl;

use super::super::declare::Found;
use super::RowSecurity;

impl RowSecurity {
    /// Reads whether row level security is on for a declared table.
    pub(crate) fn declare(table: &TableDecl, found: &mut Found) {
        let Some(decl) = &table.row_security else { return };
        let security = RowSecurity {
            schema: table.schema.value.clone(),
            table: table.name.value.clone(),
            disabled: false,
            force: decl.force,
        };
        found.add(security, table.file, decl.span);
    }
}
