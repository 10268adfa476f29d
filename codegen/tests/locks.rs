//! What each statement of a plan is said to lock, read and write anew is what the server does: the lock table is
//! measured, not believed.
//!
//! The cases are those of `locks/cases.sql`, on tables with rows, every pair of `tests/pairs` and every case of
//! `tests/cases`. `TABLEWRIGHT_PG_MAJORS=14,16` chooses the majors; `TABLEWRIGHT_LOCKS=trigger` those whose name has this
//! in it.

#![cfg(feature = "database")]

#[path = "cases/case.rs"]
#[allow(dead_code, reason = "not all of it is needed here")]
mod case;
#[path = "cases/servers.rs"]
mod servers;
mod locks {
    pub mod trip;
    pub mod written;
}

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use codegen::scratch::Server;
use locks::trip::{Tried, tried};
use locks::written::{Written, written};

/// As many as the servers' work and ours can use on a small machine.
const THREADS: usize = 2;

#[test]
fn every_statement_locks_reads_and_rewrites_what_it_says() {
    let servers = servers::start();
    let wanted = env::var("TABLEWRIGHT_LOCKS").unwrap_or_default();
    let all: Vec<Written> = all().into_iter().filter(|it| it.name.contains(&wanted)).collect();
    assert!(!all.is_empty(), "there is no case");
    let (results, next) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(it) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = on_all(it, &servers);
                    results.lock().unwrap().push((&it.name, found));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap();
    results.sort_by_key(|(name, _)| *name);
    let failures: Vec<&String> = results.iter().flat_map(|(_, tried)| &tried.faults).collect();
    let list = failures.iter().map(|it| it.as_str()).collect::<Vec<_>>().join("\n");
    assert!(failures.is_empty(), "{} failures in {} cases:\n{list}", failures.len(), all.len());
    if wanted.is_empty() && servers.iter().any(|server| server.version() == DOCUMENTED) {
        page_is_right(&all, &results);
    }
}

/// The major whose statements stand in the page.
const DOCUMENTED: u32 = 18;

/// `TABLEWRIGHT_UPDATE=1 cargo test -p codegen --test locks` writes the page.
fn page_is_right(all: &[Written], results: &[(&String, Tried)]) {
    let mut page = include_str!("locks/head.md").to_owned();
    for it in all.iter().filter(|it| it.name.starts_with("locks: ")) {
        let rows = results.iter().find(|(name, _)| *name == &it.name).map(|(_, tried)| tried.rows.concat());
        page += &rows.unwrap_or_default();
    }
    let path = case::root().join("docs/locks.md");
    if env::var_os("TABLEWRIGHT_UPDATE").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), page, "docs/locks.md is stale");
}

fn on_all(it: &Written, servers: &[Server]) -> Tried {
    let mut all = Tried::default();
    let fitting: Vec<&Server> = servers.iter().filter(|server| it.majors.contains(&server.version())).collect();
    for server in chosen(it, fitting) {
        let found = tried(server, it).unwrap_or_else(|fault| Tried { faults: vec![fault], rows: Vec::new() });
        let place = format!("{}: PostgreSQL {}", it.name, server.version());
        all.faults.extend(found.faults.into_iter().map(|fault| format!("{place}: {fault}")));
        if server.version() == DOCUMENTED {
            all.rows = found.rows;
        }
    }
    all
}

/// The cases of this test go to every server; the pairs and cases of others, of which there are many, to one of them each,
/// unless they are asked for by name.
fn chosen<'a>(it: &Written, servers: Vec<&'a Server>) -> Vec<&'a Server> {
    if it.name.starts_with("locks: ") || env::var_os("TABLEWRIGHT_LOCKS").is_some() {
        return servers;
    }
    servers::in_turn(servers, &it.name).into_iter().collect()
}

fn all() -> Vec<Written> {
    let mut all = written(include_str!("locks/cases.sql"));
    let folder = case::root().join("tests/pairs");
    let mut pairs: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pairs.sort();
    for pair in pairs.iter().filter(|path| path.is_dir()) {
        all.push(Written::of_pair(pair));
    }
    all.extend(case::all().iter().map(Written::of_case));
    all
}
