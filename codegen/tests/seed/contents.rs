//! What tables hold.

use std::collections::BTreeMap;

use codegen::model::Id;
use codegen::sql::literal;
use postgres::Client;

/// The rows of every table of the schema `public` as sorted lines, without some columns.
pub fn contents(client: &mut Client, without: &[Id]) -> BTreeMap<String, Vec<String>> {
    let tables = "SELECT relname::text FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1";
    let tables: Vec<String> = client.query(tables, &[]).unwrap().iter().map(|row| row.get(0)).collect();
    let contents: BTreeMap<String, Vec<String>> =
        tables.into_iter().map(|table| (table.clone(), rows(client, &table, without))).collect();
    assert!(contents.values().filter(|rows| !rows.is_empty()).count() > 5, "there are too few rows to tell anything");
    contents
}

fn rows(client: &mut Client, table: &str, without: &[Id]) -> Vec<String> {
    let columns = without.iter().filter(|id| id.path[1] == table);
    let columns: Vec<String> = columns.map(|id| literal(id.name())).collect();
    let query = format!(
        "SELECT (to_jsonb(it) - ARRAY[{}]::text[])::text FROM {} AS it ORDER BY 1",
        columns.join(", "),
        codegen::sql::ident(table)
    );
    client.query(&query, &[]).unwrap().iter().map(|row| row.get(0)).collect()
}
