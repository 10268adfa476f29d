//! The changes of statements as steps of a plan, with what they lock.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::Placed;
use crate::kinds::{Alteration, Context, Moment, Object, Relation};
use crate::model::{Change, Id, Lock, LockMode, Schema, Statement};
use crate::plan::{Plan, Section, Step};
use crate::sql::Style;

/// The changes as a plan, with the locks that their kinds know of, and the place of each step.
pub fn planned(text: &str, meanings: &[Placed], (before, after): (&Schema, &Schema)) -> (Plan, Vec<Range<usize>>) {
    let style = Style::default();
    let context = Context { style: &style, from: before, to: after };
    let mut moment = Moment::new(before, after);
    let (mut steps, mut places, mut own) = (Vec::new(), Vec::new(), Own::default());
    for (range, meaning) in meanings {
        let sql = &text[range.clone()];
        let mut more = self::steps(&context, &mut moment, sql, &meaning.changes, meaning.is_concurrent);
        own.pass(&mut more);
        places.extend(more.iter().map(|_| range.clone()));
        steps.extend(more);
    }
    (plan(steps), places)
}

/// What the file has made itself, by the names of the moment.
#[derive(Default)]
pub struct Own(BTreeSet<Id>);

impl Own {
    /// Leaves out what is done to the file's own objects, unless others wait for it; and notes what is made.
    pub fn pass(&mut self, steps: &mut Vec<Step>) {
        let waits = |step: &Step| step.statements.iter().any(|statement| !statement.locks.is_empty());
        steps.retain(|step| step.change.before().is_none_or(|it| !self.has(&it.id())) || waits(step));
        for change in steps.iter().flat_map(Step::changes) {
            match change {
                Change::Create(object) => {
                    self.0.insert(object.id());
                }
                Change::Rename { from, to } if self.has(&from.id()) => {
                    self.0.insert(to.id());
                }
                _ => {}
            }
        }
    }

    /// Whether the file has made it, or the relation that it is a part of.
    pub fn has(&self, id: &Id) -> bool {
        is_part(&self.0, id)
    }
}

/// Whether one of these objects is it, or the relation that it is a part of.
pub fn is_part(made: &BTreeSet<Id>, id: &Id) -> bool {
    made.iter().any(|it| it.path == id.path || Relation::is(it.kind) && id.path.starts_with(&it.path))
}

/// Steps as a plan.
pub fn plan(steps: Vec<Step>) -> Plan {
    Plan { sections: vec![Section { title: String::new(), steps }], ..Plan::default() }
}

/// The changes of one statement as steps.
pub fn steps(
    context: &Context,
    moment: &mut Moment,
    sql: &str,
    changes: &[Vec<Change>],
    is_concurrent: bool,
) -> Vec<Step> {
    let mut steps = Vec::new();
    for changes in changes {
        let Some((head, carried)) = changes.split_first() else { continue };
        let mut statement = Statement::new(sql);
        statement.locks = changes.iter().flat_map(|change| locks(context, change)).collect();
        moment.settle(&changes.iter().collect::<Vec<_>>(), &mut statement);
        if is_concurrent {
            statement.locks.iter_mut().for_each(|lock| lock.mode = LockMode::ShareUpdateExclusive);
        }
        changes.iter().for_each(|change| moment.pass(change));
        steps.push(Step { change: head.clone(), carries: carried.to_vec(), statements: vec![statement] });
    }
    steps
}

fn locks(context: &Context, change: &Change) -> Vec<Lock> {
    let statements = match change {
        Change::Create(object) => object.create(context.style),
        Change::Drop(object) => Object::drop(object, context.style),
        Change::Alter { from, to } => match Object::alter(context, from, to) {
            Alteration::InPlace(statements) | Alteration::Disturbing { statements, .. } => statements,
            _ => [Object::drop(from, context.style), to.create(context.style)].concat(),
        },
        Change::Rename { from, to } => from.rename(context.style, to).unwrap_or_default(),
    };
    statements.into_iter().flat_map(|statement| statement.locks).collect()
}

/// What has to be there before the file: what it speaks of and has not made by then; and what is there after it.
pub fn ends(meanings: &[Placed]) -> (Schema, Schema) {
    let (mut there, mut made) = (BTreeMap::new(), Vec::new());
    for (_, meaning) in meanings {
        for object in meaning.assumed.iter().filter(|object| !made.contains(&object.id())) {
            there.entry(object.id()).or_insert_with(|| Arc::new(object.clone()));
        }
        made.extend(meaning.changes.iter().flatten().filter_map(|change| change.after()).map(Object::id));
    }
    let mut now: BTreeMap<Id, Arc<Object>> = there.clone();
    for change in meanings.iter().flat_map(|(_, meaning)| meaning.changes.iter().flatten()) {
        if let Some(object) = change.before() {
            now.remove(&object.id());
        }
        match change {
            Change::Create(object) | Change::Alter { to: object, .. } | Change::Rename { to: object, .. } => {
                now.insert(object.id(), object.clone());
            }
            Change::Drop(_) => {}
        }
    }
    // A map has no id twice.
    let schema = |objects: BTreeMap<Id, Arc<Object>>| Schema::of(objects.into_values()).unwrap_or_default();
    (schema(there), schema(now))
}
