//! Every pair of schemas, proved with rows under every policy.

#![cfg(feature = "database")]

use std::fs;
use std::path::{Path, PathBuf};

use codegen::compare::{self, Sides};
use codegen::emit::migration::script as emitted;
use codegen::emit::proof::{Inputs, Proof};
use codegen::plan::Policy;
use codegen::proof::{Start, Subject, Way, prove};
use codegen::read::catalog::{CatalogReading, catalog};
use codegen::scratch::{Binaries, Server, script};
use codegen::sql::Style;

#[test]
fn every_pair_keeps_its_rows() {
    let binaries = Binaries::find(Some(18), &root()).unwrap();
    let server = Server::start(&binaries).unwrap();
    let wanted = std::env::var("TABLEWRIGHT_PAIRS").unwrap_or_default();
    let mut faults = Vec::new();
    for pair in pairs().into_iter().filter(|pair| pair.to_string_lossy().contains(&wanted)) {
        match proved(&server, &binaries, &pair) {
            Ok(proof) => faults.extend(found(&pair, &proof)),
            Err(error) => faults.push(format!("{}: {error}", pair.display())),
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

fn found(pair: &Path, proof: &Proof) -> Vec<String> {
    let of_trip = |trip: &codegen::emit::proof::TripMade| {
        let refused = trip.refusal.iter().filter(|_| trip.rollback == "runnable").map(|it| format!("refused: {it}"));
        let all: Vec<String> = trip.findings.iter().cloned().chain(refused).collect();
        all.into_iter().map(|it| format!("{} ({}): {it}", pair.display(), trip.rollback)).collect::<Vec<_>>()
    };
    proof.trips.iter().flat_map(of_trip).collect()
}

fn proved(server: &Server, binaries: &Binaries, pair: &Path) -> Result<Proof, String> {
    let text = |name: &str| fs::read_to_string(pair.join(name)).unwrap();
    let (before, after) = (text("before.sql"), text("after.sql"));
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
        ways,
    };
    prove(&subject, std::slice::from_ref(binaries), 4).map_err(|error| said(&error))
}

fn pairs() -> Vec<PathBuf> {
    let folder = root().join("tests/pairs");
    let mut pairs: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pairs.retain(|path| path.is_dir());
    pairs.sort();
    pairs
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}
