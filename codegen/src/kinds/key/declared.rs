//! The parts of a key, as attributes say them.

use tablewright_syntax::{KeyTerm, TableDecl};

use super::super::declare::{Found, column_of, sql_type};
use super::{Deferrable, KeyPart, Term};

impl KeyPart {
    /// Reads one part. None if it names a field that is not there, which the parser has reported.
    pub(crate) fn declare(table: &TableDecl, part: &tablewright_syntax::KeyPart, found: &mut Found) -> Option<Self> {
        let term = match &part.term {
            KeyTerm::Column(field) => Term::Column(column_of(table, &field.value)?),
            KeyTerm::Expression(text) => {
                found.check_row_expression(table, text);
                Term::Expression(text.value.clone())
            }
        };
        // An operator class is named like a type: one name, perhaps with a schema and parameters.
        if let Some(opclass) = part.opclass.as_ref().filter(|it| sql_type(&it.value).is_err()) {
            let message = format!("`{}` is not the name of an operator class", opclass.value.escape_debug());
            found.error(table.file, opclass.span, message);
        }
        Some(KeyPart {
            term,
            collation: part.collate.as_ref().map(|it| it.value.clone()),
            opclass: part.opclass.as_ref().map(|it| it.value.clone()),
            descending: part.descending,
            nulls_first: part.nulls_first.filter(|first| *first != part.descending),
        })
    }
}

impl From<tablewright_syntax::Deferrable> for Deferrable {
    fn from(said: tablewright_syntax::Deferrable) -> Self {
        match said {
            tablewright_syntax::Deferrable::Not => Deferrable::Not,
            tablewright_syntax::Deferrable::InitiallyImmediate => Deferrable::InitiallyImmediate,
            tablewright_syntax::Deferrable::InitiallyDeferred => Deferrable::InitiallyDeferred,
        }
    }
}
