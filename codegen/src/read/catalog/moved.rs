//! Whether the catalog was changed while it was read.
//!
//! The queries see one moment. But what PostgreSQL prints itself (a view, the key of an index, the name of a type) is
//! looked up in the newest catalog, whatever the query sees, so that a reading during a schema change can be of no
//! moment at all (PostgreSQL source, syscache.c and ruleutils.c).

use postgres::error::SqlState;
use postgres::{Client, IsolationLevel, SimpleQueryMessage, Transaction};

use super::{CatalogError, SETTINGS};

/// How often a database is read before we give up on one that changes all the time.
const TRIES: usize = 5;

/// Tries until the catalog stays as it is while it is read; an attempt that saw it change gives nothing.
///
/// # Errors
/// What an attempt says, unless the next one may do better, and [`CatalogError::Moving`].
pub fn until_still<T>(
    client: &mut Client,
    mut attempt: impl FnMut(&mut Client) -> Result<Option<T>, CatalogError>,
) -> Result<T, CatalogError> {
    let mut at_last_fault = None;
    for _ in 0..TRIES {
        match attempt(client) {
            Ok(Some(whole)) => return Ok(whole),
            Ok(None) => {}
            Err(error) if may_be_torn(&error) => {
                let now = now(client)?;
                // Two faults around a catalog that did not change are faults of the catalog.
                if at_last_fault.replace(now.clone()) == Some(now) {
                    return Err(error);
                }
            }
            Err(error) => return Err(error),
        }
    }
    Err(CatalogError::Moving { tries: TRIES })
}

/// What the catalogs say to a transaction that has read them, if anything was changed in them since it began.
///
/// # Errors
/// When the server refuses.
pub fn seen(transaction: &mut Transaction) -> Result<Option<String>, CatalogError> {
    let is_touched = answer(&transaction.simple_query(&touched()).map_err(refused)?) == "t";
    is_touched.then(|| transaction.simple_query(&fingerprint()).map(|said| answer(&said))).transpose().map_err(refused)
}

/// What the catalogs say now.
///
/// # Errors
/// When the server refuses.
pub fn now(client: &mut Client) -> Result<String, CatalogError> {
    let start = client.build_transaction().read_only(true).isolation_level(IsolationLevel::RepeatableRead);
    let mut transaction = start.start().map_err(refused)?;
    let said = transaction.simple_query(&format!("{SETTINGS}; {}", fingerprint())).map_err(refused)?;
    transaction.commit().map_err(refused)?;
    Ok(answer(&said))
}

/// Whether it can come of a schema change: something that is looked up is there no longer, or not yet.
fn may_be_torn(error: &CatalogError) -> bool {
    let CatalogError::Query { source, .. } = error else { return true };
    source.code().is_some_and(|state| {
        let is_missing = state.code().starts_with("42") && *state != SqlState::INSUFFICIENT_PRIVILEGE;
        // The last two are how a query ends that stands in the way of a change, or of what a standby replays.
        let others = [SqlState::INTERNAL_ERROR, SqlState::T_R_DEADLOCK_DETECTED, SqlState::T_R_SERIALIZATION_FAILURE];
        is_missing || others.contains(state)
    })
}

/// The catalogs that PostgreSQL looks into while it prints, and how to tell the rows of temporary tables, which come and
/// go all the time.
const CATALOGS: [(&str, &str); 22] = [
    ("pg_class", "oid IN (SELECT oid FROM lasting)"),
    ("pg_attribute", "attrelid IN (SELECT oid FROM lasting)"),
    ("pg_attrdef", "adrelid IN (SELECT oid FROM lasting)"),
    ("pg_index", "indrelid IN (SELECT oid FROM lasting)"),
    ("pg_partitioned_table", "partrelid IN (SELECT oid FROM lasting)"),
    ("pg_rewrite", "ev_class IN (SELECT oid FROM lasting)"),
    ("pg_trigger", "tgrelid IN (SELECT oid FROM lasting)"),
    ("pg_constraint", "connamespace IN (SELECT oid FROM place)"),
    ("pg_type", "typnamespace IN (SELECT oid FROM place)"),
    ("pg_namespace", "oid IN (SELECT oid FROM place)"),
    ("pg_aggregate", "true"),
    ("pg_am", "true"),
    ("pg_collation", "true"),
    ("pg_enum", "true"),
    ("pg_language", "true"),
    ("pg_opclass", "true"),
    ("pg_operator", "true"),
    ("pg_opfamily", "true"),
    ("pg_proc", "true"),
    ("pg_statistic_ext", "true"),
    ("pg_ts_config", "true"),
    ("pg_ts_dict", "true"),
];

/// Whether there is a row that this transaction sees and that somebody removed or replaced, or tried to: it bears the
/// number of who did. What is only new is in nobody's way.
fn touched() -> String {
    let any: Vec<String> =
        CATALOGS.iter().map(|(catalog, _)| format!("EXISTS (SELECT FROM {catalog} WHERE xmax <> 0)")).collect();
    format!("SELECT {}", any.join(" OR "))
}

/// The sum over all rows of a hash of who wrote them.
///
/// Of a table, rather what is looked up, since each `TRUNCATE` writes the row of its table anew.
fn fingerprint() -> String {
    let rows: Vec<String> = CATALOGS
        .iter()
        .map(|(catalog, lasting)| {
            let said = if *catalog == "pg_class" { OF_RELATION } else { "xmin" };
            format!("SELECT concat_ws(' ', tableoid, {said}) FROM {catalog} WHERE {lasting}")
        })
        .collect();
    format!(
        "WITH place AS (SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_(temp|toast)'),
        lasting AS (SELECT oid FROM pg_class WHERE relnamespace IN (SELECT oid FROM place))
        SELECT sum(hashtextextended(text, 0)) FROM (\n{}\n) AS rows(text)",
        rows.join("\nUNION ALL ")
    )
}

const OF_RELATION: &str =
    "oid, relname, relnamespace, relkind, relam, reltablespace, relnatts, relispartition, reloptions";

/// The one value of an answer.
fn answer(said: &[SimpleQueryMessage]) -> String {
    let row = said.iter().find_map(|message| if let SimpleQueryMessage::Row(row) = message { Some(row) } else { None });
    row.and_then(|row| row.get(0)).unwrap_or_default().to_owned()
}

fn refused(source: postgres::Error) -> CatalogError {
    CatalogError::Query { what: "whether anything changed", source }
}
