//! One random pair on one server, and what is left of it when it fails.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;

use codegen::kinds::Kind;
use codegen::scratch::{Database, Server};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestError, TestRunner};

use super::facts::ROLES;
use super::pair;
use super::world::quoted;
use crate::trip::{self, Trip};

/// A pair that failed, as small as it could be made.
pub struct Failure {
    seed: u64,
    major: u32,
    class: Class,
    before: String,
    after: String,
    text: String,
}

/// What a pair was about that did not fail.
pub enum Passed {
    /// It went up, down and up again, with objects of these kinds.
    Exact(BTreeSet<Kind>),
    /// There is no way that keeps the rows, and the plan says so.
    Impossible,
    /// PostgreSQL does not take what was made up, so that there was nothing to go through.
    Unmade,
}

/// What the plan says where PostgreSQL has no way.
const IMPOSSIBLE: &str = "which PostgreSQL can't change in place";

/// Whose fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// PostgreSQL does not take what was made up.
    Generator,
    /// There is no plan, or the server refuses it.
    Refused,
    /// It leads somewhere else.
    Wrong,
}

/// Steps of shrinking, if `TABLEWRIGHT_RANDOM_SHRINKS` does not say how many: each is a pair on the server.
const SHRINKS: u32 = 250;

/// Makes the roles, which belong to the server and so stay from pair to pair.
pub fn prepare(server: &Server) {
    let database = server.database().unwrap();
    let mut client = database.connect().unwrap();
    for role in ROLES {
        // Whoever comes to own a view is to be able to read what it reads, or no materialized view over it can be filled.
        let role = quoted(role);
        client.batch_execute(&format!("CREATE ROLE {role}; GRANT pg_read_all_data TO {role}")).unwrap();
    }
}

/// Goes through the pair of a seed; if that fails, looks for a smaller pair that fails likewise.
pub fn failure(seed: u64, server: &Server, tell: impl Fn(Passed)) -> Option<Failure> {
    let (class, last) = (RefCell::new(None), RefCell::new(None));
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 1,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        max_shrink_iters: shrinks(),
        ..ProptestConfig::default()
    });
    let result = runner.run(&pair::any(), |pair| {
        let texts = pair.sql(server.version());
        if let Some((_, text)) = last.borrow().as_ref().filter(|(failed, _)| *failed == texts) {
            return Err(TestCaseError::fail(String::clone(text)));
        }
        let fault = match travel(server, &texts.0, &texts.1) {
            Ok(trip) => {
                tell(Passed::Exact(trip.kinds));
                (!trip.faults.is_empty()).then(|| (Class::Wrong, trip.faults.join("\n")))
            }
            Err((Class::Refused, text)) if text.contains(IMPOSSIBLE) => {
                tell(Passed::Impossible);
                None
            }
            Err((Class::Generator, text)) => {
                tell(Passed::Unmade);
                eprintln!("seed {seed} made up what PostgreSQL does not take: {text}");
                None
            }
            Err(fault) => Some(fault),
        };
        let Some((found, text)) = fault else { return Ok(()) };
        // A smaller pair counts only if it fails in the same way.
        let same = *class.borrow_mut().get_or_insert(found) == found;
        if !same {
            return Ok(());
        }
        *last.borrow_mut() = Some((texts, text.clone()));
        Err(TestCaseError::fail(text))
    });
    let Err(TestError::Fail(reason, pair)) = result else { return None };
    let (before, after) = pair.sql(server.version());
    let class = class.into_inner()?;
    Some(Failure { seed, major: server.version(), class, before, after, text: reason.to_string() })
}

fn shrinks() -> u32 {
    std::env::var("TABLEWRIGHT_RANDOM_SHRINKS").map_or(SHRINKS, |text| text.parse().unwrap())
}

fn travel(server: &Server, before: &str, after: &str) -> Result<Trip, (Class, String)> {
    let made_up = |text: String| (Class::Generator, text);
    let (from, to) = (load(server, before).map_err(made_up)?, load(server, after).map_err(made_up)?);
    let clients = (trip::connect(&from), trip::connect(&to));
    let (mut client, mut other) = (clients.0.map_err(made_up)?, clients.1.map_err(made_up)?);
    trip::between(&mut client, &mut other).map_err(|text| (Class::Refused, text))
}

fn load(server: &Server, text: &str) -> Result<Database, String> {
    let database = server.database().map_err(|error| error.to_string())?;
    let mut client = trip::connect(&database)?;
    // As a dump does, since bodies may name what comes later.
    let text = format!("SET check_function_bodies = off; SET client_min_messages = error;\n{text}");
    client.batch_execute(&text).map_err(|error| said(&error, &text))?;
    Ok(database)
}

fn said(error: &postgres::Error, text: &str) -> String {
    let Some(answer) = error.as_db_error() else { return error.to_string() };
    let at = match answer.position() {
        Some(postgres::error::ErrorPosition::Original(at)) => *at as usize,
        _ => 0,
    };
    let line = text.chars().take(at).filter(|c| *c == '\n').count();
    format!("{} at: {}", answer.message(), text.lines().nth(line).unwrap_or_default())
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, major, class, before, after, text } = self;
        writeln!(f, "== seed {seed} on PostgreSQL {major}: {class:?}")?;
        write!(f, "-- before.sql\n{before}-- after.sql\n{after}-- {text}")
    }
}
