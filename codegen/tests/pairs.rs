//! Every folder `tests/pairs/<name>`: `before.sql` and `after.sql` are loaded, compared, and both ways are gone.
//!
//! Here is what the declaration has no words for. A first line `-- roles: a, b` in `before.sql` names the roles that the
//! pair needs. In `after.sql`, a line `-- postgres: 15` names the oldest major that the pair needs, and a line
//! `-- rename: column public.t.a to b` what keeps its data under another name.
//! `TABLEWRIGHT_PG_MAJORS=14,16` chooses the majors; `TABLEWRIGHT_PAIRS=grant` the pairs.
//! Each pair goes to two of the majors, or to all of them if `TABLEWRIGHT_EVERY_MAJOR` is set.

#![cfg(feature = "database")]

#[path = "cases/case.rs"]
#[allow(dead_code, reason = "only the root is needed here")]
mod case;
#[path = "cases/servers.rs"]
mod servers;
mod pairs {
    pub mod trip;
}

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use codegen::scratch::Server;
use pairs::trip::faults;

/// As many as the servers' work and ours can use on a small machine.
const THREADS: usize = 2;

#[test]
fn every_pair_goes_up_and_down_and_up_again() {
    let servers = servers::start();
    let pairs = all();
    assert!(!pairs.is_empty(), "there is no pair");
    let (failures, next) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(pair) = pairs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = on_all(pair, &servers);
                    failures.lock().unwrap().extend(found);
                }
            });
        }
    });
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    assert!(failures.is_empty(), "{} failures in {} pairs:\n{}", failures.len(), pairs.len(), failures.join("\n"));
}

fn on_all(pair: &Path, servers: &[Server]) -> Vec<String> {
    let name = pair.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let text = |file: &str| fs::read_to_string(pair.join(file)).map_err(|error| format!("{name}/{file}: {error}"));
    let (before, after) = match (text("before.sql"), text("after.sql")) {
        (Ok(before), Ok(after)) => (before, after),
        (before, after) => return before.err().into_iter().chain(after.err()).collect(),
    };
    let oldest = after.lines().find_map(|line| line.strip_prefix("-- postgres: ")?.trim().parse().ok()).unwrap_or(14);
    let chosen = servers::two_in_turn(servers, &name, |major| major >= oldest);
    let on = |server: &Server| {
        let of_it = faults(server, &before, &after);
        of_it.into_iter().map(|fault| format!("{name}: PostgreSQL {}: {fault}", server.version())).collect::<Vec<_>>()
    };
    chosen.into_iter().flat_map(on).collect()
}

fn all() -> Vec<PathBuf> {
    let wanted = env::var("TABLEWRIGHT_PAIRS").unwrap_or_default();
    let folder = case::root().join("tests/pairs");
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut pairs: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    pairs.retain(|path| path.to_string_lossy().contains(&wanted));
    pairs.sort();
    pairs
}
