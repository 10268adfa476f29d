//! How much there is, in a database, of what would be lost.

use std::collections::BTreeMap;

use postgres::Client;

use crate::kinds::Kind;
use crate::model::Id;
use crate::plan::Count;
use crate::sql::{self, Style};

/// How long one count may take before the server's own estimate is taken instead, as `statement_timeout` wants it.
const PATIENCE: &str = "10s";

/// The rows of tables, and the values of columns that are not NULL. What is not there is left out; what this role may not
/// read is estimated. The session only reads from then on.
///
/// # Errors
/// When the server is gone.
pub fn counts(client: &mut Client, ids: &[Id]) -> Result<BTreeMap<Id, Count>, postgres::Error> {
    let patience = sql::literal(PATIENCE);
    client.batch_execute(&format!("SET default_transaction_read_only = on; SET statement_timeout = {patience}"))?;
    Ok(ids.iter().filter_map(|id| Some((id.clone(), count(client, id)?))).collect())
}

fn count(client: &mut Client, id: &Id) -> Option<Count> {
    let what = match id.kind {
        Kind::Table => "*".to_owned(),
        Kind::Column => sql::ident(id.name()),
        _ => return None,
    };
    let table = Style::default().name(&id.path[0], &id.path[1]);
    let exact = client.query_one(&format!("SELECT count({what}) FROM {table}"), &[]);
    let (row, exact) = match exact {
        Ok(row) => (row, true),
        Err(_) => (client.query_one(&estimate(id), &[]).ok()?, false),
    };
    let rows: i64 = row.try_get(0).ok()?;
    Some(Count { rows: u64::try_from(rows).ok()?, exact })
}

/// Rows as the server estimates them, and the part of them that is not NULL.
fn estimate(id: &Id) -> String {
    let [schema, table] = [0, 1].map(|at| sql::literal(&id.path[at]));
    let column = if id.kind == Kind::Column { sql::literal(id.name()) } else { "NULL".to_owned() };
    format!(
        "SELECT (greatest(c.reltuples, 0) * (1 - coalesce(s.null_frac, 0)))::bigint \
         FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace \
         LEFT JOIN pg_catalog.pg_stats AS s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = {column} \
         WHERE n.nspname = {schema} AND c.relname = {table}"
    )
}
