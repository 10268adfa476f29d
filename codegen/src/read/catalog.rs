//! A live database as a schema.
//!
//! One query for all kinds and one for the rest, whatever the number of tables, in one read-only transaction that sees
//! one moment. Knows no kind: what is read of each is in its file.

mod unmodelled;

use std::collections::BTreeMap;

use postgres::{Client, GenericClient, IsolationLevel, SimpleQueryMessage, SimpleQueryRow};

use crate::kinds::{Kind, Object, catalog_query};
use crate::model::{Duplicate, Schema};

/// What a database holds.
#[derive(Clone, Debug, Default)]
pub struct CatalogReading {
    /// The objects of the kinds that there are.
    pub schema: Schema,
    /// How many things there are that no kind describes, by what they are: `materialized view`, `grant`.
    pub unmodelled: BTreeMap<String, usize>,
}

/// Why a database could not be read.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// The server or the connection refused.
    #[error("can't read {what} from the catalog: {}", reason(source))]
    Query {
        /// What was being read.
        what: &'static str,
        /// The refusal.
        source: postgres::Error,
    },
    /// A row is not what its kind expects, which is a fault of the kind's query.
    #[error("can't understand what the catalog describes as {json}: {source}")]
    Row {
        /// The row.
        json: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// Two rows describe one object.
    #[error("the catalog was read wrongly: {}", list(.0))]
    Duplicates(Vec<Duplicate>),
}

/// Reads everything outside of PostgreSQL's own schemas, without what belongs to extensions.
///
/// # Errors
/// When the server refuses a query, or answers with something that no kind understands.
pub fn catalog(client: &mut Client) -> Result<CatalogReading, CatalogError> {
    let refused = |source| CatalogError::Query { what: "one moment", source };
    let start = client.build_transaction().read_only(true).isolation_level(IsolationLevel::RepeatableRead);
    let mut transaction = start.start().map_err(refused)?;
    let reading = catalog_within(&mut transaction)?;
    transaction.commit().map_err(refused)?;
    Ok(reading)
}

/// Like [`catalog`], but within a transaction, of which it also sees what is not yet committed.
///
/// It leaves the search path of the transaction empty.
///
/// # Errors
/// See [`catalog`].
pub fn catalog_within(transaction: &mut impl GenericClient) -> Result<CatalogReading, CatalogError> {
    rows(transaction, "the search path", "SET LOCAL search_path = ''")?;
    let objects = rows(transaction, "the objects", &catalog_query())?;
    let objects: Vec<Object> = objects.iter().map(object).collect::<Result<_, _>>()?;
    let schema = Schema::new(objects).map_err(CatalogError::Duplicates)?;
    Ok(CatalogReading { schema, unmodelled: count_unmodelled(transaction)? })
}

fn object(row: &SimpleQueryRow) -> Result<Object, CatalogError> {
    let (number, json) = (row.get(0).unwrap_or_default(), row.get(1).unwrap_or_default());
    let kind = number.parse().ok().and_then(|number: usize| Kind::ALL.get(number));
    let unreadable = |source| CatalogError::Row { json: json.to_owned(), source };
    match kind {
        Some(kind) => kind.read(json).map_err(unreadable),
        None => Err(unreadable(serde::de::Error::custom(format!("there is no kind {number}")))),
    }
}

fn count_unmodelled(transaction: &mut impl GenericClient) -> Result<BTreeMap<String, usize>, CatalogError> {
    let mut counts = BTreeMap::new();
    for row in rows(transaction, "what no kind describes", &unmodelled::query())? {
        *counts.entry(row.get(0).unwrap_or_default().to_owned()).or_default() += 1;
    }
    Ok(counts)
}

fn rows(client: &mut impl GenericClient, what: &'static str, query: &str) -> Result<Vec<SimpleQueryRow>, CatalogError> {
    let messages = client.simple_query(query).map_err(|source| CatalogError::Query { what, source })?;
    let rows = messages.into_iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    });
    Ok(rows.collect())
}

/// What the server says, with its hint; the frame of the driver's own error hides it.
fn reason(error: &postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), |answer| answer.message().to_owned())
}

fn list(duplicates: &[Duplicate]) -> String {
    duplicates.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
