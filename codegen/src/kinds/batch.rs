//! A data change in batches, along the primary key of its table.
//!
//! Source: PostgreSQL documentation, PL/pgSQL, "Transaction Management": a DO block that stands alone can commit.

use super::pair::MOVING;
use super::{Context, Kind, Object};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql;

/// What is done to a table in batches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// What stands behind SET.
    pub set: String,
    /// The condition for a row to be changed, false for those that are done.
    pub only: String,
    /// How many rows are gone through in one transaction.
    pub rows: u32,
    /// How long to rest after each, in milliseconds.
    pub pause_ms: u32,
    /// Whether the values only move to another column, so that triggers of people do not act on it.
    pub is_move: bool,
}

/// The statement that changes the rows of a table in batches. None if no primary key is there before and after, along
/// which it could go.
pub fn batches(context: &Context, table: &Id, batch: &Batch) -> Option<Statement> {
    let key = key(context.to, table).filter(|key| Some(key) == self::key(context.from, table).as_ref())?;
    let [schema, name] = &*table.path else { return None };
    let name = context.style.name(schema, name);
    let lock = |it: Statement| it.lock(table.clone(), LockMode::RowExclusive);
    let in_batches = format!("DO {}", sql::dollar_quoted(&body(&name, &key, batch)));
    if context.style.wrapped && batch.is_move {
        // What moves values has a statement of its own that does it at once and says that it does.
        return None;
    }
    if context.style.wrapped {
        let whole = Statement::new(format!("UPDATE {name} SET {}\n  WHERE {}", batch.set, batch.only));
        return Some(lock(whole).scan().apart().or_by_hand(in_batches));
    }
    let note = "In batches, with a commit after each; run again, it passes over what is done";
    Some(lock(Statement::new(in_batches)).note(note).outside_transaction())
}

/// The columns of the table's primary key.
fn key(schema: &Schema, table: &Id) -> Option<Vec<String>> {
    let mut objects = schema.needed_by(table).filter(|id| id.kind == Kind::PrimaryKey).filter_map(|id| schema.get(id));
    objects.find_map(|object| match object.as_ref() {
        Object::PrimaryKey(key) if object.owner().as_ref() == Some(table) => Some(key.columns.clone()),
        _ => None,
    })
}

/// The loop: from the smallest key on, so many keys at a time. Names that are nobody's column begin with `tablewright_`.
fn body(table: &str, key: &[String], Batch { set, only, rows, pause_ms, is_move }: &Batch) -> String {
    let row = |prefix: &str| {
        let parts = (1..=key.len()).map(|at| format!("{prefix}{at}")).collect::<Vec<_>>();
        format!("({})", parts.join(", "))
    };
    let columns = sql::idents(key);
    let named: Vec<String> =
        key.iter().zip(1..).map(|(column, at)| format!("{} AS tablewright_{at}", sql::ident(column))).collect();
    let (named, low) = (named.join(", "), row("tablewright_low.tablewright_"));
    let rest = if *pause_ms == 0 {
        String::new()
    } else {
        format!("    PERFORM pg_catalog.pg_sleep({}.{:03});\n", pause_ms / 1000, pause_ms % 1000)
    };
    let moving = if *is_move { format!("    {MOVING}\n") } else { String::new() };
    let progress = sql::literal(table);
    format!(
        "
#variable_conflict use_column
DECLARE
  tablewright_low record;
  tablewright_next record;
  tablewright_now bigint;
  tablewright_sum bigint := 0;
BEGIN
  SELECT {named} INTO tablewright_low FROM {table} ORDER BY {columns} LIMIT 1;
  WHILE tablewright_low.tablewright_1 IS NOT NULL LOOP
{moving}    SELECT {named} INTO tablewright_next FROM {table}
      WHERE ({columns}) >= {low} ORDER BY {columns} OFFSET {rows} LIMIT 1;
    WITH tablewright_batch AS MATERIALIZED (
      SELECT {named} FROM {table} WHERE ({columns}) >= {low} ORDER BY {columns} LIMIT {rows}
    )
    UPDATE {table} SET {set}
      FROM tablewright_batch
      WHERE ({columns}) = {batch} AND ({only});
    GET DIAGNOSTICS tablewright_now = ROW_COUNT;
    tablewright_sum := tablewright_sum + tablewright_now;
    COMMIT;
    RAISE NOTICE '% rows of % changed', tablewright_sum, {progress};
{rest}    tablewright_low := tablewright_next;
  END LOOP;
END
",
        batch = row("tablewright_batch.tablewright_"),
    )
}
