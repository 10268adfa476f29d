//! A file that somebody wrote, run statement by statement where the schema is there: what each does to the catalog, and what
//! it takes.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use postgres::error::SqlState;
use postgres::{Client, Error};

use super::Start;
use crate::lint::written::{Outcome, Ran, Trace};
use crate::model::{Lock, LockMode, Reach, Schema};
use crate::prove::{self, Measured, ProofError, Stage, measured};
use crate::read::catalog::{CatalogError, Reader};
use crate::scratch::script::{make_role, missing_role};
use crate::scratch::{Server, script};
use crate::script::{Piece, pieces, tokens};

/// For how long a statement may run on empty tables before it is taken for one that never ends.
const LIMIT: &str = "SET statement_timeout = '60s'; SET client_min_messages = error";

/// Under UTC, the two types of timestamp are the same bytes; and an index that is read does not count as a table that is.
const STRICT: &str = "SET TimeZone = 'Europe/Berlin'; SET enable_indexscan = off; SET enable_bitmapscan = off";

/// Runs the statements of a text one by one, each in a transaction of its own, so that all that it takes is seen; the
/// transactions of the text itself are passed over. The tables are empty.
///
/// # Errors
/// When the schema can't be built, or the server is gone. What the server refuses of the text is in the trace.
pub fn trace(server: &Server, start: &Start, text: &str) -> Result<Trace, ProofError> {
    let database = match start {
        Start::Schema(schema) => prove::database(server, schema).map_err(|refused| refused.error)?,
        Start::Texts(texts) => script::load(server, texts)?,
    };
    let (mut reading, mut running) = (database.connect()?, database.connect()?);
    running.batch_execute(&format!("{LIMIT}; {STRICT}")).map_err(|error| gone(&error))?;
    let unread = |source: CatalogError| ProofError::Catalog { stage: Stage::Up, source };
    let reader = Reader::new(&mut reading).map_err(unread)?;
    let mut read = || reader.read(&mut reading).map(|it| Arc::new(it.schema)).map_err(unread);
    let mut now: Arc<Schema> = read()?;
    let mut trace = Trace { before: now.clone(), ran: Vec::new() };
    let there = relations(&mut running)?;
    for range in statements(text) {
        let sql = &text[range.clone()];
        let outcome = match run(&mut running, sql)? {
            Seen::Passed => Outcome::Passed,
            Seen::Refused(error) => refused(sql, &error),
            Seen::Done(taken) => {
                let after = read()?;
                // Most data changes leave the schema as it was; one copy of it will do.
                now = if crate::diff::diff(&now, &after).is_empty() { now } else { after };
                let old = |taken: Vec<Measured>| taken.into_iter().filter(|it| there.contains(&it.oid)).map(lock);
                // What reads and writes take keeps nobody waiting who reads and writes.
                let heavy = |it: &Lock| it.mode > LockMode::RowExclusive;
                Outcome::Done { after: now.clone(), taken: taken.map(|it| old(it).filter(heavy).collect()) }
            }
        };
        trace.ran.push(Ran { range, outcome });
    }
    Ok(trace)
}

/// What was seen of a statement.
enum Seen {
    Done(Option<Vec<Measured>>),
    Refused(Error),
    Passed,
}

fn statements(text: &str) -> Vec<Range<usize>> {
    let statement = |piece| match piece {
        Piece::Statement(range) => Some(range),
        _ => None,
    };
    pieces(text).into_iter().filter_map(statement).collect()
}

fn run(client: &mut Client, sql: &str) -> Result<Seen, ProofError> {
    let words: Vec<String> = tokens(sql).into_iter().take(2).map(str::to_lowercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["begin" | "start" | "commit" | "end" | "rollback" | "abort" | "savepoint" | "release", ..]
        | ["prepare", "transaction"] => Ok(Seen::Passed),
        // There is no transaction for which it could hold.
        ["set", "local"] => session(client, &sql.replacen(tokens(sql)[1], "", 1)),
        ["set" | "reset", ..] => session(client, sql),
        _ => measure(client, sql),
    }
}

fn session(client: &mut Client, sql: &str) -> Result<Seen, ProofError> {
    match client.batch_execute(sql) {
        Ok(()) => Ok(Seen::Passed),
        Err(error) => retried(client, sql, error),
    }
}

/// Runs it in a transaction; without one, if PostgreSQL refuses it there.
fn measure(client: &mut Client, sql: &str) -> Result<Seen, ProofError> {
    let mut transaction = client.transaction().map_err(|error| gone(&error))?;
    match measured(&mut transaction, sql) {
        // What a constraint puts off until the end can still refuse.
        Ok(taken) => Ok(match transaction.commit() {
            Ok(()) => Seen::Done(Some(taken)),
            Err(error) => Seen::Refused(error),
        }),
        Err(error) if error.code() == Some(&SqlState::ACTIVE_SQL_TRANSACTION) => {
            drop(transaction);
            Ok(client.batch_execute(sql).map_or_else(Seen::Refused, |()| Seen::Done(None)))
        }
        Err(error) => {
            drop(transaction);
            retried(client, sql, error)
        }
    }
}

/// The same again, when a role that was missing is made.
fn retried(client: &mut Client, sql: &str, error: Error) -> Result<Seen, ProofError> {
    if error.is_closed() {
        return Err(gone(&error));
    }
    let Some(role) = missing_role(&error) else { return Ok(Seen::Refused(error)) };
    match make_role(client, &role) {
        Ok(()) => run(client, sql),
        Err(_) => Ok(Seen::Refused(error)),
    }
}

/// What a refusal comes to: it is no fault of the file, if rows or another machine would have been needed.
fn refused(sql: &str, error: &Error) -> Outcome {
    let reason = error.as_db_error().map_or_else(|| error.to_string(), |answer| answer.message().to_owned());
    let code = error.code().map(SqlState::code).unwrap_or_default();
    let needs_more = ["23", "P0", "57", "58"].iter().any(|class| code.starts_with(class));
    let words: Vec<String> = tokens(sql).into_iter().take(2).map(str::to_lowercase).collect();
    if needs_more || words == ["create", "extension"] {
        return Outcome::Untried(format!("it can't be tried without rows, or on this machine: {reason}"));
    }
    Outcome::Refused(format!("PostgreSQL says: {reason}"))
}

fn relations(client: &mut Client) -> Result<BTreeSet<u32>, ProofError> {
    let rows = client.query("SELECT oid FROM pg_catalog.pg_class", &[]).map_err(|error| gone(&error))?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

fn lock(measured: Measured) -> Lock {
    let Measured { relation: table, mode, scan, rewrite, .. } = measured;
    Lock { table, mode, scan: scan || rewrite, rewrite, reach: Reach::Alone }
}

fn gone(error: &Error) -> ProofError {
    ProofError::Refused { stage: Stage::Up, reason: error.to_string() }
}
