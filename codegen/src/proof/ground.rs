//! The databases that trips are made in, on one server: as before, with rows and without.

use std::collections::BTreeSet;

use postgres::Client;

use super::tighten::fill_for_both;
use super::{Start, Subject, Way};
use crate::emit::proof::{LossSeen, TripMade};
use crate::model::{Id, Schema};
use crate::plan::{Loss, Policy};
use crate::prove::rows::{Filled, fill};
use crate::prove::{self, Case, Columns, ProofError, Trial};
use crate::read::catalog::{CatalogError, catalog};
use crate::scratch::{Database, Server, script};

/// The databases before, and what the catalog of the one after is to be.
pub struct Ground {
    /// As before, without rows.
    empty: Database,
    /// As before, with rows.
    full: Database,
    /// What the rows are.
    pub filled: Filled,
    /// The catalog before.
    pub before: Schema,
    /// The catalog of a database that is built from the schema after, if that is declared.
    pub after: Option<Schema>,
    /// Why the way up does not accept all rows that the schema before allows, if that is so.
    pub refused: Option<String>,
    wanted: usize,
}

impl Ground {
    /// Makes the databases of a subject.
    ///
    /// # Errors
    /// What the server refuses of the schemas or of the team's own rows.
    pub fn lay(server: &Server, subject: &Subject, wanted: usize) -> Result<Self, ProofError> {
        let empty = match &subject.start {
            Start::Schema(schema) => prove::database(server, schema).map_err(|refused| refused.error)?,
            Start::Texts(texts) => script::load(server, texts)?,
        };
        let before = read(&mut empty.connect()?)?;
        let after = match &subject.declared {
            Some((declared_before, declared_after)) => {
                let built = |schema: &Schema| prove::built(server, schema).map_err(|refused| refused.error);
                Some(overlaid(&before, &built(declared_before)?, &built(declared_after)?))
            }
            None => None,
        };
        let full = with_fixtures(server, &empty, subject)?;
        let filled = fill(&mut full.connect()?, &before, wanted)?;
        let ground = Self { empty, full, filled, before, after, refused: None, wanted };
        match subject.chosen() {
            Some(way) => ground.accepted_by(server, subject, way),
            None => Ok(ground),
        }
    }

    /// The same, if the way up accepts the rows; else with rows that it accepts, and why it does not accept the others.
    fn accepted_by(self, server: &Server, subject: &Subject, way: &Way) -> Result<Self, ProofError> {
        let run_up = |database: &Database| run_up(server, database, way);
        let (Some(reason), _) = run_up(&self.full)? else { return Ok(self) };
        // Where not even empty tables are accepted, it is not for the rows.
        let (_, Some(after)) = run_up(&self.empty)? else { return Ok(self) };
        let full = with_fixtures(server, &self.empty, subject)?;
        let renames = way.migration.as_ref().map(prove::renames).unwrap_or_default();
        let filled = fill_for_both(&mut full.connect()?, &self.before, &after, &renames, self.wanted)?;
        if run_up(&full)?.0.is_none() {
            return Ok(Self { full, filled, refused: Some(reason), ..self });
        }
        // No such rows were found, so that only the team's own are left.
        let full = with_fixtures(server, &self.empty, subject)?;
        let filled = Filled::default();
        Ok(Self { full, filled, refused: Some(format!("{reason} (and no rows were found that it accepts)")), ..self })
    }

    /// The same with other rows, or why the way up does not take them.
    pub fn with_rows(
        self,
        server: &Server,
        subject: &Subject,
        full: Database,
    ) -> Result<(Self, Option<String>), ProofError> {
        let refused = match subject.chosen() {
            Some(way) => run_up(server, &full, way)?.0,
            None => None,
        };
        let full = if refused.is_none() { full } else { self.full };
        Ok((Self { full, ..self }, refused))
    }

    /// A copy of the database with rows.
    pub fn copy(&self, server: &Server) -> Result<Database, ProofError> {
        Ok(server.database_like(&self.full)?)
    }

    /// The trips of one rollback: with rows; and with empty tables, where it refuses rows.
    pub fn trips(&self, server: &Server, way: &Way) -> Result<Vec<TripMade>, ProofError> {
        let database = self.copy(server)?;
        let trial = self.trial(&mut database.connect()?, way)?;
        let is_refused = trial.refusal.is_some();
        let newer = if trial.holds() && !is_refused { self.with_newer_rows(server, way)? } else { None };
        let mut trips = vec![made(way, &trial, true, newer, server.version())];
        if is_refused && way.policy == Some(Policy::Exact) {
            let database = server.database_like(&self.empty)?;
            let trial = self.trial(&mut database.connect()?, way)?;
            trips.push(made(way, &trial, false, None, server.version()));
        }
        Ok(trips)
    }

    fn trial(&self, client: &mut Client, way: &Way) -> Result<Trial, ProofError> {
        let migration = way.migration.as_ref();
        let losses: Vec<Loss> = migration.map(|it| it.losses.clone()).unwrap_or_default();
        let kept = migration.map(|it| Columns::kept(&self.before, &it.after, it, &way.filled));
        let case = Case {
            up: &way.up,
            down: &way.down,
            after: self.after.as_ref(),
            losses: &losses,
            kept: kept.as_ref(),
            filled: &way.filled,
            may_refuse: way.policy == Some(Policy::Exact),
        };
        prove::trial(client, &case)
    }

    /// How the rollback fares when rows came in after the way up, which only the schema after allows.
    fn with_newer_rows(&self, server: &Server, way: &Way) -> Result<Option<String>, ProofError> {
        let database = self.copy(server)?;
        let mut client = database.connect()?;
        if prove::refused(&mut client, "up", &way.up).is_some() {
            return Ok(None);
        }
        let schema = read(&mut client)?;
        let filled = fill(&mut client, &schema, self.wanted * 2)?;
        if filled.tables.values().all(|rows| *rows == 0) {
            return Ok(None);
        }
        Ok(Some(match prove::refused(&mut client, "down", &way.down) {
            None => "the rollback runs".to_owned(),
            Some(reason) => format!("the rollback is refused, and nothing is touched: {reason}"),
        }))
    }
}

/// Why a copy of a database does not take the way up, or what its schema is then.
fn run_up(server: &Server, database: &Database, way: &Way) -> Result<(Option<String>, Option<Schema>), ProofError> {
    let copy = server.database_like(database)?;
    let mut client = copy.connect()?;
    match prove::refused(&mut client, "up", &way.up) {
        None => Ok((None, Some(read(&mut client)?))),
        refused => Ok((refused, None)),
    }
}

/// A copy of a database with the team's own rows.
fn with_fixtures(server: &Server, empty: &Database, subject: &Subject) -> Result<Database, ProofError> {
    let database = server.database_like(empty)?;
    let mut client = database.connect()?;
    for (name, text) in &subject.fixtures {
        script::run(&mut client, name, text)?;
    }
    Ok(database)
}

/// The catalog that the way up is to lead to, if the database holds more than is declared: the rest stays.
fn overlaid(found: &Schema, declared_before: &Schema, declared_after: &Schema) -> Schema {
    let of_others = found.iter().filter(|(id, _)| !declared_before.contains(id) && !declared_after.contains(id));
    let of_others: Vec<_> = of_others.map(|(_, object)| object.clone()).collect();
    if of_others.is_empty() {
        return declared_after.clone();
    }
    let all = of_others.into_iter().chain(declared_after.iter().map(|(_, object)| object.clone()));
    // Others have other ids.
    Schema::of(all).unwrap_or_default()
}

pub fn read(client: &mut Client) -> Result<Schema, ProofError> {
    let unread = |source: CatalogError| ProofError::Catalog { stage: prove::Stage::Build, source };
    Ok(catalog(client).map_err(unread)?.schema)
}

fn made(way: &Way, trial: &Trial, with_rows: bool, newer: Option<String>, major: u32) -> TripMade {
    TripMade {
        rollback: way.policy.map(|policy| policy.name().to_owned()).unwrap_or_default(),
        is_chosen: way.is_chosen,
        servers: vec![major],
        with_rows,
        findings: trial.findings.iter().map(|finding| finding.to_string().trim_end().to_owned()).collect(),
        refusal: trial.refusal.clone(),
        losses: if trial.refusal.is_some() { Vec::new() } else { losses(way, trial) },
        with_newer_rows: newer,
    }
}

/// The stated losses, with what was seen of them.
fn losses(way: &Way, trial: &Trial) -> Vec<LossSeen> {
    let stated = way.migration.iter().flat_map(|migration| &migration.losses);
    let seen_of = |id: &Id| trial.lost.iter().find(|lost| lost.id == *id);
    let mut losses: Vec<LossSeen> = Vec::new();
    for loss in stated.filter(|loss| loss.aspect != crate::plan::Aspect::Position) {
        let counted = seen_of(&loss.id).filter(|_| loss.aspect == crate::plan::Aspect::Data);
        let what = match counted {
            Some(lost) => {
                format!("{} ({} of {} here)", loss.what, lost.before - lost.after.min(lost.before), lost.before)
            }
            None => loss.what.clone(),
        };
        losses.push(LossSeen { object: loss.id.to_string(), what });
    }
    let moved: BTreeSet<&Id> = trial.moved.iter().collect();
    let cosmetic = |id: &&Id| LossSeen { object: id.to_string(), what: "its position, which is cosmetic".into() };
    losses.extend(moved.iter().map(cosmetic));
    losses
}
