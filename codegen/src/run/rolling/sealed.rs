//! A step that is sealed, as it was planned.

use super::{STAGES, earlier, said, steps_of};
use crate::intent;
use crate::model::Schema;
use crate::plan::{Migration, Policy, Stages};
use crate::read::history::{self, Sealed};
use crate::run::Project;
use crate::sql::Style;

/// A sealed step: the migration, and the schemas of the two versions of the code that run meanwhile.
pub struct SealedStep {
    /// As it is planned today, which leads from the same schema to the same.
    pub migration: Migration,
    /// The schemas of the version before and of the version after.
    pub versions: (Schema, Schema),
}

/// What is known of a sealed step. None, if it is none, or if its intent is gone.
pub fn sealed_step(project: &Project, sealed: &Sealed, style: &Style) -> Option<SealedStep> {
    let mut intents = project.declared.declarations.migrations.iter();
    let intent = intents.find(|it| !sealed.step_of.is_empty() && it.name.value == sealed.step_of)?;
    let steps: Vec<&Sealed> = steps_of(&project.history, intent).collect();
    let (before, _) = earlier(&project.root, &project.history, steps.first()?).ok()?;
    let last = match steps.last().filter(|step| step.to_come.is_empty()) {
        Some(step) => history::entry(&project.root, step).ok()?.1,
        None => project.declared.schema.clone(),
    };
    let wishes = intent::wishes(intent, None, style).ok()?;
    let keeps_losses = wishes.policy == Policy::Retained;
    let stages = Stages::between(&before, &last, &wishes.renames, keeps_losses, style);
    let stage = STAGES.into_iter().find(|stage| sealed.name == format!("{}_{}", sealed.step_of, said(*stage).0))?;
    let migration = stages.step(stage, (&before, &last), &wishes).ok()?;
    let is_same = migration.before.hash() == sealed.before && migration.after.hash() == sealed.after;
    is_same.then_some(SealedStep { migration, versions: (before, last) })
}
