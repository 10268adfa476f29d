//! What took the place of something gets its name, in one short transaction.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::assembly::Assembly;
use super::chain::{chained, kept_the_same, moving_back, naming, no_longer};
use super::prefix::Prefix;
use super::{Stages, inverse};
use crate::kinds::pair::Pair;
use crate::kinds::{Bridge, Object, Renaming};
use crate::model::{Id, Schema};
use crate::plan::{Plan, PlanError, rename};
use crate::sql::Style;

/// The schema after the swap: nothing keeps two columns the same any longer, and whoever was to have a name has it.
pub(super) fn swapped(migrated: &Schema, pairs: &[Pair], asides: &[Renaming], naming: &[Renaming]) -> Schema {
    let named = asides.iter().chain(naming).fold(migrated.clone(), |it, rename| it.renamed(rename).unwrap_or(it));
    let mut assembly = Assembly::of(&named);
    let mut gone: BTreeSet<Id> = asides.iter().map(Renaming::target).collect();
    for pair in pairs {
        gone.extend(pair.keepers().iter().map(Object::id));
        assembly.put(Arc::new(pair.last()), &named);
        if !pair.is_hidden() {
            gone.extend(unasked(&named, pair, &mut assembly));
        }
    }
    assembly.take_out(gone, &named);
    assembly.schema()
}

/// Asks nothing more of the old column, which those who write from now on need not know. What can't stay for that.
fn unasked(schema: &Schema, pair: &Pair, assembly: &mut Assembly) -> Vec<Id> {
    let old = pair.old_id();
    let mut gone = Vec::new();
    for id in schema.needed_by(&old).chain([&old]) {
        let Some(object) = schema.get(id).filter(|_| *id == old || schema.owner(id) == Some(&pair.table())) else {
            continue;
        };
        match object.bridge(None, schema, &Style::default()) {
            Bridge::AsItWas => {}
            Bridge::As(it) => assembly.put(Arc::new(it), schema),
            Bridge::Gone => gone.push(id.clone()),
        }
    }
    gone
}

impl Stages {
    /// The swap, to be put in front of what is left to do.
    pub(in crate::plan) fn swap(&self, style: &Style) -> Result<Prefix<'_>, PlanError> {
        Ok(Prefix::swap(self, self.swap_up(style)?))
    }

    /// The way from the migrated schema to the swapped one, which takes no time.
    pub(super) fn swap_up(&self, style: &Style) -> Result<Plan, PlanError> {
        let style = &in_one_transaction(style);
        let renames: Vec<Renaming> = self.asides.iter().chain(&self.naming).cloned().collect();
        let renamed = rename::meanwhile(&self.migrated, &renames, style).map_err(PlanError::Renames)?;
        let headings = [no_longer(&self.pairs, &self.asides)];
        let mut plan = Plan::between(&renamed.schema, &self.swapped, style, &[], &headings)?;
        plan.sections.splice(0..0, renamed.section);
        Ok(chained([plan, naming(&self.pairs, true)]))
    }

    /// The way back: what comes back is filled before anything is asked of it.
    pub(super) fn swap_down(&self, swapped: &Schema, migrated: &Schema, style: &Style) -> Result<Plan, PlanError> {
        let style = &in_one_transaction(style);
        let back: Vec<Renaming> = self.naming.iter().rev().map(inverse).collect();
        let renamed = rename::meanwhile(swapped, &back, style).map_err(PlanError::Renames)?;
        let empty = self.empty(migrated);
        let mut first = Plan::between(&renamed.schema, &empty, style, &[], &[])?;
        first.sections.splice(0..0, naming(&self.pairs, false).sections);
        first.sections.splice(0..0, renamed.section);
        let last = Plan::between(&empty, migrated, style, &[], &kept_the_same(&self.pairs))?;
        Ok(chained([first, moving_back(&self.pairs), last]))
    }

    /// The migrated schema before the old columns are filled.
    fn empty(&self, migrated: &Schema) -> Schema {
        let mut assembly = Assembly::of(migrated);
        let mut gone = BTreeSet::new();
        for pair in &self.pairs {
            gone.extend(pair.keepers().iter().map(Object::id));
            gone.extend(unasked(migrated, pair, &mut assembly));
        }
        assembly.take_out(gone, migrated);
        assembly.schema()
    }
}

/// Nothing of it takes long, and nobody may see the half of it.
fn in_one_transaction(style: &Style) -> Style {
    Style { online: false, ..style.clone() }
}
