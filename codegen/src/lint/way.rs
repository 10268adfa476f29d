//! One way of a migration, as rules look at it.

use std::collections::BTreeMap;

use super::{Direction, Finding, Said};
use crate::kinds::kept::Kept;
use crate::kinds::{Column, Enumeration, ForeignKey, Kind, Object};
use crate::model::{Change, Id, Schema};
use crate::plan::{Aspect, Loss, Migration, Plan, Step};
use crate::sql::Style;

/// One way of a migration.
pub struct Way<'a> {
    /// Which.
    pub direction: Direction,
    /// The schema that it starts from.
    pub before: &'a Schema,
    /// The schema that it leads to.
    pub after: &'a Schema,
    /// What is done.
    pub plan: &'a Plan,
    /// What is kept for a `retained` rollback.
    pub kept: &'a [Kept],
    losses: &'a [Loss],
    style: &'a Style,
    dropped: BTreeMap<Id, &'a Object>,
    created: BTreeMap<Id, &'a Object>,
}

impl<'a> Way<'a> {
    /// The migration itself.
    pub fn up(migration: &'a Migration, style: &'a Style) -> Self {
        let ends = (&migration.before, &migration.after);
        Self { kept: &migration.kept, ..Self::new(Direction::Up, ends, (&migration.up, &migration.losses), style) }
    }

    /// Its rollback.
    pub fn down(migration: &'a Migration, style: &'a Style) -> Self {
        let ends = (&migration.after, &migration.reachable);
        Self::new(Direction::Down, ends, (&migration.down, &migration.destroyed_by_down), style)
    }

    /// A way between two schemas.
    pub fn new(
        direction: Direction,
        (before, after): (&'a Schema, &'a Schema),
        (plan, losses): (&'a Plan, &'a [Loss]),
        style: &'a Style,
    ) -> Self {
        let (mut dropped, mut created) = (BTreeMap::new(), BTreeMap::new());
        for change in plan.steps().flat_map(Step::changes) {
            match change {
                Change::Drop(object) => dropped.insert(object.id(), object.as_ref()),
                Change::Create(object) => created.insert(object.id(), object.as_ref()),
                _ => None,
            };
        }
        Self { direction, before, after, plan, kept: &[], losses, style, dropped, created }
    }

    /// What a check says of each step.
    pub fn of_steps(&self, check: impl Fn(&Step) -> Option<Said>) -> Vec<Finding> {
        let steps = self.plan.steps().enumerate();
        steps.filter_map(|(number, step)| Some(check(step)?.about(number, step))).collect()
    }

    /// What a check says of each change that has a step of its own.
    pub fn of_changes(&self, check: impl Fn(&Change) -> Option<Said>) -> Vec<Finding> {
        self.of_steps(|step| check(&step.change))
    }

    /// What a check says of each object that comes to a table that was there, and was not there itself.
    pub fn of_created(&self, check: impl Fn(&Object) -> Option<Said>) -> Vec<Finding> {
        self.of_changes(|change| match change {
            Change::Create(object) if !self.is_new(&object.id()) => check(object),
            _ => None,
        })
    }

    /// What a check says of each object that becomes another, in place or made anew.
    pub fn of_pairs(&self, check: impl Fn(&Object, &Object) -> Option<Said>) -> Vec<Finding> {
        self.of_changes(|change| match change {
            Change::Alter { from, to } => check(from, to),
            Change::Create(to) => check(self.dropped.get(&to.id())?, to),
            _ => None,
        })
    }

    /// The same of columns.
    pub fn of_columns(&self, check: impl Fn(&Column, &Column) -> Option<Said>) -> Vec<Finding> {
        self.of_pairs(|from, to| match (from, to) {
            (Object::Column(from), Object::Column(to)) => check(from, to),
            _ => None,
        })
    }

    /// The same of foreign keys.
    pub fn of_keys(&self, check: impl Fn(&ForeignKey, &ForeignKey) -> Option<Said>) -> Vec<Finding> {
        self.of_pairs(|from, to| match (from, to) {
            (Object::ForeignKey(from), Object::ForeignKey(to)) => check(from, to),
            _ => None,
        })
    }

    /// The same of enums.
    pub fn of_enums(&self, check: impl Fn(&Enumeration, &Enumeration) -> Option<Said>) -> Vec<Finding> {
        self.of_pairs(|from, to| match (from, to) {
            (Object::Enumeration(from), Object::Enumeration(to)) => check(from, to),
            _ => None,
        })
    }

    /// What a check says of each loss of an aspect.
    pub fn of_losses(&self, aspect: Aspect, check: impl Fn(&Loss) -> Option<Said>) -> Vec<Finding> {
        let losses = self.losses.iter().filter(|loss| loss.aspect == aspect);
        let finding =
            |loss: &Loss| Some(Finding { object: loss.id.clone(), said: check(loss)?, locks: Vec::new(), step: None });
        losses.filter_map(finding).collect()
    }

    /// Whether the plan makes it.
    pub fn is_made(&self, id: &Id) -> bool {
        self.created.contains_key(id)
    }

    /// Whether the table that it is a part of is made by the same plan, so that there are no rows and no readers.
    pub fn is_new(&self, id: &Id) -> bool {
        let root = self.after.root(id);
        root != *id && self.created.contains_key(&root) && !self.dropped.contains_key(&root)
    }

    /// Whether the plan drops it, perhaps to make it anew.
    pub fn goes(&self, id: &Id) -> bool {
        self.dropped.contains_key(id)
    }

    /// Whether it is there in the end.
    pub fn comes(&self, id: &Id) -> bool {
        self.after.contains(id)
    }

    /// Whether it stays, and is changed.
    pub fn is_altered(&self, id: &Id) -> bool {
        self.plan.steps().any(|step| matches!(step.change, Change::Alter { .. }) && step.change.id() == *id)
    }

    /// Whether the table that it is a part of goes too.
    pub fn is_dropped_with_owner(&self, id: &Id) -> bool {
        let root = self.before.root(id);
        root != *id && self.dropped.contains_key(&root)
    }

    /// A relation of this schema and name, as a statement names it.
    pub fn name(&self, schema: &str, name: &str) -> String {
        self.style.name(schema, name)
    }

    /// The same by its id.
    pub fn sql(&self, id: &Id) -> String {
        match &id.path[..] {
            [schema, name, ..] => self.style.name(schema, name),
            _ => id.dotted(),
        }
    }

    /// The relation that an object is a part of, as a statement names it.
    pub fn table_of(&self, id: &Id) -> Option<String> {
        let schema = if self.after.contains(id) { self.after } else { self.before };
        match schema.root(id) {
            root if root == *id => None,
            root => matches!(root.kind, Kind::Table | Kind::MaterializedView | Kind::ForeignTable | Kind::View)
                .then(|| self.sql(&root)),
        }
    }
}
