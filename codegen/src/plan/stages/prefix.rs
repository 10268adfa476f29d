//! What is done in front of a migration, so that only the rest of it is left to be planned as usual.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::assembly::Assembly;
use super::chain::{chained, kept_the_same, moving};
use super::{Stages, inverse};
use crate::kinds::pair::Pair;
use crate::kinds::{Context, Renaming};
use crate::model::{Id, Schema};
use crate::plan::{Aspect, Loss, Migration, Plan, PlanError};
use crate::sql::Style;

/// The way up to the schema with which the rest starts.
pub(in crate::plan) struct Prefix<'a> {
    before: &'a Schema,
    stages: &'a Stages,
    up: Plan,
    /// Whether it does all three steps.
    is_whole: bool,
}

impl<'a> Prefix<'a> {
    /// The last step alone, from the migrated schema.
    pub(super) fn swap(stages: &'a Stages, up: Plan) -> Self {
        Self { before: &stages.migrated, stages, up, is_whole: false }
    }

    /// The schema with which the rest starts.
    pub(in crate::plan) fn halfway(&self) -> &Schema {
        &self.stages.swapped
    }

    /// The whole migration of which `rest` is what is left when the prefix is done.
    pub(in crate::plan) fn then(self, rest: Migration, style: &Style) -> Result<Migration, PlanError> {
        let reachable = self.reachable(&rest.reachable);
        let down = match self.is_whole {
            true => self.back_online(&rest.reachable, &reachable, style)?,
            false => self.stages.swap_down(&rest.reachable, &reachable, style)?,
        };
        let lost = |which: fn(&Pair) -> (Id, Option<String>)| {
            let lost = self.stages.pairs.iter().map(which);
            lost.filter_map(|(id, what)| Some(Loss { id, aspect: Aspect::Data, what: what? })).collect::<Vec<_>>()
        };
        let mut losses = [lost(|pair| (pair.last_id(), pair.lost.clone())), rest.losses].concat();
        let mut destroyed_by_down =
            [lost(|pair| (pair.old_id(), pair.lost_back.clone())), rest.destroyed_by_down].concat();
        losses.sort();
        destroyed_by_down.sort();
        let mut meanwhile = self.stages.meanwhile();
        meanwhile.extend(rest.meanwhile);
        Ok(Migration {
            reachable,
            before: self.before.clone(),
            up: chained([self.up, rest.up]),
            down: chained([rest.down, down]),
            losses,
            destroyed_by_down,
            meanwhile,
            after: rest.after,
            kept: rest.kept,
            copied: rest.copied,
        })
    }

    /// The same way the other way round.
    fn back_online(&self, from: &Schema, to: &Schema, style: &Style) -> Result<Plan, PlanError> {
        let stages = Stages::online(from, to, style);
        let steps = all_steps(from, &stages, style)?;
        Ok(chained([steps, Plan::between(&stages.swapped, to, style, &[], &[])?]))
    }

    /// The schema before, as far as what can be reached halfway allows.
    fn reachable(&self, halfway: &Schema) -> Schema {
        let back = |id: &Id| {
            self.stages.naming.iter().fold(id.clone(), |id, naming| inverse(naming).applied(&id).unwrap_or(id))
        };
        let mut assembly = Assembly::of(self.before);
        let mut gone = BTreeSet::new();
        for (id, wanted) in self.stages.swapped.iter() {
            match halfway.get(id) {
                Some(found) if found.same(wanted) => {}
                Some(found) => {
                    let named = self
                        .stages
                        .naming
                        .iter()
                        .fold(found.as_ref().clone(), |it, naming| it.renamed(&inverse(naming)));
                    assembly.put_as(Arc::new(named), id, halfway);
                }
                None => {
                    gone.insert(back(id));
                }
            }
        }
        for (id, found) in halfway.iter().filter(|(id, _)| !self.stages.swapped.contains(id)) {
            assembly.put_as(found.clone(), id, halfway);
        }
        assembly.take_out(gone, self.before);
        assembly.schema()
    }
}

/// Expand, move, build, swap.
fn all_steps(before: &Schema, stages: &Stages, style: &Style) -> Result<Plan, PlanError> {
    let (expanded, migrated) = (&stages.expanded, &stages.migrated);
    let context = Context { style, from: expanded, to: migrated };
    Ok(chained([
        Plan::between(before, expanded, style, &[], &kept_the_same(&stages.pairs))?,
        moving(&context, &stages.pairs),
        Plan::between(expanded, migrated, style, &[], &[])?,
        stages.swap_up(style)?,
    ]))
}

impl Stages {
    /// All three steps in one, to be put in front of what is left to do.
    pub(in crate::plan) fn at_once<'a>(&'a self, before: &'a Schema, style: &Style) -> Result<Prefix<'a>, PlanError> {
        Ok(Prefix { before, stages: self, up: all_steps(before, self, style)?, is_whole: true })
    }

    /// What has another name meanwhile, and by which people know it.
    pub(in crate::plan) fn meanwhile(&self) -> BTreeMap<Id, Id> {
        let named = |rename: &Renaming| (rename.target(), rename.from.clone());
        let asides = self.asides.iter().map(named);
        let naming = self.naming.iter().map(|rename| (rename.from.clone(), rename.target()));
        asides.chain(naming).collect()
    }
}
