//! A live database as a schema.
//!
//! One query for all kinds and one for the rest, whatever the number of tables, in one read-only transaction that sees
//! one moment. Knows no kind: what is read of each is in its file.

mod address;
mod unmodelled;

use std::collections::BTreeMap;
use std::sync::Arc;

use postgres::{Client, IsolationLevel, Row, Statement, Transaction};

use crate::kinds::{Kind, Object, catalog_query};
use crate::model::{Duplicate, Schema};
use address::{Addresses, Dependencies};

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
    dependencies: Statement,
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
        let dependencies = transaction.prepare(address::DEPENDENCIES).map_err(refused)?;
        let unmodelled = transaction.prepare(&unmodelled::query()).map_err(refused)?;
        transaction.commit().map_err(refused)?;
        Ok(Self { objects, dependencies, unmodelled })
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
        let found = rows(transaction, "the objects", &self.objects)?;
        let dependencies = Dependencies::of(&rows(transaction, "who needs whom", &self.dependencies)?);
        let mut unmodelled = BTreeMap::new();
        for row in rows(transaction, "what no kind describes", &self.unmodelled)? {
            *unmodelled.entry(row.get(0)).or_default() += 1;
        }
        let (objects, addresses) = objects(&found, &dependencies, &mut unmodelled)?;
        let known = Arc::new(dependencies.resolved(&addresses));
        let schema = Schema::knowing(objects, known).map_err(CatalogError::Duplicates)?;
        Ok(CatalogReading { schema, unmodelled })
    }
}

fn leave_search_path(transaction: &mut Transaction) -> Result<(), CatalogError> {
    let set = transaction.batch_execute("SET LOCAL search_path = ''");
    set.map_err(|source| CatalogError::Query { what: "anything", source })
}

/// The objects of all rows: first those that are there by themselves, then those that hang on them.
fn objects(
    rows: &[Row],
    dependencies: &Dependencies,
    unmodelled: &mut BTreeMap<String, usize>,
) -> Result<(Vec<Arc<Object>>, Addresses), CatalogError> {
    let (mut objects, mut addresses, mut hanging) = (Vec::new(), Addresses::default(), Vec::new());
    for row in rows {
        let (kind, address, json) = (kind(row)?, address::of(row, 1), row.get::<_, &str>(4));
        if kind.hangs_on_others() {
            hanging.push((kind, address, json));
            continue;
        }
        let object = kind.read(json).map_err(|source| unreadable(json, source))?;
        addresses.insert(address, object.id());
        objects.push(Arc::new(object));
    }
    for (kind, address, json) in hanging {
        match addresses.hang(address, json, dependencies).map_err(|source| unreadable(json, source))? {
            Some(json) => objects.push(Arc::new(kind.read(&json).map_err(|source| unreadable(&json, source))?)),
            None => *unmodelled.entry(format!("{} on something else", kind.name())).or_default() += 1,
        }
    }
    Ok((objects, addresses))
}

fn kind(row: &Row) -> Result<Kind, CatalogError> {
    let number: i32 = row.get(0);
    let known = usize::try_from(number).ok().and_then(|number| Kind::ALL.get(number));
    known.copied().ok_or_else(|| unreadable(row.get(4), serde::de::Error::custom(format!("there is no kind {number}"))))
}

fn unreadable(json: &str, source: serde_json::Error) -> CatalogError {
    CatalogError::Row { json: json.to_owned(), source }
}

/// What the server says, with its hint; the frame of the driver's own error hides it.
fn reason(error: &postgres::Error) -> String {
    if error.is_closed() {
        return "the server ended the connection; see its log, and try again".to_owned();
    }
    error.as_db_error().map_or_else(|| error.to_string(), |answer| answer.message().to_owned())
}

fn list(duplicates: &[Duplicate]) -> String {
    duplicates.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
