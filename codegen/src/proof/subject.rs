//! What is proved: a migration of a project, or two files.

use std::collections::BTreeMap;

use tablewright_syntax::MigrationDecl;

use crate::emit::migration;
use crate::emit::proof::Inputs;
use crate::emit::{Open, World};
use crate::intent;
use crate::model::{Id, Schema};
use crate::plan::{Migration, Policy, Wishes};
use crate::read::history::{self, Sealed};
use crate::read::texts;
use crate::run::{self, Asked, Failure, Planned, Project, proofs};

/// What is proved.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Its name: `153_remove_external_cluster_id`.
    pub name: String,
    /// What it is a proof of.
    pub inputs: Inputs,
    /// The database before.
    pub start: Start,
    /// The schema before and the one after, as they are declared, if they are.
    pub declared: Option<(Schema, Schema)>,
    /// The team's own rows: name and text of each file.
    pub fixtures: Vec<(String, String)>,
    /// The statements that the version before brought with it, by the name of their file, if they are known.
    pub statements_before: BTreeMap<String, String>,
    /// The statements of the version after.
    pub statements_after: BTreeMap<String, String>,
    /// The rollbacks that are tried, the one in the file first.
    pub ways: Vec<Way>,
    /// The schemas of the two versions of the code, where these are not the ones before and after: of a step.
    pub versions: Option<(Schema, Schema)>,
}

/// How the database before is made.
#[derive(Clone, Debug)]
pub enum Start {
    /// From its schema.
    Schema(Schema),
    /// By texts of SQL: name and text of each.
    Texts(Vec<(String, String)>),
}

/// Both texts, and what is said of them.
#[derive(Clone, Debug)]
pub struct Way {
    /// The rollback's policy; none for files that somebody wrote.
    pub policy: Option<Policy>,
    /// Whether it is the rollback in the file.
    pub is_chosen: bool,
    /// The texts of the way up, one for each of its files, in order.
    pub up: Vec<String>,
    /// The texts of the way down.
    pub down: Vec<String>,
    /// The plan behind the texts, if there is one.
    pub migration: Option<Migration>,
    /// The columns whose values the migration itself sets.
    pub filled: Vec<Id>,
}

/// Why there is nothing to prove.
#[derive(Debug, thiserror::Error)]
pub enum SubjectError {
    /// A file or an entry of the history can't be read, or is not there.
    #[error("{0}")]
    Unreadable(String),
}

impl Subject {
    /// The rollback that is in the file.
    pub fn chosen(&self) -> Option<&Way> {
        self.ways.iter().find(|way| way.is_chosen)
    }

    /// The open migration of a project, its rollback planned under every policy.
    ///
    /// # Errors
    /// What keeps a migration from being planned.
    pub fn open(project: &Project, planned: &Planned, asked: Asked) -> Result<Option<Self>, Failure> {
        let world = run::world(project, planned);
        let Some(open) = &world.open else { return Ok(None) };
        let unreadable = |error: String| Failure::Unreadable(vec![error]);
        let fixtures = texts::fixtures(&project.root, open.intent.number.value).map_err(unreadable)?;
        let mut ways = Vec::new();
        for policy in [open.policy].into_iter().chain(Policy::ALL.into_iter().filter(|it| *it != open.policy)) {
            let all = run::plan(project, Asked { policy: Some(policy), ..asked })?;
            let is_this = |it: &&Planned| number(it) == number(planned);
            let Some(planned) = std::iter::once(&all).chain(&all.later).find(is_this) else { continue };
            let world = run::world(project, planned);
            let Some(open) = &world.open else { continue };
            ways.push(Way::of_open(&world, open, ways.is_empty()));
        }
        let before = planned.migration.before.clone();
        let versions = project.rolling.as_ref().map(|it| (it.before.clone(), project.declared.schema.clone()));
        let last = project.rolling.as_ref().map(|it| it.statements_before.clone());
        let statements_before =
            last.or_else(|| project.history.last().map(|entry| entry.statements.clone())).unwrap_or_default();
        Ok(Some(Self {
            name: migration::stem(open),
            inputs: proofs::of_open(&world, open, proofs::fixtures_hash(&fixtures)),
            start: Start::Schema(before.clone()),
            declared: Some((before, planned.migration.after.clone())),
            fixtures,
            statements_before,
            versions,
            statements_after: run::statements(&world),
            ways,
        }))
    }

    /// A sealed migration, by the files that were frozen with it.
    ///
    /// # Errors
    /// Files that are gone or edited, and entries of the history that can't be read.
    pub fn sealed(project: &Project, planned: &Planned, sealed: &Sealed) -> Result<Self, SubjectError> {
        let unreadable = |error: &dyn std::fmt::Display| SubjectError::Unreadable(error.to_string());
        let stem = proofs::stem(sealed);
        let world = run::world(project, planned);
        let [up, down] = proofs::files(&world.settings, sealed);
        let (up, down) = (frozen(project, sealed, &up)?, frozen(project, sealed, &down)?);
        let (entry, after) = history::entry(&project.root, sealed).map_err(|fault| unreadable(&fault))?;
        let earlier = project.history.sealed.iter().find(|it| it.after == sealed.before && it.number < sealed.number);
        let (entry_before, before) = match earlier {
            Some(earlier) => history::entry(&project.root, earlier).map_err(|fault| unreadable(&fault))?,
            None => Default::default(),
        };
        let fixtures = texts::fixtures(&project.root, sealed.number).map_err(|error| unreadable(&error))?;
        let step = run::sealed_step(project, sealed, &world.settings.style);
        let way = Way::of_sealed(project, &world, sealed, (&before, &after), [up, down]);
        let (way, versions) = match step {
            Some(step) => (Way { migration: Some(step.migration), ..way }, Some(step.versions)),
            None => (way, None),
        };
        Ok(Self {
            name: stem,
            inputs: proofs::of_sealed(&world, sealed, proofs::fixtures_hash(&fixtures)),
            start: Start::Schema(before.clone()),
            declared: Some((before, after)),
            fixtures,
            statements_before: entry_before.statements,
            statements_after: entry.statements,
            versions,
            ways: vec![way],
        })
    }

    /// Files that somebody wrote, each a part of its way, between a database and wherever the first of them leads.
    pub fn files(name: &str, start: Start, up: Vec<String>, down: Vec<String>) -> Self {
        let way = Way { policy: None, is_chosen: true, up, down, migration: None, filled: Vec::new() };
        Self {
            name: name.to_owned(),
            inputs: Inputs::default(),
            start,
            declared: None,
            fixtures: Vec::new(),
            statements_before: BTreeMap::new(),
            statements_after: BTreeMap::new(),
            versions: None,
            ways: vec![way],
        }
    }
}

impl Way {
    fn of_open(world: &World, open: &Open, is_chosen: bool) -> Self {
        let filled = intent::wishes(open.intent, Some(open.policy), &world.settings.style);
        Self {
            policy: Some(open.policy),
            is_chosen,
            up: migration::up(world, open),
            down: migration::down(world, open),
            migration: Some(open.migration.clone()),
            filled: filled.map(filled_columns).unwrap_or_default(),
        }
    }

    /// The frozen texts, with the losses that the intent still tells of.
    fn of_sealed(
        project: &Project,
        world: &World,
        sealed: &Sealed,
        (before, after): (&Schema, &Schema),
        [up, down]: [Vec<String>; 2],
    ) -> Self {
        let intents = &project.declared.declarations.migrations;
        let is_of = |it: &&MigrationDecl| {
            it.number.value == sealed.number && it.name.value == sealed.name || it.name.value == sealed.step_of
        };
        let intent = intents.iter().find(is_of);
        let wishes = intent.and_then(|intent| intent::wishes(intent, None, &world.settings.style).ok());
        let wishes = wishes.unwrap_or_else(|| Wishes { style: world.settings.style.clone(), ..Wishes::default() });
        Self {
            policy: Some(wishes.policy),
            is_chosen: true,
            up,
            down,
            migration: Migration::between(before, after, &wishes).ok(),
            filled: filled_columns(wishes),
        }
    }
}

fn number(planned: &Planned) -> Option<u32> {
    planned.intent.map(|intent| intent.number.value)
}

fn filled_columns(wishes: Wishes) -> Vec<Id> {
    wishes.backfills.into_iter().map(|backfill| backfill.column).collect()
}

/// The texts of frozen files.
fn frozen(project: &Project, sealed: &Sealed, paths: &[String]) -> Result<Vec<String>, SubjectError> {
    let fault = |path: &str, what: &str| SubjectError::Unreadable(format!("{path}: {what}"));
    if paths.is_empty() {
        return Err(fault(
            &proofs::stem(sealed),
            "no file was frozen with it: a baseline has no way up, so there is nothing to prove",
        ));
    }
    let text = |path: &String| {
        let text = texts::text(&project.root, path).map_err(SubjectError::Unreadable)?;
        match Some(&history::text_hash(path, &text)) == sealed.files.get(path) {
            true => Ok(text),
            false => Err(fault(path, "is not what was sealed; restore it from version control")),
        }
    };
    paths.iter().map(text).collect()
}
