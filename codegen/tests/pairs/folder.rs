//! The pairs as they lie in `tests/pairs`, and how all of them are tried.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

/// The pairs whose name has this in it; all, if it is not set.
const ONLY: &str = "TABLEWRIGHT_PAIRS";

/// As many as the servers' work and ours can use on a small machine.
const THREADS: usize = 2;

/// Two texts, and where they can be tried.
pub struct Pair {
    /// The name of its folder.
    pub name: String,
    /// `before.sql`
    pub before: String,
    /// `after.sql`
    pub after: String,
    /// The oldest major that it can be tried on: `-- postgres: 15` in the second text.
    pub oldest: u32,
}

/// All that are asked for, by name.
pub fn all() -> Vec<Pair> {
    let wanted = env::var(ONLY).unwrap_or_default();
    let folder = crate::case::root().join("tests/pairs");
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let folders = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let mut pairs: Vec<Pair> = folders.map(|path| pair(&path)).filter(|pair| pair.name.contains(&wanted)).collect();
    pairs.sort_by(|one, other| one.name.cmp(&other.name));
    assert!(!pairs.is_empty(), "there is no pair");
    pairs
}

fn pair(folder: &Path) -> Pair {
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let text =
        |file: &str| fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{name}/{file}: {error}"));
    let (before, after) = (text("before.sql"), text("after.sql"));
    let oldest = after.lines().find_map(|line| line.strip_prefix("-- postgres: ")?.trim().parse().ok()).unwrap_or(14);
    Pair { name, before, after, oldest }
}

/// Tries each, and fails with all faults that are found.
#[allow(dead_code, reason = "some tests go through them by themselves")]
pub fn try_all(faults: impl Fn(&Pair) -> Vec<String> + Sync) {
    let pairs = all();
    let (found, next) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(pair) = pairs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let of_it = faults(pair);
                    found.lock().unwrap().extend(of_it);
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap();
    found.sort();
    assert!(found.is_empty(), "{} failures in {} pairs:\n{}", found.len(), pairs.len(), found.join("\n"));
}
