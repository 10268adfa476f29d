//! The names that PostgreSQL gives to constraints that are declared without one (documentation, CREATE TABLE;
//! `ChooseConstraintName` in its source): the table, the columns and what it is.

use proc_macro2::Span;
use tablewright_syntax::{FileId, TableDecl, Text};

use super::{Found, Names, Place, Space};

/// A constraint's name and where it was said, or where the constraint was declared.
pub struct Said {
    /// The name.
    pub name: String,
    /// The place.
    pub place: Place,
    /// Whether somebody wrote the name.
    pub is_written: bool,
}

impl Said {
    /// Takes the name for an index too: keys and exclusions are kept by an index of their own name.
    pub fn claim_index(&self, table: &TableDecl, names: &Names, found: &mut Found) {
        let said_by = self.is_written.then(|| said_by(table));
        found.claim_within(names, Space::Relations, [&table.schema.value, &self.name], self.place, said_by);
    }
}

/// What tells one table's struct from all others.
fn said_by(table: &TableDecl) -> (FileId, usize) {
    (table.file, table.rust.span.byte_range().start)
}

/// The said name, or PostgreSQL's own: `table_a_b_key`. It is taken, and a fault if it is too long or taken already.
pub fn default_name(
    table: &TableDecl,
    said: Option<&Text>,
    span: Span,
    (columns, label): (&[String], &str),
    names: &Names,
    found: &mut Found,
) -> Said {
    let name = match said {
        Some(said) => said.value.clone(),
        None => [std::slice::from_ref(&table.name.value), columns, &[label.to_owned()]].concat().join("_"),
    };
    let place = Place { file: table.file, span: said.map_or(span, |said| said.span) };
    found.check_length(&name, place, "give the constraint a shorter name");
    let said_by = said.map(|_| said_by(table));
    let path = [&table.schema.value, &table.name.value, &name];
    found.claim_within(names, Space::Constraints, path, place, said_by);
    Said { name, place, is_written: said.is_some() }
}
