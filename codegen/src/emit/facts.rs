//! What the documents want to know of a table, found in the schema.

use tablewright_syntax::{TableDecl, Text};

use crate::kinds::{Column, Index, Kind, Object, Term};
use crate::model::{Id, Schema};

/// The id of a declared table.
pub fn table_id(table: &TableDecl) -> Id {
    Id::new(Kind::Table, [&table.schema.value, &table.name.value])
}

/// The id of a column of a table.
pub fn column_id(column: &Column) -> Id {
    Id::new(Kind::Column, [&column.schema, &column.table, &column.name])
}

/// The columns of a table, in their order.
pub fn columns<'a>(schema: &'a Schema, table: &Id) -> Vec<&'a Column> {
    let as_column = |object: &'a Object| if let Object::Column(column) = object { Some(&**column) } else { None };
    let mut columns: Vec<&Column> = parts(schema, table).filter_map(as_column).collect();
    columns.sort_by_key(|column| column.position);
    columns
}

/// Everything that a table owns, by kind and name.
pub fn parts<'a>(schema: &'a Schema, table: &Id) -> impl Iterator<Item = &'a Object> {
    let objects = schema.needed_by(table).filter_map(|id| schema.get(id));
    objects.map(AsRef::as_ref).filter(|object| object.owner().as_ref() == Some(table))
}

/// The comment on an object.
pub fn comment<'a>(schema: &'a Schema, id: &Id) -> Option<&'a str> {
    let path = std::iter::once(id.kind.name()).chain(id.path.iter().map(String::as_str));
    match schema.get(&Id::new(Kind::Comment, path))?.as_ref() {
        Object::Comment(comment) => Some(&comment.text),
        _ => None,
    }
}

/// The column's name that a field of a table declares.
pub fn column_name<'a>(table: &'a TableDecl, field: &'a Text) -> &'a str {
    let column = table.columns.iter().find(|column| column.field == *field);
    column.map_or(&field.value, |column| &column.name.value)
}

/// Every list of columns that a table's rows are unique by, whatever the values.
pub fn unique_columns(schema: &Schema, table: &Id) -> Vec<Vec<String>> {
    let keys = parts(schema, table).filter_map(|object| match object {
        Object::PrimaryKey(key) => Some(key.columns.clone()),
        Object::Unique(key) => Some(key.columns.clone()),
        Object::Index(index) if index.unique && index.predicate.is_none() => plain_key(index),
        _ => None,
    });
    keys.collect()
}

/// The key of an index that is made of columns alone.
fn plain_key(index: &Index) -> Option<Vec<String>> {
    let name = |term: &Term| if let Term::Column(name) = term { Some(name.clone()) } else { None };
    index.key.iter().map(|part| name(&part.term)).collect()
}
