//! The story: read, compare, plan, name the hazards, emit, settle.

pub mod proofs;
mod rolling;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tablewright_syntax::{Diagnostic, MigrationDecl};

use crate::diff::diff;
use crate::emit::proof::Proof;
use crate::emit::{self, Open, Settings, World};
use crate::intent::{self, Unaccepted};
use crate::lint::{self, Hazard};
use crate::model::{Change, Id};
use crate::output::{self, Artifact, Content, Drift, DriftKind, Mode, OutputError, Owned, Report};
use crate::plan::{Ambiguity, Cycle, Migration, PlanError, Policy, Wishes};
use crate::read::history::{file_hash, text_hash};
use crate::read::{self, Declared, History, Sources};
pub use rolling::{Rolling, SealedStep, sealed_step};

/// Where it is noted which files below `generated/` are ours.
const INDEX: &str = "generated/.tablewright.json";

/// A project as it was read: everything after this is pure, until files are written.
pub struct Project {
    /// Its folder.
    pub root: PathBuf,
    /// The text of its declaration.
    pub sources: Sources,
    /// What the text declares.
    pub declared: Declared,
    /// The sealed migrations.
    pub history: History,
    /// The proofs in its files that are proofs of what they say.
    pub proofs: Vec<Proof>,
    /// The open intent, if it is carried out in steps.
    pub rolling: Option<Rolling>,
}

/// What is to be done with the declaration.
pub struct Planned<'a> {
    /// The intent of the open migration.
    pub intent: Option<&'a MigrationDecl>,
    /// Both plans and the losses; between the last sealed schema and the declared one.
    pub migration: Migration,
    /// How the rollback treats what can't come back.
    pub policy: Policy,
    /// What the rules found.
    pub hazards: Vec<Hazard>,
    /// The accepted losses, with the reasons.
    pub accepted: BTreeMap<Id, String>,
    /// The losses that nobody has accepted.
    pub unaccepted: Vec<Unaccepted>,
    /// The hazards of level error that nobody has accepted.
    pub refused: Vec<Hazard>,
    /// The later steps of the same intent. What they lose is unaccepted here too: it is decided before the first.
    pub later: Vec<Planned<'a>>,
}

/// What is asked for besides what the project says.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked {
    /// A policy for the rollback, instead of the intent's.
    pub policy: Option<Policy>,
    /// Whether to plan online, even if the project does not say so.
    pub online: bool,
    /// Whether to write for a runner that runs each file in one transaction, even if the project does not say so.
    pub wrapped: bool,
}

impl From<Option<Policy>> for Asked {
    fn from(policy: Option<Policy>) -> Self {
        Self { policy, ..Self::default() }
    }
}

/// Why there is no result. [`Failure::exit_code`] says what a program that meets it should return.
#[derive(Debug)]
pub enum Failure {
    /// Text that can't be read, and other faults without a place in a Rust file.
    Unreadable(Vec<String>),
    /// Faults of the declaration, with the texts that they are in.
    Faulty(Box<Sources>, Vec<Diagnostic>),
    /// Objects that need each other.
    Cycle(Cycle),
    /// Changes that could be meant in two ways.
    Ambiguous(Vec<Ambiguity>),
    /// Changes that no intent speaks of.
    Pending(Vec<Change>),
    /// Losses and hazards that nobody has accepted.
    Refused(Vec<Unaccepted>, Vec<Hazard>),
    /// Files that can't be written.
    Unwritable(Vec<OutputError>),
}

impl Failure {
    /// 1 failed, 2 differences found, 3 refused.
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Pending(_) => 2,
            Failure::Ambiguous(_) | Failure::Refused(..) => 3,
            _ => 1,
        }
    }
}

/// Reads a project: its declaration and its history.
pub fn read(root: &Path) -> Result<Project, Failure> {
    let words = |errors: Vec<String>| Failure::Unreadable(errors);
    let sources = Sources::read(root).map_err(|errors| words(errors.iter().map(ToString::to_string).collect()))?;
    let declared = match read::declared(&sources) {
        Ok(declared) => declared,
        Err(faults) => return Err(Failure::Faulty(Box::new(sources), faults)),
    };
    let history = read::history(root).map_err(|errors| words(errors.iter().map(ToString::to_string).collect()))?;
    let proofs = proofs::read(root, &history);
    let rolling = Rolling::read(root, &declared, &history).map_err(words)?;
    Ok(Project { root: root.to_owned(), sources, declared, history, proofs, rolling })
}

/// Plans from the last sealed schema to the declared one, under the open intent if there is one.
pub fn plan(project: &Project, asked: impl Into<Asked>) -> Result<Planned<'_>, Failure> {
    let asked = asked.into();
    if let Some(rolling) = &project.rolling {
        return rolling.plan(project, asked);
    }
    let Asked { policy, online, wrapped } = asked;
    let mut settings = Settings::of(&project.declared.declarations);
    settings.style.online |= online;
    settings.style.wrapped |= wrapped;
    let faulty = |faults: Vec<Diagnostic>| Failure::Faulty(Box::new(project.sources.clone()), faults);
    let intent = open_intent(project).map_err(faulty)?;
    let wishes = match intent {
        Some(intent) => intent::wishes(intent, policy, &settings.style).map_err(faulty)?,
        None => Wishes { style: settings.style, policy: policy.unwrap_or_default(), ..Wishes::default() },
    };
    let migration =
        Migration::between(project.history.schema(), &project.declared.schema, &wishes).map_err(|error| {
            let located = intent.map(|intent| intent::located(intent, &error)).unwrap_or_default();
            if located.is_empty() { unplanned(error) } else { faulty(located) }
        })?;
    let hazards = lint::lint(&migration, &wishes.style);
    if let Some(intent) = intent {
        let unused = intent::unused(intent, &wishes, &migration, &hazards);
        if !unused.is_empty() {
            return Err(faulty(unused));
        }
    }
    let accepted = intent.map(intent::accepted).unwrap_or_default();
    let unaccepted = intent::unaccepted(&wishes, &migration);
    let refused = intent.map(|intent| intent::refused(intent, &wishes, &migration, &hazards)).unwrap_or_default();
    let policy = wishes.policy;
    Ok(Planned { intent, migration, policy, hazards, accepted, unaccepted, refused, later: Vec::new() })
}

fn unplanned(error: PlanError) -> Failure {
    match error {
        PlanError::Cycle(cycle) => Failure::Cycle(cycle),
        PlanError::Ambiguous(ambiguities) => Failure::Ambiguous(ambiguities),
        PlanError::Impossible(reasons) => Failure::Unreadable(reasons.into_iter().map(|it| it.reason).collect()),
        PlanError::Renames(errors) => Failure::Unreadable(errors.into_iter().map(|error| error.message).collect()),
    }
}

/// The one intent that is not sealed yet.
fn open_intent(project: &Project) -> Result<Option<&MigrationDecl>, Vec<Diagnostic>> {
    let last = project.history.last().map(|entry| entry.number);
    let sealed = |it: &MigrationDecl| rolling::is_sealed(&project.history, it);
    let mut faults = Vec::new();
    let mut open: Vec<&MigrationDecl> =
        project.declared.declarations.migrations.iter().filter(|it| !sealed(it)).collect();
    open.sort_by_key(|it| it.number.value);
    for intent in &open {
        let is_begun = rolling::steps_of(&project.history, intent).next().is_some();
        if !is_begun && last.is_some_and(|last| intent.number.value <= last) {
            let message = format!(
                "migration {} comes before the last sealed one, {}",
                intent.number.value,
                last.unwrap_or_default()
            );
            faults.push(
                Diagnostic::new(intent.file, intent.number.span, message)
                    .help(format!("give it the number {}", last.unwrap_or_default() + 1)),
            );
        }
    }
    for intent in open.iter().skip(1) {
        let message =
            format!("migration {} is open while {} is not sealed yet", intent.number.value, open[0].number.value);
        faults.push(
            Diagnostic::new(intent.file, intent.number.span, message)
                .help("put both into one, or seal the earlier one first"),
        );
    }
    if faults.is_empty() { Ok(open.first().copied()) } else { Err(faults) }
}

/// Refuses what a human has not decided: changes without an intent, losses and grave hazards without an acceptance.
pub fn decided(project: &Project, planned: &Planned) -> Result<(), Failure> {
    if planned.intent.is_none() && !planned.migration.is_empty() {
        return Err(Failure::Pending(diff(project.history.schema(), &project.declared.schema)));
    }
    if !planned.unaccepted.is_empty() || !planned.refused.is_empty() {
        return Err(Failure::Refused(planned.unaccepted.clone(), planned.refused.clone()));
    }
    Ok(())
}

/// Every artifact of the project.
pub fn artifacts(project: &Project, planned: &Planned) -> Vec<Artifact> {
    emit::emit(&world(project, planned))
}

/// What the emitters see.
pub fn world<'a>(project: &'a Project, planned: &'a Planned) -> World<'a> {
    let open = planned.intent.filter(|_| !planned.migration.is_empty()).map(|intent| Open {
        intent,
        migration: &planned.migration,
        hazards: &planned.hazards,
        policy: planned.policy,
        accepted: &planned.accepted,
    });
    let declared = &project.declared;
    let world = World::new(&declared.declarations, &declared.schema, Settings::of(&declared.declarations), open);
    World { proofs: proofs::valid(project, &world), ..world }
}

/// Writes the artifacts, or says how the files differ from them.
pub fn settle(project: &Project, artifacts: Vec<Artifact>, mode: Mode) -> Result<Report, Failure> {
    let sealed = project.history.sealed.iter().flat_map(|entry| entry.files.keys()).map(PathBuf::from).collect();
    let owned = Owned { folders: vec!["generated".into()], except: sealed, index: Some(INDEX.into()) };
    output::settle(&project.root, artifacts, &owned, mode).map_err(Failure::Unwritable)
}

/// Writes files that a human goes on with: the scaffold of an intent, an entry of the history.
pub fn settle_sources(project: &Project, artifacts: Vec<Artifact>) -> Result<Report, Failure> {
    output::settle(&project.root, artifacts, &Owned::default(), Mode::Write).map_err(Failure::Unwritable)
}

/// The upserts and the queries of the interfaces, by the name of their file.
pub fn statements(world: &World) -> BTreeMap<String, String> {
    let artifacts = emit::upsert::emit(world).into_iter().chain(emit::select::emit(world));
    let text = |artifact: Artifact| match artifact.content {
        Content::Whole(text) => Some((artifact.path.display().to_string(), text)),
        Content::Region { .. } => None,
    };
    artifacts.filter_map(text).collect()
}

/// How many files belong to sealed migrations.
pub fn sealed_files(project: &Project) -> usize {
    project.history.sealed.iter().map(|entry| entry.files.len()).sum()
}

/// The files of sealed migrations that are not what was sealed: edited or gone.
pub fn sealed_drifts(project: &Project) -> Vec<Drift> {
    let files = project.history.sealed.iter().flat_map(|entry| &entry.files);
    files.filter_map(|(path, hash)| sealed_drift(&project.root, path, hash)).collect()
}

fn sealed_drift(root: &Path, path: &str, hash: &str) -> Option<Drift> {
    let drift = |kind: DriftKind| Some(Drift { path: path.into(), kind, diff: String::new(), line: 1 });
    match file_hash(root, path) {
        Some(found) if found == hash => None,
        Some(_) => drift(DriftKind::SealedEdited),
        None => drift(DriftKind::SealedMissing),
    }
}

/// The artifacts that belong to one migration alone, each with the hash of its text: what sealing freezes.
pub fn frozen(planned: &Planned, project: &Project) -> BTreeMap<String, String> {
    let world = world(project, planned);
    let whole = |artifact: Artifact| match artifact.content {
        Content::Whole(text) => artifact.path.to_str().map(|path| (path.to_owned(), text_hash(path, &text))),
        Content::Region { .. } => None,
    };
    emit::of_migration(&world).into_iter().filter_map(whole).collect()
}
