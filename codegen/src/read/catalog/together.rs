//! Reading over two sessions that see one moment: a server gives each session one processor, and so do we.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use postgres::{Client, IsolationLevel, Transaction};

use super::found::Found;
use super::{CatalogError, CatalogReading, Reader, SETTINGS, Work, moved};
use crate::sql;

/// Like [`catalog`](super::catalog), with a second session on the same database that helps. Where the two can't see one
/// moment, the first reads alone.
///
/// # Errors
/// See [`catalog`](super::catalog).
pub fn catalog_by_two(client: &mut Client, helper: &mut Client) -> Result<CatalogReading, CatalogError> {
    let reader = Reader::unprepared();
    let both = moved::until_still(client, |client| {
        reader.read_once(client, |transaction| shared(&reader, transaction, helper))
    });
    // What is wrong with the database is wrong for one session, too.
    both.or_else(|_| reader.read(client))
}

/// Whoever is done with a query takes the next one.
fn shared(reader: &Reader, leader: &mut Transaction, helper: &mut Client) -> Result<CatalogReading, CatalogError> {
    let refused = |source| CatalogError::Query { what: "one moment", source };
    let work = reader.work(leader)?;
    let snapshot: String = leader.query_one("SELECT pg_catalog.pg_export_snapshot()", &[]).map_err(refused)?.get(0);
    let start = helper.build_transaction().read_only(true).isolation_level(IsolationLevel::RepeatableRead);
    let mut follower = start.start().map_err(refused)?;
    follower
        .batch_execute(&format!("SET TRANSACTION SNAPSHOT {}; {SETTINGS}", sql::literal(&snapshot)))
        .map_err(refused)?;
    let next = AtomicUsize::new(0);
    let (ours, theirs) = thread::scope(|scope| {
        let theirs = scope.spawn(|| part(&work, &mut follower, &next));
        let ours = part(&work, leader, &next);
        // A thread that panics has said so.
        (ours, theirs.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let mut found = ours?;
    found.join(theirs?);
    follower.commit().map_err(refused)?;
    work.hung(leader, found.placed())
}

fn part(work: &Work, transaction: &mut Transaction, next: &AtomicUsize) -> Result<Found, CatalogError> {
    let mut found = Found::default();
    while let Some(task) = work.before.get(next.fetch_add(1, Ordering::Relaxed)) {
        task.run(transaction, &mut found)?;
    }
    Ok(found)
}
