//! Pairs of schemas, proved with rows under every policy: every fourth one, or with `TABLEWRIGHT_PROVE=all` all of them.

#![cfg(feature = "database")]

#[path = "cases/case.rs"]
#[allow(dead_code, reason = "only the root is needed here")]
mod case;
mod pairs {
    #[allow(dead_code, reason = "here they are proved everywhere")]
    pub mod folder;
}

use std::thread;

use codegen::compare::{self, Sides};
use codegen::emit::migration::script as emitted;
use codegen::emit::proof::{Inputs, Proof};
use codegen::plan::Policy;
use codegen::proof::{Start, Subject, Way, prove};
use codegen::read::catalog::{CatalogReading, catalog};
use codegen::scratch::{Binaries, Server, script};
use codegen::sql::Style;
use pairs::folder::{Pair, all};

/// What is known not to hold, and why.
const KNOWN: [(&str, &str); 3] = [
    // An event trigger that fires ALWAYS and raises an error keeps everybody out.
    ("event_triggers", "PostgreSQL refuses: never"),
    // PostgreSQL copies no subscription with its database.
    ("subscriptions", "subscription \"gone\" does not exist"),
    // FIXME: no time of the day becomes a moment; a runnable rollback should leave the type as it is.
    ("types_without_cast", "invalid input syntax for type timestamp with time zone: \"04:05:06\""),
];

#[test]
fn pairs_keep_their_rows() {
    let binaries = Binaries::all(&case::root()).pop().unwrap();
    let server = Server::start(&binaries).unwrap();
    let wanted = std::env::var("TABLEWRIGHT_PAIRS").unwrap_or_default();
    let every = if wanted.is_empty() && std::env::var("TABLEWRIGHT_PROVE").is_err() { 4 } else { 1 };
    let pairs: Vec<Pair> = all().into_iter().step_by(every).collect();
    let of_pair = |pair: &Pair| match proved(&server, &binaries, pair) {
        Ok(proof) => found(pair, &proof),
        Err(error) => vec![format!("{}: {error}", pair.name)],
    };
    // As many at once as the servers' work and ours can use on a small machine.
    let (one, other) = pairs.split_at(pairs.len() / 2);
    let mut faults: Vec<String> = thread::scope(|scope| {
        let other = scope.spawn(|| other.iter().flat_map(of_pair).collect::<Vec<_>>());
        one.iter().flat_map(of_pair).collect::<Vec<_>>().into_iter().chain(other.join().unwrap()).collect()
    });
    faults.retain(|fault| !KNOWN.iter().any(|(pair, what)| fault.contains(pair) && fault.contains(what)));
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

fn found(pair: &Pair, proof: &Proof) -> Vec<String> {
    let of_trip = |trip: &codegen::emit::proof::TripMade| {
        let refused = trip.refusal.iter().filter(|_| trip.rollback == "runnable").map(|it| format!("refused: {it}"));
        let all: Vec<String> = trip.findings.iter().cloned().chain(refused).collect();
        all.into_iter().map(|it| format!("{} ({}): {it}", pair.name, trip.rollback)).collect::<Vec<_>>()
    };
    proof.trips.iter().flat_map(of_trip).collect()
}

fn proved(server: &Server, binaries: &Binaries, pair: &Pair) -> Result<Proof, String> {
    let (before, after) = (pair.before.clone(), pair.after.clone());
    let said = |error: &dyn std::fmt::Display| error.to_string();
    let read = |text: &str| -> Result<CatalogReading, String> {
        let database = script::load(server, &[("it.sql".to_owned(), text.to_owned())]).map_err(|error| said(&error))?;
        catalog(&mut database.connect().map_err(|error| said(&error))?).map_err(|error| said(&error))
    };
    let style = Style { unchecked_bodies: true, ..Style::default() };
    let sides = Sides { from: read(&before)?, to: read(&after)?, style };
    let mut ways = Vec::new();
    for policy in Policy::ALL {
        let migration = compare::plan(&sides, policy, Vec::new()).map_err(|error| said(&error))?.migration;
        ways.push(Way {
            policy: Some(policy),
            is_chosen: policy == Policy::Runnable,
            up: emitted::up(&migration, "before", "after"),
            down: emitted::down(&migration, policy, "before", "after"),
            migration: Some(migration),
            filled: Vec::new(),
        });
    }
    let subject = Subject {
        name: "pair".into(),
        inputs: Inputs::default(),
        start: Start::Texts(vec![("before.sql".into(), before)]),
        declared: None,
        fixtures: Vec::new(),
        statements_before: Default::default(),
        statements_after: Default::default(),
        versions: None,
        ways,
    };
    prove(&subject, std::slice::from_ref(binaries), 4).map_err(|error| said(&error))
}
