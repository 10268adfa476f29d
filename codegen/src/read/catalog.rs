//! A live database as a schema.
//!
//! One query for all kinds and one for the rest, whatever the number of tables, in one read-only transaction that sees
//! one moment. Knows no kind: what is read of each is in its file.

mod unmodelled;

use std::collections::BTreeMap;

use postgres::{Client, IsolationLevel, Row, Statement, Transaction};

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
    Reader::new(client)?.read(client)
}

/// The queries, prepared: for whoever reads one database again and again, since preparing takes most of the time.
pub struct Reader {
    objects: Statement,
    unmodelled: Statement,
}

impl Reader {
    /// Prepares the queries. The connection that prepared them is the one that runs them.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn new(client: &mut Client) -> Result<Self, CatalogError> {
        let refused = |source| CatalogError::Query { what: "anything", source };
        let mut transaction = client.transaction().map_err(refused)?;
        leave_search_path(&mut transaction)?;
        let objects = transaction.prepare(&catalog_query()).map_err(refused)?;
        let unmodelled = transaction.prepare(&unmodelled::query()).map_err(refused)?;
        transaction.commit().map_err(refused)?;
        Ok(Self { objects, unmodelled })
    }

    /// Reads one moment.
    ///
    /// # Errors
    /// See [`catalog`].
    pub fn read(&self, client: &mut Client) -> Result<CatalogReading, CatalogError> {
        let refused = |source| CatalogError::Query { what: "one moment", source };
        let start = client.build_transaction().read_only(true).isolation_level(IsolationLevel::RepeatableRead);
        let mut transaction = start.start().map_err(refused)?;
        let reading = self.read_within(&mut transaction)?;
        transaction.commit().map_err(refused)?;
        Ok(reading)
    }

    /// Like [`Reader::read`], but within a transaction, of which it also sees what is not yet committed.
    ///
    /// It leaves the search path of the transaction empty.
    ///
    /// # Errors
    /// See [`catalog`].
    pub fn read_within(&self, transaction: &mut Transaction) -> Result<CatalogReading, CatalogError> {
        leave_search_path(transaction)?;
        let rows = |transaction: &mut Transaction, what, query| {
            transaction.query(query, &[]).map_err(|source| CatalogError::Query { what, source })
        };
        let objects = rows(transaction, "the objects", &self.objects)?;
        let objects: Vec<Object> = objects.iter().map(object).collect::<Result<_, _>>()?;
        let mut unmodelled = BTreeMap::new();
        for row in rows(transaction, "what no kind describes", &self.unmodelled)? {
            *unmodelled.entry(row.get(0)).or_default() += 1;
        }
        let schema = Schema::new(objects).map_err(CatalogError::Duplicates)?;
        Ok(CatalogReading { schema, unmodelled })
    }
}

fn leave_search_path(transaction: &mut Transaction) -> Result<(), CatalogError> {
    let set = transaction.batch_execute("SET LOCAL search_path = ''");
    set.map_err(|source| CatalogError::Query { what: "anything", source })
}

fn object(row: &Row) -> Result<Object, CatalogError> {
    let (number, json): (i32, &str) = (row.get(0), row.get(1));
    let unreadable = |source| CatalogError::Row { json: json.to_owned(), source };
    match usize::try_from(number).ok().and_then(|number| Kind::ALL.get(number)) {
        Some(kind) => kind.read(json).map_err(unreadable),
        None => Err(unreadable(serde::de::Error::custom(format!("there is no kind {number}")))),
    }
}

/// What the server says, with its hint; the frame of the driver's own error hides it.
fn reason(error: &postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), |answer| answer.message().to_owned())
}

fn list(duplicates: &[Duplicate]) -> String {
    duplicates.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
