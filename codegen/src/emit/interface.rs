//! The fields of an interface, in the order of its flat form: what the TypeScript and the SELECT have in common.

use tablewright_syntax::{ColumnDecl, InterfaceBase, InterfaceDecl, InterfaceFieldDecl, TableDecl, TypeDecl};

use super::World;

/// One field of an interface.
pub struct Field<'a> {
    /// The property's name, and the name of the result's column.
    pub name: &'a str,
    /// What is said of it; a column's comment where the field has none of its own.
    pub doc: Option<&'a str>,
    /// Its declared type.
    pub ty: &'a TypeDecl,
    /// Promised to consumers as never null.
    pub required: bool,
    /// Whether the interface declares it itself, so that it isn't inherited from the base.
    pub own: bool,
    /// Where its value comes from.
    pub source: Source<'a>,
}

/// Where the value of a field comes from.
#[derive(Clone, Copy)]
pub enum Source<'a> {
    /// A column of the base.
    Column(&'a ColumnDecl),
    /// An SQL expression over the base's row.
    Expression(&'a str),
}

/// The table that an interface is a projection of.
pub fn base<'a>(world: &World<'a>, interface: &InterfaceDecl) -> Option<&'a TableDecl> {
    let (InterfaceBase::Extends(name) | InterfaceBase::Of(name)) = &interface.base;
    world.tables.get(name.as_str()).copied()
}

/// The column of a table that a declaration calls by this name.
pub fn column<'a>(table: &'a TableDecl, name: &str) -> Option<&'a ColumnDecl> {
    let by_field = table.columns.iter().find(|it| it.field.value == name);
    by_field.or_else(|| table.columns.iter().find(|it| it.name.value == name))
}

/// All fields in the order of the flat form: the own ones stand before the column that the interface names.
pub fn fields<'a>(world: &World<'a>, interface: &'a InterfaceDecl) -> Vec<Field<'a>> {
    let base = base(world, interface);
    let own = interface.fields.iter().filter_map(|it| own(base, it));
    let (InterfaceBase::Extends(_), Some(table)) = (&interface.base, base) else { return own.collect() };
    let mut fields: Vec<Field> = table.columns.iter().map(inherited).collect();
    let before = interface.own_fields_before.as_ref().and_then(|it| column(table, it));
    let place = before.and_then(|before| table.columns.iter().position(|it| std::ptr::eq(it, before)));
    let place = place.unwrap_or(fields.len());
    fields.splice(place..place, own);
    fields
}

fn inherited(column: &ColumnDecl) -> Field<'_> {
    Field {
        name: &column.name,
        doc: column.doc.as_ref().map(|it| it.as_str()),
        ty: &column.ty,
        required: column.ts_required.is_some(),
        own: false,
        source: Source::Column(column),
    }
}

fn own<'a>(base: Option<&'a TableDecl>, field: &'a InterfaceFieldDecl) -> Option<Field<'a>> {
    let column = || base.and_then(|table| column(table, &field.name));
    let source = match &field.sql {
        Some(sql) => Source::Expression(sql),
        None => Source::Column(column()?),
    };
    let inherited = match source {
        Source::Column(column) => column.doc.as_ref(),
        Source::Expression(_) => None,
    };
    Some(Field {
        name: &field.name,
        doc: field.doc.as_ref().or(inherited).map(|it| it.as_str()),
        ty: &field.ty,
        required: field.ts_required.is_some(),
        own: true,
        source,
    })
}
