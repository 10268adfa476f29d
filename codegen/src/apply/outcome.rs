//! Whether a statement outside of transactions has happened, that had begun when a run was cut off.

use postgres::{Client, Error};

use super::sort::Sort;
use crate::sql::ident;

/// What is known of a statement that had begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It has happened.
    Done,
    /// It has not, and can be run again after these statements.
    Again(Vec<String>),
    /// It has happened but for the last step, which these statements do.
    Finish(Vec<String>),
    /// It can't be seen.
    Unknown,
}

/// What stands in the place of what a statement makes or removes; to be noted before it begins.
///
/// # Errors
/// What the server refuses.
pub fn found(client: &mut Client, sort: &Sort) -> Result<Option<String>, Error> {
    match sort {
        Sort::CreateIndex { index: Some(index), table } => index_state(client, index, table),
        Sort::DropIndex(index) => {
            let there = client.query_one("SELECT to_regclass($1) IS NOT NULL", &[index])?.try_get(0)?;
            Ok(Some(if there { "there" } else { "absent" }.to_owned()))
        }
        Sort::Detach { parent, partition } => attachment(client, parent, partition),
        _ => Ok(None),
    }
}

/// Whether a statement that had begun has happened. `before` is what was noted when it began.
///
/// # Errors
/// What the server refuses.
pub fn outcome(client: &mut Client, sort: &Sort, before: Option<&str>) -> Result<Outcome, Error> {
    let now = found(client, sort)?;
    let again = Outcome::Again(Vec::new());
    Ok(match (sort, before, now.as_deref()) {
        (
            Sort::CreateIndex { index: None, .. }
            | Sort::Ordinary
            | Sort::Session(_)
            | Sort::Control(_)
            | Sort::Discard,
            _,
            _,
        ) => Outcome::Unknown,
        (Sort::CreateIndex { .. }, Some("valid"), _) => again,
        (Sort::CreateIndex { .. }, _, Some("valid")) => Outcome::Done,
        (Sort::CreateIndex { .. } | Sort::Reindex { .. }, _, _) => Outcome::Again(leftovers(client, sort)?),
        (Sort::DropIndex(_), Some("there"), Some("absent")) => Outcome::Done,
        (Sort::Detach { .. }, Some("attached" | "pending"), Some("detached")) => Outcome::Done,
        (Sort::Detach { parent, partition }, _, Some("pending")) => {
            Outcome::Finish(vec![format!("ALTER TABLE {parent} DETACH PARTITION {partition} FINALIZE")])
        }
        _ => again,
    })
}

/// What removes the invalid indexes that an earlier attempt has left.
///
/// # Errors
/// What the server refuses.
pub fn leftovers(client: &mut Client, sort: &Sort) -> Result<Vec<String>, Error> {
    let query = "
        SELECT n.nspname::text, c.relname::text
        FROM pg_index AS i
        JOIN pg_class AS c ON c.oid = i.indexrelid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE NOT i.indisvalid AND c.relkind = 'i'
          AND i.indrelid = CASE WHEN $1 THEN (SELECT indrelid FROM pg_index WHERE indexrelid = to_regclass($2)) ELSE to_regclass($2) END
          AND CASE WHEN $3::text IS NULL THEN c.relname ~ '_cc(new|old)[0-9]*$' ELSE c.relname = (parse_ident($3))[1]::name END
          AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index AS p WHERE p.index_relid = i.indexrelid)
        ORDER BY 1, 2";
    let (is_index, table, name) = match sort {
        Sort::CreateIndex { index: Some(index), table } => (false, table, Some(index)),
        Sort::Reindex { is_index, name } => (*is_index, name, None),
        _ => return Ok(Vec::new()),
    };
    let rows = client.query(query, &[&is_index, table, &name])?;
    let dropped = |row: &postgres::Row| {
        let (schema, name): (&str, &str) = (row.get(0), row.get(1));
        format!("DROP INDEX CONCURRENTLY {}.{}", ident(schema), ident(name))
    };
    Ok(rows.iter().map(dropped).collect())
}

/// An index of this name on this table: `absent`, `valid` or `invalid`.
fn index_state(client: &mut Client, index: &str, table: &str) -> Result<Option<String>, Error> {
    let query = "
        SELECT i.indisvalid FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
        WHERE i.indrelid = to_regclass($1) AND c.relname = (parse_ident($2))[1]::name";
    let row = client.query_opt(query, &[&table, &index])?;
    let state = match row.map(|row| row.try_get(0)).transpose()? {
        None => "absent",
        Some(true) => "valid",
        Some(false) => "invalid",
    };
    Ok(Some(state.to_owned()))
}

/// A partition of this table: `attached`, `pending` or `detached`.
fn attachment(client: &mut Client, parent: &str, partition: &str) -> Result<Option<String>, Error> {
    let query =
        "SELECT inhdetachpending FROM pg_inherits WHERE inhparent = to_regclass($1) AND inhrelid = to_regclass($2)";
    let row = client.query_opt(query, &[&parent, &partition])?;
    let state = match row.map(|row| row.try_get(0)).transpose()? {
        None => "detached",
        Some(true) => "pending",
        Some(false) => "attached",
    };
    Ok(Some(state.to_owned()))
}
