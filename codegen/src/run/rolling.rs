//! An intent that is carried out in steps, so that two versions of the code can run meanwhile.

mod sealed;

use std::collections::BTreeMap;
use std::path::Path;

use tablewright_syntax::{DeployKind, Diagnostic, MigrationDecl, Spanned};

use super::{Asked, Failure, Planned, Project, open_intent, unplanned};
use crate::emit::Settings;
use crate::intent;
use crate::kinds::Stage;
use crate::lint;
use crate::model::Schema;
use crate::plan::{Policy, Stages, Wishes};
use crate::read::history::{self, Sealed};
use crate::read::{Declared, History};

pub use sealed::{SealedStep, sealed_step};

/// The steps, in order.
const STAGES: [Stage; 3] = [Stage::Expand, Stage::Migrate, Stage::Contract];

/// An intent that is carried out in steps.
pub struct Rolling {
    /// The schema that the first step starts from.
    pub before: Schema,
    /// The statements of the version that knows that schema.
    pub statements_before: BTreeMap<String, String>,
    /// What is in between.
    stages: Stages,
    /// The intent's own name.
    name: String,
    /// Every step that has something to do.
    steps: Vec<Step>,
    /// How many of them are sealed.
    sealed: usize,
    /// Why the declaration no longer fits what is sealed, if it does not.
    fault: Option<String>,
}

/// One migration of several.
struct Step {
    stage: Stage,
    /// What a human said of all, with the number, the name and the title of this one.
    intent: MigrationDecl,
}

/// The sealed migrations of an intent.
pub(super) fn steps_of<'a>(history: &'a History, intent: &MigrationDecl) -> impl Iterator<Item = &'a Sealed> {
    let (number, name) = (intent.number.value, intent.name.value.clone());
    history.sealed.iter().filter(move |it| it.step_of == name && it.number >= number)
}

/// Whether an intent is sealed, with all of its steps.
pub(super) fn is_sealed(history: &History, intent: &MigrationDecl) -> bool {
    let itself = |it: &Sealed| it.number == intent.number.value && it.name == intent.name.value;
    let last = steps_of(history, intent).last();
    history.sealed.iter().any(itself) || last.is_some_and(|step| step.to_come.is_empty())
}

impl Rolling {
    /// The open intent of a project, if it is to be carried out in steps.
    ///
    /// # Errors
    /// What an object is called that can't be understood, and entries of the history that can't be read.
    pub(super) fn read(root: &Path, declared: &Declared, history: &History) -> Result<Option<Self>, Vec<String>> {
        let of_project = declared.declarations.migrations.iter();
        let open = of_project.filter(|it| it.deploy == DeployKind::Rolling && !is_sealed(history, it));
        let Some(intent) = open.min_by_key(|it| it.number.value) else { return Ok(None) };
        let style = Settings::of(&declared.declarations).style;
        // What can't be understood is said with its place when it is planned.
        let Ok(wishes) = intent::wishes(intent, None, &style) else { return Ok(None) };
        let sealed: Vec<&Sealed> = steps_of(history, intent).collect();
        let (before, statements_before) = match sealed.first() {
            Some(first) => earlier(root, history, first)?,
            None => {
                let statements = history.last().map(|entry| entry.statements.clone());
                (history.schema().clone(), statements.unwrap_or_default())
            }
        };
        let keeps_losses = wishes.policy == Policy::Retained;
        let stages = Stages::between(&before, &declared.schema, &wishes.renames, keeps_losses, &style);
        let name = intent.name.value.clone();
        let mut rolling =
            Self { before, statements_before, stages, name, steps: Vec::new(), sealed: sealed.len(), fault: None };
        rolling.steps = rolling.steps(intent, &declared.schema, &wishes);
        rolling.fault = rolling.fault(history, &sealed);
        Ok(Some(rolling))
    }

    /// The schema of the version after.
    fn schema_after<'a>(&'a self, stage: Stage, last: &'a Schema) -> &'a Schema {
        match stage {
            Stage::Expand => &self.stages.expanded,
            Stage::Migrate => &self.stages.migrated,
            Stage::Contract => last,
        }
    }

    fn steps(&self, intent: &MigrationDecl, last: &Schema, wishes: &Wishes) -> Vec<Step> {
        let mut before = &self.before;
        let mut stages = Vec::new();
        for stage in STAGES {
            let after = self.schema_after(stage, last);
            let moves = stage == Stage::Migrate && self.stages.moves(wishes, last);
            if before.hash() != after.hash() || moves {
                stages.push(stage);
            }
            before = after;
        }
        let count = stages.len();
        let step = |(at, stage): (usize, Stage)| Step { stage, intent: self.told(intent, stage, at, count) };
        stages.into_iter().enumerate().map(step).collect()
    }

    /// The intent as it reads for one step.
    fn told(&self, intent: &MigrationDecl, stage: Stage, at: usize, count: usize) -> MigrationDecl {
        let (word, meaning) = said(stage);
        let number = intent.number.value + u32::try_from(at).unwrap_or_default();
        let title = format!("{} ({word}, step {} of {count})", intent.title.value, at + 1);
        let mut reason = format!("{}. {meaning}", intent.reason.value.trim_end_matches('.'));
        if stage == Stage::Contract {
            for (id, why) in &self.stages.unstaged {
                reason += &format!(" Only now: {}: {why}.", intent::short(id));
            }
        }
        MigrationDecl {
            number: Spanned::new(number, intent.number.span),
            name: Spanned::new(format!("{}_{word}", intent.name.value), intent.name.span),
            title: Spanned::new(title, intent.title.span),
            reason: Spanned::new(reason, intent.reason.span),
            ..intent.clone()
        }
    }

    /// The declaration may change while the steps are carried out, as long as those that are sealed stay what they are.
    fn fault(&self, history: &History, sealed: &[&Sealed]) -> Option<String> {
        let last = sealed.last()?;
        let step = self.steps.iter().find(|step| step.intent.name.value == last.name);
        // The last step is never among those that are sealed while the intent is open.
        let expected = step.map(|step| self.schema_after(step.stage, &self.before));
        let found = history.schema();
        let is_there = self.steps.get(sealed.len() - 1).is_some_and(|step| step.intent.name.value == last.name);
        if is_there && expected.is_some_and(|expected| expected.hash() == found.hash()) {
            return None;
        }
        let differing: Vec<String> = expected
            .map(|expected| crate::diff::diff(found, expected).iter().map(|change| change.id().to_string()).collect())
            .unwrap_or_default();
        Some(format!(
            "{:03}_{} is sealed, and the declaration as it is now would have made something else of it ({}); take that out of the declaration until the last step is sealed, and put it into the migration after",
            last.number,
            last.name,
            if differing.is_empty() { "no such step".to_owned() } else { differing.join(", ") }
        ))
    }

    /// The step that is to be made next, and those after it.
    pub(super) fn plan<'a>(&'a self, project: &'a Project, asked: Asked) -> Result<Planned<'a>, Failure> {
        let faulty = |faults: Vec<Diagnostic>| Failure::Faulty(Box::new(project.sources.clone()), faults);
        let whole = open_intent(project).map_err(faulty)?;
        if let Some(fault) = &self.fault {
            return Err(Failure::Unreadable(vec![fault.clone()]));
        }
        let mut settings = Settings::of(&project.declared.declarations);
        settings.style.online |= asked.online;
        settings.style.wrapped |= asked.wrapped;
        let mut planned = Vec::new();
        let mut unused: Option<Vec<Diagnostic>> = None;
        for step in &self.steps {
            let (one, faults) =
                self.plan_step(step, project, asked.policy, &settings).map_err(|failure| failure.or(&faulty))?;
            planned.push(one);
            // What one step has no use for may be for another.
            unused = Some(match unused {
                None => faults,
                Some(others) => others.into_iter().filter(|it| faults.iter().any(|fault| is_same(fault, it))).collect(),
            });
        }
        let unused = unused.unwrap_or_default();
        if !unused.is_empty() {
            return Err(faulty(unused));
        }
        let mut left = planned.into_iter().skip(self.sealed);
        let Some(mut next) = left.next() else { return self.nothing(project, whole) };
        next.later = left.collect();
        for later in &next.later {
            next.unaccepted.extend(later.unaccepted.iter().cloned());
            next.refused.extend(later.refused.iter().cloned());
        }
        Ok(next)
    }

    /// Nothing has changed.
    fn nothing<'a>(&self, project: &'a Project, intent: Option<&'a MigrationDecl>) -> Result<Planned<'a>, Failure> {
        let last = &project.declared.schema;
        let migration = crate::plan::Migration::between(last, last, &Wishes::default()).map_err(unplanned)?;
        let (hazards, accepted) = (Vec::new(), Default::default());
        let (unaccepted, refused, later) = (Vec::new(), Vec::new(), Vec::new());
        let policy = Policy::default();
        Ok(Planned { intent, migration, policy, hazards, accepted, unaccepted, refused, later })
    }

    fn plan_step<'a>(
        &self,
        step: &'a Step,
        project: &Project,
        policy: Option<Policy>,
        settings: &Settings,
    ) -> Result<(Planned<'a>, Vec<Diagnostic>), Refusal> {
        let intent = &step.intent;
        let wishes = intent::wishes(intent, policy, &settings.style).map_err(Refusal::Faulty)?;
        let ends = (&self.before, &project.declared.schema);
        let migration = self.stages.step(step.stage, ends, &wishes).map_err(|error| {
            let located = intent::located(intent, &error);
            if located.is_empty() { Refusal::Failed(unplanned(error)) } else { Refusal::Faulty(located) }
        })?;
        let hazards = lint::lint(&migration, &wishes.style);
        let unused = intent::unused(intent, &wishes, &migration, &hazards);
        let accepted = intent::accepted(intent);
        let unaccepted = intent::unaccepted(&wishes, &migration);
        let refused = intent::refused(intent, &wishes, &migration, &hazards);
        let (policy, later) = (wishes.policy, Vec::new());
        let planned =
            Planned { intent: Some(intent), migration, policy, hazards, accepted, unaccepted, refused, later };
        Ok((planned, unused))
    }

    /// The intent's own name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The names of the migrations that come after the one that is to be made next.
    pub fn to_come(&self) -> Vec<String> {
        self.steps.iter().skip(self.sealed + 1).map(|step| step.intent.name.value.clone()).collect()
    }
}

enum Refusal {
    Faulty(Vec<Diagnostic>),
    Failed(Failure),
}

impl Refusal {
    fn or(self, faulty: &impl Fn(Vec<Diagnostic>) -> Failure) -> Failure {
        match self {
            Refusal::Faulty(faults) => faulty(faults),
            Refusal::Failed(failure) => failure,
        }
    }
}

fn is_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    one.message == other.message && format!("{:?}", one.span) == format!("{:?}", other.span)
}

fn said(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Expand => (
            "expand",
            "This step adds what the new version needs; the version before goes on working, so that it can run before \
             anything is deployed.",
        ),
        Stage::Migrate => (
            "migrate",
            "This step moves the values and builds what stands on them; when it is done, the new version can be \
             deployed.",
        ),
        Stage::Contract => {
            ("contract", "This step takes away what only the version before needs; run it when that version is gone.")
        }
    }
}

/// The schema before the first step, and the statements of the version that knows it.
fn earlier(root: &Path, history: &History, first: &Sealed) -> Result<(Schema, BTreeMap<String, String>), Vec<String>> {
    let Some(earlier) = history.sealed.iter().rfind(|it| it.number < first.number) else {
        return Ok(Default::default());
    };
    let (entry, schema) = history::entry(root, earlier).map_err(|fault| vec![fault.to_string()])?;
    Ok((schema, entry.statements))
}
