//! How a long statement stands, seen through a second connection.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use postgres::{Client, Error};

use super::teller::Tell;
use crate::connect::{self, Target};

/// A statement that takes less is not worth a connection.
const PATIENCE: Duration = Duration::from_secs(2);

const PAUSE: Duration = Duration::from_secs(1);

/// Runs something in the session `pid` and says meanwhile how it stands, if it takes long. `head` says what it is.
pub fn watched<T>(target: &Target, pid: i32, tell: &Tell, head: &str, run: impl FnOnce() -> T) -> T {
    let (running, over) = channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || watch(target, pid, tell, head, &over));
        let result = run();
        drop(running);
        result
    })
}

/// A server that lets nobody look is not asked again: the statement itself will tell how it ended.
fn watch(target: &Target, pid: i32, tell: &Tell, head: &str, over: &Receiver<()>) {
    let start = Instant::now();
    if over.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
        return;
    }
    let mut client = connect::connect(target).ok();
    loop {
        let seen = client.as_mut().map(|client| look(client, pid));
        let seen = match seen {
            Some(Ok(seen)) => seen,
            Some(Err(_)) => {
                client = None;
                String::new()
            }
            None => String::new(),
        };
        tell.live(&format!("         {head}: {} s{seen}", start.elapsed().as_secs()));
        if over.recv_timeout(PAUSE) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

/// What the server says of the session: who makes it wait, and how far it has come.
///
/// Source: PostgreSQL documentation, pg_stat_progress_create_index (28.4.4), pg_blocking_pids (9.27).
fn look(client: &mut Client, pid: i32) -> Result<String, Error> {
    let mut seen = String::new();
    let blockers = "
        SELECT b.pid, coalesce(a.application_name, ''), coalesce(date_trunc('second', now() - a.xact_start)::text, '')
        FROM unnest(pg_blocking_pids($1)) AS b (pid) LEFT JOIN pg_stat_activity AS a ON a.pid = b.pid";
    for row in client.query(blockers, &[&pid])? {
        let (blocker, name, age): (i32, &str, &str) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        seen += &format!(", waits for session {blocker} {name} (in a transaction for {age})");
    }
    let progress = "
        SELECT phase, blocks_done, blocks_total, tuples_done, tuples_total, lockers_done, lockers_total
        FROM pg_stat_progress_create_index WHERE pid = $1";
    if let Some(row) = client.query_opt(progress, &[&pid])? {
        let phase: Option<&str> = row.try_get(0)?;
        seen += &phase.map(|phase| format!(", {phase}")).unwrap_or_default();
        for (done, total, what) in [(1, 2, "blocks"), (3, 4, "rows"), (5, 6, "transactions waited for")] {
            let (done, total): (Option<i64>, Option<i64>) = (row.try_get(done)?, row.try_get(total)?);
            if let (Some(done), Some(total @ 1..)) = (done, total) {
                seen += &format!(", {done} of {total} {what} ({} %)", done * 100 / total);
            }
        }
    }
    Ok(seen)
}
