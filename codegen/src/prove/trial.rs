//! One trial of two texts: up, compare, down, compare, up again, on a database with rows in it.
//!
//! The texts are run as they stand in their files, whoever wrote them. What is said of them (the schema that they lead
//! to, what they lose) is held against what happens.

use std::collections::{BTreeMap, BTreeSet};

use postgres::Client;

use super::contents::stands_on_one_of;
use super::{
    ChangedRows, Columns, Contents, Difference, Fault, Finding, Positions, ProofError, Sequences, SetBack, Stage,
    difference, differences, moved_columns, unread,
};
use crate::kinds::Kind;
use crate::model::{Id, Schema};
use crate::plan::{Aspect, Loss, Plan};
use crate::read::catalog::{CatalogReading, catalog};
use crate::scratch::script::missing_role;
use crate::scratch::{ScratchError, script};
use crate::sql::{self, Style};

/// What is tried, and what is said of it.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The texts of the way up, one for each of its files, in order.
    pub up: &'a [String],
    /// The texts of the way down.
    pub down: &'a [String],
    /// The catalog of a database that is built from the schema after, if it is known.
    pub after: Option<&'a Schema>,
    /// What is said to be lost.
    pub losses: &'a [Loss],
    /// The columns whose values the way up is to leave alone; if that is not known, all that keep their name.
    pub kept: Option<&'a Columns>,
    /// The columns whose values the way up sets by itself, so that they need not come back.
    pub filled: &'a [Id],
    /// Whether the way down may refuse where there are rows.
    pub may_refuse: bool,
}

/// What a trial has shown.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    /// How many rows there were before.
    pub rows: usize,
    /// What was not as it should be, in the order in which it was seen.
    pub findings: Vec<Finding>,
    /// The stated losses of data, with what they came to.
    pub lost: Vec<LostData>,
    /// Objects that came back with less than they had, as stated.
    pub lost_in_schema: Vec<Id>,
    /// Columns that came back in another place.
    pub moved: Vec<Id>,
    /// What the server said when it refused the way down; nothing was touched then.
    pub refusal: Option<String>,
}

/// A stated loss of data, counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostData {
    /// Whose loss it is.
    pub id: Id,
    /// How many rows, or values that are not NULL, there were.
    pub before: usize,
    /// How many of them are there after the way down.
    pub after: usize,
}

/// A database at one stop.
struct Stop {
    reading: CatalogReading,
    contents: Contents,
    sequences: Sequences,
}

/// Makes the round trip in a database that is as before the way up, rows and all.
///
/// # Errors
/// When the server is gone or the catalog can't be read; what a text does wrong is in the [`Trial`].
pub fn trial(client: &mut Client, case: &Case) -> Result<Trial, ProofError> {
    let before = Stop::read(client, Stage::Seed)?;
    let mut trial = Trial { rows: before.contents.rows(), ..Trial::default() };
    if let Some(reason) = refused(client, "up", case.up) {
        trial.find(Stage::Up, Fault::Refused(reason));
        return Ok(trial);
    }
    let up = Stop::read(client, Stage::Up)?;
    let after = case.after.unwrap_or(&up.reading.schema);
    trial.expect_modelled(&before.reading, &up.reading);
    trial.expect_schema(Stage::Up, after, &up.reading.schema);
    let own;
    let kept = match case.kept {
        Some(kept) => kept,
        None => {
            own = Columns::common(&before.reading.schema, &up.reading.schema, &BTreeSet::new());
            &own
        }
    };
    trial.expect_rows(Stage::Up, before.contents.changed(&up.contents, kept));
    trial.expect_sequences(Stage::Up, before.sequences.set_back(&up.sequences, &BTreeSet::new()));
    if let Some(reason) = refused(client, "down", case.down) {
        trial.untouched(&up, &Stop::read(client, Stage::Down)?);
        if !case.may_refuse {
            trial.find(Stage::Down, Fault::Refused(reason.clone()));
        }
        trial.refusal = Some(reason);
        return Ok(trial);
    }
    let down = Stop::read(client, Stage::Down)?;
    trial.expect_return(case, &before, &down);
    if let Some(reason) = refused(client, "up", case.up) {
        trial.find(Stage::UpAgain, Fault::Refused(reason));
        return Ok(trial);
    }
    let again = catalog(client).map_err(unread(Stage::UpAgain))?;
    trial.expect_schema(Stage::UpAgain, after, &again.schema);
    Ok(trial)
}

/// Runs texts one after the other, each as one transaction if PostgreSQL lets it, and says why the server refuses one, if
/// it does. Roles that they speak of are made.
///
/// # Errors
/// See [`trial`].
pub fn refused(client: &mut Client, name: &str, texts: &[String]) -> Option<String> {
    texts.iter().find_map(|text| one_refused(client, name, text))
}

fn one_refused(client: &mut Client, name: &str, text: &str) -> Option<String> {
    let mut last = None;
    loop {
        let error = script::run(client, name, text).err()?;
        // A text that opened a transaction and was stopped in it leaves it open.
        let _ = client.batch_execute("ROLLBACK");
        let ScratchError::Script { source, .. } = &error else { return Some(error.to_string()) };
        // Roles belong to the server, and a throw-away one has none.
        let missing = missing_role(source).filter(|role| last.as_ref() != Some(role));
        let Some(role) = missing else { return Some(difference::refusal(source, "")) };
        if client.batch_execute(&format!("CREATE ROLE {}", sql::ident(&role))).is_err() {
            return Some(difference::refusal(source, ""));
        }
        last = Some(role);
    }
}

impl Stop {
    fn read(client: &mut Client, stage: Stage) -> Result<Self, ProofError> {
        let reading = catalog(client).map_err(unread(stage))?;
        let contents = Contents::read(client, &reading.schema, stage)?;
        let sequences = Sequences::read(client, stage)?;
        Ok(Self { reading, contents, sequences })
    }
}

impl Trial {
    /// Whether all was as it should be.
    pub fn holds(&self) -> bool {
        self.findings.is_empty()
    }

    fn find(&mut self, stage: Stage, what: Fault) {
        self.findings.push(Finding { stage, what });
    }

    fn expect_modelled(&mut self, before: &CatalogReading, after: &CatalogReading) {
        let mut unmodelled: BTreeMap<String, usize> = before.unmodelled.clone();
        unmodelled.extend(after.unmodelled.clone());
        if !unmodelled.is_empty() {
            self.find(Stage::Build, Fault::Unmodelled(unmodelled));
        }
    }

    /// The catalog is the expected one, and planning from it to there finds nothing to do.
    fn expect_schema(&mut self, stage: Stage, expected: &Schema, found: &Schema) {
        let mut differences = differences(expected, found, Positions::Ignored);
        differences.retain(|difference| !difference.is_of_chosen_names());
        if !differences.is_empty() {
            return self.find(stage, Fault::Schema(differences));
        }
        let again = Plan::between(found, expected, &Style::default(), &[], &[]);
        let left: Vec<String> =
            again.iter().flat_map(|plan| plan.statements()).map(|statement| statement.sql.clone()).collect();
        if !left.is_empty() && !differs_in_chosen_names(expected, found) {
            self.find(stage, Fault::PlansAgain(left));
        }
    }

    fn expect_rows(&mut self, stage: Stage, changed: Vec<ChangedRows>) {
        if !changed.is_empty() {
            self.find(stage, Fault::Rows(changed));
        }
    }

    fn expect_sequences(&mut self, stage: Stage, set_back: Vec<SetBack>) {
        if !set_back.is_empty() {
            self.find(stage, Fault::SetBack(set_back));
        }
    }

    /// A way down that was refused has changed nothing.
    fn untouched(&mut self, up: &Stop, now: &Stop) {
        self.expect_schema(Stage::Down, &up.reading.schema, &now.reading.schema);
        let all = Columns::common(&up.reading.schema, &up.reading.schema, &BTreeSet::new());
        self.expect_rows(Stage::Down, up.contents.changed(&now.contents, &all));
    }

    /// All is as it was, but for the losses that are stated; and these are real.
    fn expect_return(&mut self, case: &Case, before: &Stop, down: &Stop) {
        let (then, now) = (&before.reading.schema, &down.reading.schema);
        let of_schema: BTreeSet<Id> =
            case.losses.iter().filter(|loss| loss.aspect.is_of_schema()).map(|loss| loss.id.clone()).collect();
        let mut differing = differences(then, now, Positions::Ignored);
        differing.retain(|difference| !difference.is_of_chosen_names());
        let real: BTreeSet<Id> = differing.iter().map(|difference| difference.id.clone()).collect();
        let (stated, unstated): (Vec<Difference>, Vec<Difference>) =
            differing.into_iter().partition(|difference| of_schema.contains(&difference.id));
        self.lost_in_schema = stated.into_iter().map(|difference| difference.id).collect();
        if !unstated.is_empty() {
            self.find(Stage::Down, Fault::Schema(unstated));
        }
        if !of_schema.is_subset(&real) {
            let none = of_schema.difference(&real).cloned().collect();
            self.find(Stage::Down, Fault::NoLoss(none));
        }
        self.moved = moved_columns(then, now);
        self.count_losses(case, before, down);
        let mut lost = lost_columns(then, case.losses);
        lost.extend(case.filled.iter().cloned());
        let rest = Columns::common(then, now, &lost);
        self.expect_rows(Stage::Down, before.contents.changed(&down.contents, &rest));
        lost.extend(case.losses.iter().filter(|loss| loss.aspect == Aspect::Data).map(|loss| loss.id.clone()));
        self.expect_sequences(Stage::Down, before.sequences.set_back(&down.sequences, &lost));
    }

    fn count_losses(&mut self, case: &Case, before: &Stop, down: &Stop) {
        for loss in case.losses.iter().filter(|loss| loss.aspect == Aspect::Data) {
            let (table, column) = match loss.id.kind {
                Kind::Table => (loss.id.clone(), None),
                Kind::Column => (Id::new(Kind::Table, &loss.id.path[..2]), Some(loss.id.name())),
                _ => continue,
            };
            let count = |stop: &Stop| stop.contents.count(&table, column);
            let Some(had) = count(before) else { continue };
            let has = count(down).unwrap_or(0);
            self.lost.push(LostData { id: loss.id.clone(), before: had, after: has });
        }
    }
}

/// The columns whose values are stated as lost, those of lost tables too.
fn lost_columns(schema: &Schema, losses: &[Loss]) -> BTreeSet<Id> {
    let lost: BTreeSet<&Id> = losses.iter().filter(|it| it.aspect == Aspect::Data).map(|it| &it.id).collect();
    let columns = schema.iter().map(|(id, _)| id).filter(|id| id.kind == Kind::Column);
    let is_lost = |id: &&Id| is_or_follows(schema, id, &lost) || stands_on_one_of(schema, id, &lost);
    columns.filter(is_lost).cloned().collect()
}

/// Whether a column is one of these, or what one of these makes it in a partition or a table that inherits.
fn is_or_follows(schema: &Schema, id: &Id, lost: &BTreeSet<&Id>) -> bool {
    let leaders = || schema.get(id).map(|object| object.follows()).unwrap_or_default();
    lost.contains(id) || leaders().iter().any(|follow| is_or_follows(schema, &follow.leader, lost))
}

/// Whether nothing but names that PostgreSQL chose keeps two catalogs apart.
fn differs_in_chosen_names(expected: &Schema, found: &Schema) -> bool {
    differences(expected, found, Positions::Ignored).iter().any(Difference::is_of_chosen_names)
}
