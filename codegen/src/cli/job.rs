//! One job on any number of databases: migrate, then compare.

use std::path::PathBuf;
use std::sync::Mutex;

use serde_json::{Value, json};

use super::Common;
use super::apply::Shared;
use super::runner;
use crate::apply::drift::{self, Drift};
use crate::apply::{self, Done, Goal, Manner, Migrations, Stopped, Tell, Way};
use crate::compare::{self, CompareError, Side};
use crate::connect::Target;
use crate::model::Schema;
use crate::read::catalog::CatalogReading;
use crate::read::history::{Sealed, entry};
use crate::run::{self, Failure};

/// What is done with each database.
pub struct Job {
    /// The direction.
    pub way: Way,
    goal: Goal,
    /// How it behaves.
    pub manner: Manner,
    is_verified: bool,
    is_of_declared: bool,
    root: PathBuf,
    declared: Schema,
    sealed: Vec<Sealed>,
    /// What the project has.
    pub migrations: Migrations,
    /// What databases should hold, by where they stand: built once, however many there are.
    expected: Mutex<Vec<(Side, CatalogReading)>>,
}

/// How one database ended.
pub struct Ended {
    /// What was done.
    pub done: Done,
    /// What it differs in; or why that is not known.
    pub drift: Result<Drift, String>,
}

impl Job {
    /// The job that the arguments ask for.
    ///
    /// # Errors
    /// A project or times that can't be read.
    pub fn new(common: &Common, args: &Shared, way: Way, open: bool, accept_losses: bool) -> Result<Self, Failure> {
        let project = run::read(&common.root)?;
        let migrations = Migrations::of(&project, common.asked()).map_err(Failure::Unreadable)?;
        let goal = Goal { to: args.to, open, accept_losses, resume: args.resume() };
        let (manner, is_verified, is_of_declared) = (args.manners.manner()?, !args.no_verify, args.declared_only);
        let (root, declared, sealed) = (project.root, project.declared.schema, project.history.sealed);
        Ok(Self {
            way,
            goal,
            manner,
            is_verified,
            is_of_declared,
            root,
            declared,
            sealed,
            migrations,
            expected: Mutex::default(),
        })
    }

    /// Carries it out on one database, and compares what comes of it.
    pub fn carry_out(&self, target: &Target, tell: &Tell) -> Result<Ended, Stopped> {
        let done = apply::migrate(target, &self.migrations, (self.way, &self.goal), &self.manner, tell)?;
        tell.live("         comparing the database with the schema that it should have");
        let drift = self.drift(target, &done);
        Ok(Ended { done, drift })
    }

    /// What would be carried out.
    pub fn dry(&self, target: &Target) -> Result<Vec<String>, Stopped> {
        let works = apply::dry(target, &self.migrations, &self.goal, self.way)?;
        let line = |work: &apply::Work| match work.text.parts() {
            Ok(parts) => {
                let steps = parts.iter().filter(|(_, part)| part.is_step()).count();
                let statements: usize = parts.iter().map(|(_, part)| part.statements().len()).sum();
                let whole = if steps < 2 { "one transaction".to_owned() } else { format!("{steps} parts") };
                Ok(format!("{} {}: {statements} statements, {whole}", work.way.name(), work.stem()))
            }
            Err(faults) => Err(Stopped::Refused(faults)),
        };
        works.iter().map(line).collect()
    }

    fn drift(&self, target: &Target, done: &Done) -> Result<Drift, String> {
        let Some(side) = self.reached(done) else { return Ok(Drift::default()) };
        let compared = self.expected(&side, target).and_then(|expected| drift::drift(target, &expected, &self.root));
        let of_declared = |drift: Drift| if self.is_of_declared { drift.of_declared() } else { drift };
        compared.map(of_declared).map_err(|error| error.to_string())
    }

    /// Where the database should stand now; nowhere, if that is not known or not asked for.
    fn reached(&self, done: &Done) -> Option<Side> {
        let at = done.at.filter(|_| self.is_verified && done.unknown.is_empty())?;
        let is_open = self.migrations.get(at).is_some_and(|it| it.is_open);
        Some(if is_open { Side::Declared } else { Side::History(at) })
    }

    fn expected(&self, side: &Side, target: &Target) -> Result<CatalogReading, CompareError> {
        let lost = || CompareError::Side("another database could not be compared".into());
        let mut known = self.expected.lock().map_err(|_| lost())?;
        if let Some((_, reading)) = known.iter().find(|(it, _)| it.to_string() == side.to_string()) {
            return Ok(reading.clone());
        }
        let reading = compare::built(side, &self.schema(side)?, &self.root, compare::major(target)?)?;
        known.push((side.clone(), reading.clone()));
        Ok(reading)
    }
}

impl Job {
    fn schema(&self, side: &Side) -> Result<Schema, CompareError> {
        let Side::History(number) = side else { return Ok(self.declared.clone()) };
        let missing = || CompareError::Side(format!("there is no entry {number:03} in the history"));
        let sealed = self.sealed.iter().find(|it| it.number == *number).ok_or_else(missing)?;
        let entry = entry(&self.root, sealed).map_err(|fault| CompareError::Side(fault.to_string()))?;
        Ok(entry.1)
    }
}

impl Ended {
    /// 0 done, 2 if the database differs from what it should be.
    pub fn exit_code(&self) -> u8 {
        if self.drift.as_ref().is_ok_and(|drift| !drift.differences.is_empty()) { 2 } else { 0 }
    }

    /// For machines.
    pub fn value(&self) -> Value {
        let done = &self.done;
        let mut value = json!({
            "done": done.now, "adopted": done.adopted, "left_out": done.left_out, "unknown": done.unknown, "at": done.at,
        });
        match &self.drift {
            Ok(drift) => value["drift"] = runner::drift_value(drift),
            Err(reason) => value["not_compared"] = json!(reason),
        }
        value
    }
}
