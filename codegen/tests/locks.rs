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
use locks::trip::faults;
use locks::written::{Written, written};

/// As many as the servers' work and ours can use on a small machine.
const THREADS: usize = 2;

#[test]
fn every_statement_locks_reads_and_rewrites_what_it_says() {
    let servers = servers::start();
    let wanted = env::var("TABLEWRIGHT_LOCKS").unwrap_or_default();
    let all: Vec<Written> = all().into_iter().filter(|it| it.name.contains(&wanted)).collect();
    assert!(!all.is_empty(), "there is no case");
    let (failures, next) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(it) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = on_all(it, &servers);
                    failures.lock().unwrap().extend(found);
                }
            });
        }
    });
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    assert!(failures.is_empty(), "{} failures in {} cases:\n{}", failures.len(), all.len(), failures.join("\n"));
}

fn on_all(it: &Written, servers: &[Server]) -> Vec<String> {
    let on = |server: &Server| {
        let of_it = faults(server, it).unwrap_or_else(|fault| vec![fault]);
        of_it
            .into_iter()
            .map(|fault| format!("{}: PostgreSQL {}: {fault}", it.name, server.version()))
            .collect::<Vec<_>>()
    };
    servers.iter().filter(|server| it.majors.contains(&server.version())).flat_map(on).collect()
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
