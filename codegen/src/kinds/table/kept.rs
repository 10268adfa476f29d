//! The rows of a table that goes, in a side table.

use super::Table;
use crate::kinds::kept::{self, Keeping, Kept};
use crate::kinds::{Column, Kind, Object};
use crate::model::{Id, LockMode, Statement};
use crate::sql;

pub(super) fn kept(table: &Table, keeping: &Keeping) -> Option<Kept> {
    let id = Id::new(Kind::Table, [&table.schema, &table.name]);
    if keeping.now(&id).is_some() || table.partition_by.is_some() {
        return None;
    }
    let columns = stored_columns(&id, keeping);
    if columns.is_empty() {
        return None;
    }
    let (side, style) = (keeping.table(&table.name), keeping.style);
    let name = style.name(&table.schema, &table.name);
    let names: Vec<String> = columns.iter().map(|column| sql::ident(&column.name)).collect();
    let there = |column: &&Column| {
        let name = sql::ident(&column.name);
        match kept::kept_as(&column.ty, &name) {
            plain if plain == name => plain,
            cast => format!("{cast} AS {name}"),
        }
    };
    let back = |column: &&Column| kept::back_as(style, column, &sql::ident(&column.name));
    let copied: Vec<String> = columns.iter().map(there).collect();
    let restored: Vec<String> = columns.iter().map(back).collect();
    let copy = format!("CREATE TABLE {} AS\nSELECT {}\nFROM ONLY {name}", kept::qualified(&side), copied.join(", "));
    let insert = format!(
        "INSERT INTO {name} ({}) OVERRIDING SYSTEM VALUE\nSELECT {}\nFROM {}",
        names.join(", "),
        restored.join(", "),
        kept::qualified(&side)
    );
    let mut statements = vec![Statement::new(insert)];
    statements.extend(columns.iter().filter(|column| column.identity.is_some()).map(|column| go_on(&name, column)));
    Some(Kept {
        what: "its rows".into(),
        table: format!("{}.{side}", kept::SCHEMA),
        aside: vec![kept::lock(style, &id), Statement::new(copy).lock(id.clone(), LockMode::AccessShare).scan()],
        noted: Vec::new(),
        guard: kept::block(&kept::refuse_without(&side, &format!("the rows of {}", table.name))),
        unchanged: Vec::new(),
        restored: statements,
        given_up: kept::drop_table(&side),
        id,
    })
}

/// The columns that hold values, in their order.
fn stored_columns<'a>(table: &Id, keeping: &'a Keeping) -> Vec<&'a Column> {
    let columns = keeping.before.below(&Id::new(Kind::Column, table.path.iter()));
    let stored = columns.filter_map(|(_, object)| match object.as_ref() {
        Object::Column(column) if column.generated.is_none() => Some(column.as_ref()),
        _ => None,
    });
    let mut stored: Vec<&Column> = stored.collect();
    stored.sort_by_key(|column| column.position);
    stored
}

/// The numbers of an identity column go on behind those that are there.
fn go_on(table: &str, column: &Column) -> Statement {
    let (of, name) = (sql::literal(table), sql::ident(&column.name));
    Statement::new(format!(
        "SELECT setval(pg_get_serial_sequence({of}, {}), coalesce(max({name}), 1), max({name}) IS NOT NULL)\nFROM {table}",
        sql::literal(&column.name)
    ))
}
