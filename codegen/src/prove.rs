//! The round trip on a throw-away server: up, compare, down, compare, up again.
//!
//! A schema is compared with the catalog of a database that was built from nothing, never with declared text:
//! PostgreSQL alone normalises expressions.

mod contents;
mod counts;
mod declaration;
mod difference;
mod measured;
pub mod rows;
mod sequences;
mod timed;
mod trial;

use std::collections::{BTreeMap, BTreeSet};

use postgres::Client;

use crate::model::{Id, Schema};
use crate::plan::{Migration, Plan, PlanError};
use crate::read::catalog::{CatalogError, CatalogReading, Reader};
use crate::scratch::{Database, ScratchError, Server};
use crate::sql::Style;

pub use contents::{ChangedRows, Columns, Contents, renames};
pub use counts::counts;
pub use declaration::{Pulled, Refused, built, database, declaration};
pub use difference::{Difference, Positions, differences, moved_columns};
pub use measured::{Measured, measured};
pub use sequences::{Sequences, SetBack};
pub use timed::{Timed, timed};
pub use trial::{Case, LostData, Trial, refused, trial};

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
    /// Planning again from where the way led finds these statements still to do.
    PlansAgain(Vec<String>),
    /// The server refuses the text.
    Refused(String),
    /// Rows have changed outside of the losses.
    Rows(Vec<ChangedRows>),
    /// Sequences give what they have given before.
    SetBack(Vec<SetBack>),
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
/// # Errors
/// See [`Track::round_trip`].
pub fn round_trip(
    server: &Server,
    migration: &Migration,
    seed: Option<&str>,
    filled: &[Id],
) -> Result<Proof, ProofError> {
    Track::new(server)?.round_trip(migration, seed, filled)
}

/// An empty database to make round trips on. Many trips on one track cost a third of as many on a track each.
pub struct Track {
    major: u32,
    client: Client,
    reader: Reader,
    // Dropped after the connection to it.
    _database: Database,
}

impl Track {
    /// A new database on a server.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn new(server: &Server) -> Result<Self, ProofError> {
        let database = server.database()?;
        let mut client = database.connect()?;
        let reader = Reader::new(&mut client).map_err(unread(Stage::Build))?;
        Ok(Self { major: server.version(), client, reader, _database: database })
    }

    /// Goes up, down and up again, with rows in the tables, and compares at every stop.
    ///
    /// `seed` is SQL that puts rows in before the way up. `filled` names the columns whose values the migration itself
    /// sets, so that they are not expected to stay.
    ///
    /// # Errors
    /// When a statement is refused or the server is gone; what merely differs is in the [`Proof`].
    pub fn round_trip(
        &mut self,
        migration: &Migration,
        seed: Option<&str>,
        filled: &[Id],
    ) -> Result<Proof, ProofError> {
        let mut proof = Proof { major: self.major, findings: Vec::new() };
        let after = self.fresh(&migration.after)?;
        let reachable = self.fresh(&migration.reachable)?;
        run(&mut self.client, Stage::Build, &build(&migration.before)?)?;
        let before = self.read(Stage::Build)?;
        proof.expect_losses(migration, &before.schema, &reachable.schema);
        proof.expect_modelled([&before, &after]);

        run(&mut self.client, Stage::Seed, seed.unwrap_or_default())?;
        let columns = Columns::kept(&before.schema, &after.schema, migration, filled);
        let contents = Contents::read(&mut self.client, &before.schema, Stage::Seed)?;
        let (up, down) = (migration.up.sql(), migration.down.sql());

        run(&mut self.client, Stage::Up, &up)?;
        let found = self.read(Stage::Up)?;
        proof.expect_schema(Stage::Up, &after, &found);
        let rows = Contents::read(&mut self.client, &found.schema, Stage::Up)?;
        proof.expect_rows(Stage::Up, contents.changed(&rows, &columns));

        run(&mut self.client, Stage::Down, &down)?;
        let found = self.read(Stage::Down)?;
        proof.expect_schema(Stage::Down, &reachable, &found);
        let rows = Contents::read(&mut self.client, &found.schema, Stage::Down)?;
        proof.expect_rows(Stage::Down, contents.changed(&rows, &columns.there_and_back()));

        run(&mut self.client, Stage::UpAgain, &up)?;
        proof.expect_schema(Stage::UpAgain, &after, &self.read(Stage::UpAgain)?);
        Ok(proof)
    }

    /// Empties the database after a round trip, so that it can serve another. False: it can't.
    ///
    /// # Errors
    /// When the server is gone or the schema can't be taken down.
    pub fn clear(&mut self, migration: &Migration) -> Result<bool, ProofError> {
        run(&mut self.client, Stage::Build, &between(&migration.after, &Schema::default())?)?;
        let left = self.read(Stage::Build)?;
        Ok(left.schema.is_empty() && left.unmodelled.is_empty())
    }

    fn read(&mut self, stage: Stage) -> Result<CatalogReading, ProofError> {
        self.reader.read(&mut self.client).map_err(unread(stage))
    }

    /// The catalog of a schema that is built from nothing, in a transaction that is rolled back.
    fn fresh(&mut self, schema: &Schema) -> Result<CatalogReading, ProofError> {
        let stage = Stage::Build;
        let sql = build(schema)?;
        let refused = |error: &postgres::Error| ProofError::Refused { stage, reason: difference::refusal(error, &sql) };
        let mut transaction = self.client.transaction().map_err(|error| refused(&error))?;
        transaction.batch_execute(&sql).map_err(|error| refused(&error))?;
        self.reader.read_within(&mut transaction).map_err(unread(stage))
    }
}

/// The statements that build a schema from nothing.
///
/// # Errors
/// Objects that need each other.
pub fn build(schema: &Schema) -> Result<String, ProofError> {
    between(&Schema::default(), schema)
}

fn between(from: &Schema, to: &Schema) -> Result<String, ProofError> {
    Ok(Plan::between(from, to, &Style::default(), &[], &[])?.sql())
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

fn unread(stage: Stage) -> impl Fn(CatalogError) -> ProofError {
    move |source| ProofError::Catalog { stage, source }
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
        let mut differences = differences(&expected.schema, &found.schema, Positions::Ignored);
        differences.retain(|difference| !difference.is_of_chosen_names());
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

    fn expect_rows(&mut self, stage: Stage, changed: Vec<ChangedRows>) {
        if !changed.is_empty() {
            self.findings.push(Finding { stage, what: Fault::Rows(changed) });
        }
    }
}
