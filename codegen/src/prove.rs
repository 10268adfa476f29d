//! The round trip on a throw-away server: up, compare, down, compare, up again.
//!
//! A schema is compared with the catalog of a database that was built from nothing, never with declared text:
//! PostgreSQL alone normalises expressions.

mod contents;
mod difference;

use std::collections::{BTreeMap, BTreeSet};

use postgres::Client;

use crate::model::{Id, Schema};
use crate::plan::{Migration, Plan, PlanError};
use crate::read::catalog::{CatalogError, CatalogReading, catalog, catalog_within};
use crate::scratch::{ScratchError, Server};
use crate::sql::Style;

use contents::{Columns, Contents};
pub use difference::{Difference, Positions, differences};

/// What a round trip has shown.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The major of the server.
    pub major: u32,
    /// What was not as it should be; nothing, if the migration is proved.
    pub findings: Vec<Finding>,
}

/// Something that was not as it should be.
#[derive(Clone, Debug)]
pub struct Finding {
    /// When it was seen.
    pub stage: Stage,
    /// What it is.
    pub what: Fault,
}

/// Where in the round trip it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The schemas are built from nothing.
    Build,
    /// Rows are put in.
    Seed,
    /// The way up.
    Up,
    /// The way down.
    Down,
    /// The way up once more.
    UpAgain,
}

/// What can be wrong.
#[derive(Clone, Debug)]
pub enum Fault {
    /// The catalog is not as that of the schema built from nothing.
    Schema(Vec<Difference>),
    /// The rollback is to reach a schema that lacks more than its losses say.
    Unstated(Vec<Difference>),
    /// Losses are stated that are none.
    NoLoss(Vec<Id>),
    /// The catalog holds what no kind describes: how many of what.
    Unmodelled(BTreeMap<String, usize>),
    /// Rows have changed outside of the losses, in these tables.
    Rows(Vec<String>),
}

/// Why a round trip could not be made to its end.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// There is no database.
    #[error(transparent)]
    Scratch(#[from] ScratchError),
    /// A database could not be read.
    #[error("{}: {source}", stage.name())]
    Catalog {
        /// When.
        stage: Stage,
        /// Why.
        source: CatalogError,
    },
    /// The server refused a statement.
    #[error("{}: PostgreSQL refuses: {reason}", stage.name())]
    Refused {
        /// When.
        stage: Stage,
        /// What the server says, with the statement if it names a place.
        reason: String,
    },
    /// There is no way to build a schema.
    #[error(transparent)]
    Plan(#[from] PlanError),
}

/// Goes up, down and up again on a fresh database, with rows in it, and compares at every stop.
///
/// `seed` is SQL that puts rows in before the way up. `filled` names the columns whose values the migration itself
/// sets, so that their rows are not expected to stay.
///
/// # Errors
/// When a statement is refused or the server is gone; what merely differs is in the [`Proof`].
pub fn round_trip(
    server: &Server,
    migration: &Migration,
    seed: Option<&str>,
    filled: &[Id],
) -> Result<Proof, ProofError> {
    let database = server.database()?;
    let mut client = database.connect()?;
    let mut proof = Proof { major: server.version(), findings: Vec::new() };

    let after = fresh(&mut client, &migration.after)?;
    let reachable = fresh(&mut client, &migration.reachable)?;
    run(&mut client, Stage::Build, &build(&migration.before)?)?;
    let before = read(&mut client, Stage::Build)?;
    proof.expect_losses(migration, &before.schema, &reachable.schema);
    proof.expect_modelled([&before, &after]);

    run(&mut client, Stage::Seed, seed.unwrap_or_default())?;
    let columns = Columns::kept(&before.schema, &after.schema, migration, filled);
    let contents = columns.read_before(&mut client, Stage::Seed)?;
    let (up, down) = (migration.up.sql(), migration.down.sql());

    run(&mut client, Stage::Up, &up)?;
    proof.expect_schema(Stage::Up, &after, &read(&mut client, Stage::Up)?);
    proof.expect_rows(Stage::Up, &contents, &columns.read_after(&mut client, Stage::Up)?);

    run(&mut client, Stage::Down, &down)?;
    proof.expect_schema(Stage::Down, &reachable, &read(&mut client, Stage::Down)?);
    proof.expect_rows(Stage::Down, &contents, &columns.read_before(&mut client, Stage::Down)?);

    run(&mut client, Stage::UpAgain, &up)?;
    proof.expect_schema(Stage::UpAgain, &after, &read(&mut client, Stage::UpAgain)?);
    Ok(proof)
}

/// The statements that build a schema from nothing.
///
/// # Errors
/// Objects that need each other.
pub fn build(schema: &Schema) -> Result<String, ProofError> {
    let plan = Plan::between(&Schema::default(), schema, &Style::default(), &[], &[]).map_err(PlanError::Cycle)?;
    Ok(plan.sql())
}

/// Runs a text of many statements as one transaction, as a runner of migrations does.
///
/// # Errors
/// When the server refuses a statement; then nothing has happened.
pub fn run(client: &mut Client, stage: Stage, sql: &str) -> Result<(), ProofError> {
    let refused = |error: &postgres::Error| ProofError::Refused { stage, reason: difference::refusal(error, sql) };
    let mut transaction = client.transaction().map_err(|error| refused(&error))?;
    transaction.batch_execute(sql).map_err(|error| refused(&error))?;
    transaction.commit().map_err(|error| refused(&error))
}

/// The catalog of a schema that is built from nothing, in a transaction that is rolled back.
fn fresh(client: &mut Client, schema: &Schema) -> Result<CatalogReading, ProofError> {
    let stage = Stage::Build;
    let sql = build(schema)?;
    let refused = |error: &postgres::Error| ProofError::Refused { stage, reason: difference::refusal(error, &sql) };
    let mut transaction = client.transaction().map_err(|error| refused(&error))?;
    transaction.batch_execute(&sql).map_err(|error| refused(&error))?;
    catalog_within(&mut transaction).map_err(|source| ProofError::Catalog { stage, source })
}

fn read(client: &mut Client, stage: Stage) -> Result<CatalogReading, ProofError> {
    catalog(client).map_err(|source| ProofError::Catalog { stage, source })
}

impl Stage {
    /// The stage in a few words.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Build => "building the schemas from nothing",
            Stage::Seed => "putting rows in",
            Stage::Up => "up",
            Stage::Down => "down",
            Stage::UpAgain => "up again",
        }
    }
}

impl Proof {
    /// Whether all was as it should be.
    pub fn holds(&self) -> bool {
        self.findings.is_empty()
    }

    fn expect_schema(&mut self, stage: Stage, expected: &CatalogReading, found: &CatalogReading) {
        let differences = differences(&expected.schema, &found.schema, Positions::Ignored);
        if !differences.is_empty() {
            self.findings.push(Finding { stage, what: Fault::Schema(differences) });
        }
    }

    /// The rollback's target differs from where the way up started in the stated losses, in all of them and no more.
    fn expect_losses(&mut self, migration: &Migration, before: &Schema, reachable: &Schema) {
        let losses = migration.losses.iter().filter(|loss| loss.aspect.is_of_schema());
        let stated: BTreeSet<Id> = losses.map(|loss| loss.id.clone()).collect();
        let mut differences = differences(before, reachable, Positions::Ignored);
        let real: BTreeSet<Id> = differences.iter().map(|difference| difference.id.clone()).collect();
        differences.retain(|difference| !stated.contains(&difference.id));
        if !differences.is_empty() {
            self.findings.push(Finding { stage: Stage::Build, what: Fault::Unstated(differences) });
        }
        if !stated.is_subset(&real) {
            let what = Fault::NoLoss(stated.difference(&real).cloned().collect());
            self.findings.push(Finding { stage: Stage::Build, what });
        }
    }

    fn expect_modelled(&mut self, readings: [&CatalogReading; 2]) {
        for reading in readings.into_iter().filter(|reading| !reading.unmodelled.is_empty()) {
            self.findings.push(Finding { stage: Stage::Build, what: Fault::Unmodelled(reading.unmodelled.clone()) });
        }
    }

    fn expect_rows(&mut self, stage: Stage, expected: &Contents, found: &Contents) {
        let changed = expected.changed(found);
        if !changed.is_empty() {
            self.findings.push(Finding { stage, what: Fault::Rows(changed) });
        }
    }
}
