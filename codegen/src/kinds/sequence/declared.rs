//! `#[derive(Sequence)]`

use tablewright_syntax::{ColumnDecl, SequenceDecl, TableDecl};

use super::super::declare::{Found, Names, Place, Space, quiet_type};
use super::super::{Namespace, Ownership};
use super::{Sequence, SequenceOptions};
use crate::sql::{self, Style};

impl Sequence {
    /// Reads a declared sequence and the column that owns it.
    pub(crate) fn declare(decl: &SequenceDecl, names: &Names, found: &mut Found) {
        Namespace::expect(&decl.schema, decl.file, names, found);
        let place = Place { file: decl.file, span: decl.name.span };
        found.claim(names, Space::Relations, [&decl.schema.value, &decl.name.value], place);
        let sequence = Sequence {
            schema: decl.schema.value.clone(),
            name: decl.name.value.clone(),
            unlogged: false,
            data_type: decl.data_type.value.clone(),
            options: (&decl.options).into(),
        };
        let id = found.add(sequence, decl.file, decl.rust.span);
        found.comment(&id, decl.file, decl.doc.as_ref());
        Ownership::declare(decl, names, found);
    }
}

impl Sequence {
    /// Reads the sequences of a table's serial columns (documentation, Serial Types).
    pub(crate) fn declare_serials(table: &TableDecl, names: &Names, found: &mut Found) {
        for column in &table.columns {
            let (Some(span), Some(ty)) = (column.serial, quiet_type(column, names)) else { continue };
            let (schema, name) = (table.schema.value.clone(), serial_name(table, column));
            let place = Place { file: table.file, span };
            found.check_length(&name, place, "declare the sequence by itself, under a shorter name");
            found.claim(names, Space::Relations, [&schema, &name], place);
            let options = SequenceOptions::default();
            let sequence = Sequence {
                schema: schema.clone(),
                name: name.clone(),
                data_type: ty.name,
                options,
                unlogged: table.unlogged,
            };
            found.add(sequence, table.file, span);
            let (table_name, column) = (table.name.value.clone(), column.name.value.clone());
            let owner = Ownership { schema, sequence: name, table: table_name, column, owned_by: None };
            found.add(owner, table.file, span);
        }
    }

    /// The default of a serial column.
    pub(crate) fn next_of(table: &TableDecl, column: &ColumnDecl) -> String {
        let name = Style::default().name(&table.schema.value, &serial_name(table, column));
        format!("nextval({})", sql::literal(&name))
    }
}

fn serial_name(table: &TableDecl, column: &ColumnDecl) -> String {
    format!("{}_{}_seq", table.name.value, column.name.value)
}

impl From<&tablewright_syntax::SequenceOptions> for SequenceOptions {
    fn from(said: &tablewright_syntax::SequenceOptions) -> Self {
        let tablewright_syntax::SequenceOptions { start, increment, min, max, cache, cycle } = *said;
        Self { start, increment, min, max, cache, cycle }
    }
}
