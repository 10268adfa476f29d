//! A live database as a schema.
//!
//! One query for each kind and two for the rest, whatever the number of tables, in a read-only transaction that sees one
//! moment. Knows no kind: what is read of each is in its file.

mod address;
mod found;
mod moved;
mod printed;
mod row;
mod said;
mod together;
mod unmodelled;

use std::collections::{BTreeMap, BTreeSet};

use postgres::fallible_iterator::FallibleIterator;
use postgres::types::Type;
use postgres::{Client, IsolationLevel, Row, Transaction};

use crate::kinds::{Kind, catalog_query, presence_query};
use crate::model::{Duplicate, Schema};
use found::{Found, Placed};
pub use together::catalog_by_two;

/// What a database holds.
#[derive(Clone, Debug, Default)]
pub struct CatalogReading {
    /// The objects of the kinds that there are.
    pub schema: Schema,
    /// How many things there are that no kind describes, by what they are: `materialized view`, `grant`.
    pub unmodelled: BTreeMap<String, usize>,
    /// The kinds of which the role that reads may not read all. They are counted as unmodelled, too.
    pub hidden: BTreeSet<Kind>,
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
    /// Every reading was overtaken by a schema change.
    #[error(
        "the schema was changed while it was read, {tries} times in a row, so that no reading shows one moment; \
         read again when no migration runs"
    )]
    Moving {
        /// How often it was read.
        tries: usize,
    },
}

/// Reads everything outside of PostgreSQL's own schemas, without what belongs to extensions.
///
/// # Errors
/// When the server refuses a query, or answers with something that no kind understands.
pub fn catalog(client: &mut Client) -> Result<CatalogReading, CatalogError> {
    Reader::unprepared().read(client)
}

/// The queries as one session runs them.
pub struct Reader {
    presence: String,
    /// Who needs whom, and what no kind describes.
    always: [String; 2],
    /// In the order of [`Kind::ALL`].
    of_kinds: Vec<String>,
}

impl Reader {
    /// Prepares the queries, for whoever reads one database again and again: planning takes most of the time where a
    /// database is small. The connection that prepared them is the one that runs them; it can have one reader.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn new(client: &mut Client) -> Result<Self, CatalogError> {
        let refused = |source| CatalogError::Query { what: "anything", source };
        let mut transaction = client.transaction().map_err(refused)?;
        transaction.batch_execute(SETTINGS).map_err(refused)?;
        let (mut prepared, mut statements) = (Self::unprepared(), Vec::new());
        for (at, query) in prepared.queries().enumerate() {
            statements.push(format!("PREPARE tablewright_{at} AS\n{query}"));
            *query = format!("EXECUTE tablewright_{at}");
        }
        transaction.batch_execute(&statements.join(";\n")).map_err(refused)?;
        transaction.commit().map_err(refused)?;
        Ok(prepared)
    }

    fn unprepared() -> Self {
        Self {
            presence: presence_query(),
            always: [found::dependencies(), found::unmodelled()],
            of_kinds: Kind::ALL.iter().map(|kind| catalog_query(*kind)).collect(),
        }
    }

    fn queries(&mut self) -> impl Iterator<Item = &mut String> {
        [&mut self.presence].into_iter().chain(&mut self.always).chain(&mut self.of_kinds)
    }

    /// Reads one moment; again, if the schema is changed meanwhile.
    ///
    /// # Errors
    /// See [`catalog`].
    pub fn read(&self, client: &mut Client) -> Result<CatalogReading, CatalogError> {
        moved::until_still(client, |client| self.read_once(client, |transaction| self.read_within(transaction)))
    }

    /// Nothing, if the schema was changed meanwhile.
    fn read_once(
        &self,
        client: &mut Client,
        read: impl FnOnce(&mut Transaction) -> Result<CatalogReading, CatalogError>,
    ) -> Result<Option<CatalogReading>, CatalogError> {
        let refused = |source| CatalogError::Query { what: "one moment", source };
        let start = client.build_transaction().read_only(true).isolation_level(IsolationLevel::RepeatableRead);
        let mut transaction = start.start().map_err(refused)?;
        let reading = read(&mut transaction)?;
        let seen = moved::seen(&mut transaction)?;
        transaction.commit().map_err(refused)?;
        let is_still = match seen {
            None => true,
            Some(seen) => seen == moved::now(client)?,
        };
        Ok(is_still.then_some(reading))
    }

    /// Like [`Reader::read`], but within a transaction, of which it also sees what is not yet committed.
    ///
    /// It leaves the search path of the transaction empty.
    ///
    /// # Errors
    /// See [`catalog`].
    pub fn read_within(&self, transaction: &mut Transaction) -> Result<CatalogReading, CatalogError> {
        let work = self.work(transaction)?;
        let mut found = Found::default();
        work.before.iter().try_for_each(|task| task.run(transaction, &mut found))?;
        work.hung(transaction, found.placed())
    }

    /// What there is to be read of this database.
    fn work(&self, transaction: &mut Transaction) -> Result<Work<'_>, CatalogError> {
        let refused = |source| CatalogError::Query { what: "the objects", source };
        let presence = transaction.simple_query(&format!("{SETTINGS}; {}", self.presence)).map_err(refused)?;
        let all =
            Kind::ALL.iter().copied().zip(self.of_kinds.iter().map(String::as_str)).zip(found::presence(&presence));
        let there = all.filter_map(|(query, is_there)| is_there.then_some(query));
        let (hanging, own): (Vec<_>, Vec<_>) = there.partition(|(kind, _)| kind.hangs_on_others());
        let [dependencies, unmodelled] = &self.always;
        let always = [Task::Dependencies(dependencies), Task::Unmodelled(unmodelled)];
        let own = own.into_iter().map(|(kind, query)| Task::Objects(kind, query));
        Ok(Work { before: always.into_iter().chain(own).collect(), hanging })
    }
}

/// The queries for one database.
struct Work<'a> {
    /// Those that need no other.
    before: Vec<Task<'a>>,
    /// Those for what hangs on others, which have to be there.
    hanging: Vec<(Kind, &'a str)>,
}

impl Work<'_> {
    /// The rest, and all of it together.
    fn hung(&self, transaction: &mut Transaction, mut placed: Placed) -> Result<CatalogReading, CatalogError> {
        for (kind, query) in &self.hanging {
            each_row(transaction, query, |row| placed.hanging(*kind, row))?;
        }
        placed.reading()
    }
}

/// One query, and what its rows tell.
enum Task<'a> {
    Dependencies(&'a str),
    Unmodelled(&'a str),
    Objects(Kind, &'a str),
}

impl Task<'_> {
    fn run(&self, transaction: &mut Transaction, found: &mut Found) -> Result<(), CatalogError> {
        match self {
            Task::Dependencies(query) => each_row(transaction, query, |row| found.dependency(row)),
            Task::Unmodelled(query) => each_row(transaction, query, |row| found.unmodelled(row)),
            Task::Objects(kind, query) => each_row(transaction, query, |row| found.object(*kind, row)),
        }
    }
}

/// Runs a query and lets go of each row when it is understood, while the server works on the next ones.
fn each_row(
    transaction: &mut Transaction,
    query: &str,
    mut understand: impl FnMut(&Row) -> Result<(), CatalogError>,
) -> Result<(), CatalogError> {
    let refused = |source| CatalogError::Query { what: "the objects", source };
    let mut rows = transaction.query_typed_raw(query, NOTHING).map_err(refused)?;
    while let Some(row) = rows.next().map_err(refused)? {
        understand(&row)?;
    }
    Ok(())
}

/// No query has a parameter.
const NOTHING: [(bool, Type); 0] = [];

/// Makes names print in full, and plans fit for tables of which every row is wanted.
const SETTINGS: &str = "SET LOCAL search_path = ''; SET LOCAL jit = off; SET LOCAL enable_nestloop = off; \
    SET LOCAL work_mem = '64MB'";

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
