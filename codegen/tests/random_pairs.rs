//! Random pairs of schemas over all kinds: loaded, compared, gone up, down and up again on real servers.
//!
//! `TABLEWRIGHT_RANDOM_PAIRS` says how many (300), `TABLEWRIGHT_RANDOM_SEED` where to begin (1001): the pairs have the seeds
//! from there on, so that a failing one is made again by its seed and `TABLEWRIGHT_RANDOM_PAIRS=1`.
//! `TABLEWRIGHT_PG_MAJORS` chooses the majors; each pair goes to one of them, by its seed.
//! `TABLEWRIGHT_RANDOM_FAILURES` says how many failures are shrunk before the test gives up (3), and
//! `TABLEWRIGHT_RANDOM_SHRINKS` how many steps each may take (250).

#![cfg(feature = "database")]

#[path = "cases/case.rs"]
#[allow(dead_code, reason = "only the root is needed here")]
mod case;
#[path = "cases/servers.rs"]
mod servers;
#[path = "pairs/trip.rs"]
#[allow(dead_code, reason = "the pairs here have no files")]
mod trip;
mod random_pairs {
    pub mod columns;
    pub mod constraints;
    pub mod dice;
    pub mod edits;
    pub mod enums;
    pub mod extra_foreign;
    pub mod extra_language;
    pub mod extra_sorts;
    pub mod extras;
    pub mod facts;
    pub mod indexes;
    pub mod journey;
    pub mod names;
    pub mod pair;
    pub mod routines;
    pub mod sequences;
    pub mod tables;
    pub mod thing;
    pub mod triggers;
    pub mod types;
    pub mod values;
    pub mod views;
    pub mod world;
}

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::{env, thread};

use codegen::kinds::Kind;
use codegen::scratch::Server;
use random_pairs::journey::{Failure, Passed, failure, prepare};

/// As many as the servers' work and ours can use on a small machine.
const THREADS: usize = 2;

/// Kinds that pairs need not have, each with the reason.
const NEVER: &[(&str, &str)] = &[
    ("raw", "only declarations have them"),
    ("subscription", "a database that has one can't be dropped"),
    ("security label", "it needs a provider, which is a library of C"),
    ("server", "so seldom rolled that 300 pairs may have none"),
    ("foreign table", "it needs a server"),
    ("user mapping", "it needs a server"),
    ("published schema", "so seldom rolled on 15 and newer that 300 pairs may have none"),
];

/// FIXME: seeds whose pairs are known to fail on some major, each with the fault. They are left out, and that is said.
const OPEN: &[(u64, &str)] = &[];

#[test]
fn random_pairs_go_up_and_down_and_up_again() {
    let number = |name: &str, default: u64| env::var(name).map_or(default, |text| text.parse().unwrap());
    let (first, count) = (number("TABLEWRIGHT_RANDOM_SEED", 1001), number("TABLEWRIGHT_RANDOM_PAIRS", 300));
    let most = number("TABLEWRIGHT_RANDOM_FAILURES", 3) as usize;
    let servers = servers::start();
    servers.iter().for_each(prepare);
    let (tally, failures, next) = (Mutex::default(), Mutex::new(Vec::new()), AtomicU64::new(first));
    let seed = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|seed| *seed < first + count);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(seed) = seed().filter(|_| failures.lock().unwrap().len() < most) {
                    if let Some((_, why)) = OPEN.iter().find(|(open, _)| *open == seed) {
                        eprintln!("seed {seed} is left out: {why}");
                        continue;
                    }
                    let found = of_seed(seed, &servers, &tally);
                    failures.lock().unwrap().extend(found.inspect(|failure| eprintln!("{failure}")));
                }
            });
        }
    });
    let failures: Vec<String> = failures.into_inner().unwrap().iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    if count >= 300 {
        let Tally { reached, impossible, unmade } = tally.into_inner().unwrap();
        assert_eq!(missed(&reached), Vec::<&str>::new(), "no pair had one of these kinds");
        assert!(impossible * 20 <= count, "{impossible} of {count} pairs have no way");
        assert!(unmade * 50 <= count, "{unmade} of {count} pairs are not taken by PostgreSQL");
    }
}

/// What all pairs together came to.
#[derive(Default)]
struct Tally {
    reached: BTreeSet<Kind>,
    /// At most one in twenty may be so.
    impossible: u64,
    /// At most one in fifty may be so.
    unmade: u64,
}

fn of_seed(seed: u64, servers: &[Server], tally: &Mutex<Tally>) -> Option<Failure> {
    // No list of servers is as long as a number can be.
    let server = &servers[seed as usize % servers.len()];
    failure(seed, server, |passed| match (passed, &mut *tally.lock().unwrap()) {
        (Passed::Exact(kinds), tally) => tally.reached.extend(kinds),
        (Passed::Impossible, tally) => tally.impossible += 1,
        (Passed::Unmade, tally) => tally.unmade += 1,
    })
}

fn missed(reached: &BTreeSet<Kind>) -> Vec<&'static str> {
    let is_expected = |kind: &Kind| !NEVER.iter().any(|(name, _)| *name == kind.name());
    Kind::ALL.iter().filter(|kind| is_expected(kind) && !reached.contains(kind)).map(|kind| kind.name()).collect()
}
