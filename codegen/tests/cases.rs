//! Every folder `tests/cases/<kind>/<case>`: both declarations are read, planned both ways, and proved on real servers.
//!
//! `before.rs` and `after.rs` declare; `intent.rs`, if there, holds the migration's intent; `seed.sql`, if there, puts
//! rows in. A first line `// postgres: 15` in `after.rs` names the oldest major that the case needs.
//! `TABLEWRIGHT_PG_MAJORS=14,16` chooses the majors; `TABLEWRIGHT_CASES=index/` the cases. Each goes to two of the
//! majors, or to all of them if `TABLEWRIGHT_EVERY_MAJOR` is set.

#![cfg(feature = "database")]

mod cases {
    pub mod case;
    pub mod report;
    pub mod servers;
}

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use cases::case::{self, Case, Trip};
use cases::report;
use cases::servers;
use codegen::diff::diff;
use codegen::model::Change;
use codegen::plan::Migration;
use codegen::prove::{Proof, ProofError, Track};
use codegen::scratch::Server;

/// As many as the servers' work and ours can use on a small machine.
const THREADS: usize = 2;

#[test]
fn every_case_goes_up_and_down_and_up_again() {
    let servers = servers::start();
    let cases = case::all();
    assert!(!cases.is_empty(), "there is no case");
    let failures = Mutex::new(Vec::new());
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let mut tracks = Tracks::default();
                while let Some(found) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let faults = faults(found, &servers, &mut tracks);
                    failures.lock().unwrap().extend(faults.iter().map(|fault| format!("{}: {fault}", found.name)));
                }
            });
        }
    });
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    assert!(failures.is_empty(), "{} failures in {} cases:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

/// The empty databases of one thread, by major.
type Tracks = BTreeMap<u32, Track>;

fn faults(case: &Case, servers: &[Server], tracks: &mut Tracks) -> Vec<String> {
    let trip = match case.trip() {
        Ok(trip) => trip,
        Err(fault) => return vec![fault],
    };
    let mut faults = Vec::new();
    faults.extend(report::snapshot(case, &trip.migration).err());
    faults.extend(inverse_fault(&trip.migration));
    if trip.migration.is_empty() {
        faults.push("nothing changes".into());
    }
    for server in servers::two_in_turn(servers, &case.name, |major| major >= case.oldest_major()) {
        let major = server.version();
        match on(server, tracks, &trip) {
            Ok(proof) => faults.extend(proof.findings.iter().map(|it| format!("PostgreSQL {major}: {it}"))),
            Err(error) => faults.push(format!("PostgreSQL {major}: {error}")),
        }
    }
    faults
}

/// `diff(b, a) == inverse(diff(a, b))`
fn inverse_fault(migration: &Migration) -> Option<String> {
    let (before, after) = (&migration.before, &migration.after);
    let mut inverse: Vec<Change> = diff(before, after).into_iter().map(Change::inverse).collect();
    inverse.sort_by_key(Change::id);
    (diff(after, before) != inverse).then(|| "the difference is not the inverse of the way back".into())
}

/// A track serves again if the trip came to its end and left nothing behind.
fn on(server: &Server, tracks: &mut Tracks, trip: &Trip) -> Result<Proof, ProofError> {
    let mut track = match tracks.remove(&server.version()) {
        Some(track) => track,
        None => Track::new(server)?,
    };
    let proof = track.round_trip(&trip.migration, trip.seed.as_deref(), &trip.filled)?;
    if track.clear(&trip.migration)? {
        tracks.insert(server.version(), track);
    }
    Ok(proof)
}
