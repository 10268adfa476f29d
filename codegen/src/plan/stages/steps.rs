//! The three steps as migrations of their own.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Stages;
use super::chain::{chained, filling, kept_the_same, moving};
use crate::kinds::{Context, Object, Stage};
use crate::model::{Id, Schema};
use crate::plan::{Backfill, Migration, PlanError, Wishes};

impl Stages {
    /// One step, between the whole way's ends, with what a human wants of the whole way.
    ///
    /// # Errors
    /// What keeps any migration from being planned.
    pub fn step(
        &self,
        stage: Stage,
        (before, after): (&Schema, &Schema),
        all: &Wishes,
    ) -> Result<Migration, PlanError> {
        let wishes = Wishes {
            renames: Vec::new(),
            backfills: Vec::new(),
            rollback_backfills: Vec::new(),
            copied: self.copied(),
            ..all.clone()
        };
        let mut migration = match stage {
            Stage::Expand => {
                let headings = [wishes.headings, kept_the_same(&self.pairs)].concat();
                let wishes = Wishes { loosened: self.loosened.clone(), headings, ..wishes };
                Migration::between(before, &self.expanded, &wishes)?
            }
            Stage::Migrate => self.migrate(after, &wishes, all)?,
            Stage::Contract => self.contract(after, wishes, all)?,
        };
        migration.meanwhile.extend(self.meanwhile());
        Ok(migration)
    }

    /// Whether the step in the middle has rows to change.
    pub fn moves(&self, all: &Wishes, after: &Schema) -> bool {
        let fills = |it: &Backfill| self.migrated.contains(&it.column) && self.is_filled_early(it, after, all);
        !self.pairs.is_empty() || all.backfills.iter().any(fills)
    }

    /// Whether a column is filled with the step in the middle.
    fn is_filled_early(&self, backfill: &Backfill, after: &Schema, all: &Wishes) -> bool {
        backfill.batch.is_some() || !self.waits(backfill, after, all)
    }

    /// The columns whose values stand in two places.
    fn copied(&self) -> BTreeSet<Id> {
        self.pairs.iter().flat_map(|pair| [pair.old_id(), pair.new_id()]).collect()
    }

    fn migrate(&self, after: &Schema, wishes: &Wishes, all: &Wishes) -> Result<Migration, PlanError> {
        let mut migration = Migration::between(&self.expanded, &self.migrated, wishes)?;
        let context = Context { style: &wishes.style, from: &self.expanded, to: &self.migrated };
        let fills: Vec<(Arc<Object>, &Backfill)> = all
            .backfills
            .iter()
            .filter(|it| self.is_filled_early(it, after, all))
            .filter_map(|it| Some((self.migrated.get(&it.column)?.clone(), it)))
            .collect();
        migration.up = chained([moving(&context, &self.pairs), filling(&context, &fills), migration.up]);
        Ok(migration)
    }

    fn contract(&self, after: &Schema, wishes: Wishes, all: &Wishes) -> Result<Migration, PlanError> {
        let fills = all.backfills.iter().filter(|it| self.waits(it, after, all)).cloned().collect();
        let wishes = Wishes {
            renames: self.renames.clone(),
            backfills: fills,
            rollback_backfills: all.rollback_backfills.clone(),
            ..wishes
        };
        if self.pairs.is_empty() && self.naming.is_empty() {
            return Migration::between(&self.migrated, after, &wishes);
        }
        let prefix = self.swap(&wishes.style)?;
        let rest = Migration::between(prefix.halfway(), after, &wishes)?;
        prefix.then(rest, &wishes.style)
    }

    /// Whether something becomes of the column with the last step, so that it is filled once more, or only then: whoever
    /// does not know it has left it empty until now.
    fn waits(&self, backfill: &Backfill, after: &Schema, all: &Wishes) -> bool {
        let now = super::undone(after, &all.renames);
        match (self.swapped.get(&backfill.column), now.get(&backfill.column)) {
            (Some(there), Some(last)) => !there.same(last),
            _ => true,
        }
    }
}
