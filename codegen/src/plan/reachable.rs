//! The schema that a runnable rollback can reach: where values are gone, a NOT NULL can't come back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Aspect, Impossibility, Loss};
use crate::kinds::{Object, Relaxed};
use crate::model::{Id, Schema, Statement};
use crate::sql::Style;

/// The target without what can't be made where there are rows, and what it lacks.
/// What is in `kept` has its values, so that it can be made as it was.
pub(super) fn relaxed(current: &Schema, target: &Schema, style: &Style, kept: &BTreeSet<Id>) -> (Schema, Vec<Loss>) {
    let mut unmakeable = unmakeable(current, target, style);
    unmakeable.retain(|(id, _)| !follows_one_of(target, id, kept));
    if unmakeable.is_empty() {
        return (target.clone(), Vec::new());
    }
    let mut objects: BTreeMap<Id, Arc<Object>> = target.iter().map(|(id, it)| (id.clone(), it.clone())).collect();
    let (mut losses, mut impossible) = (Vec::new(), BTreeSet::new());
    for (id, form) in unmakeable {
        impossible.extend(
            target.needed_by(&id).filter(|other| target.get(other).is_some_and(|it| !it.tolerates_null(&id))).cloned(),
        );
        losses.push(Loss {
            id: id.clone(),
            aspect: Aspect::Definition,
            what: format!("{}: the values are gone", form.lacks),
        });
        objects.insert(id, Arc::new(form.object));
    }
    for id in with_dependents(target, impossible) {
        objects.remove(&id);
        losses.push(Loss { id, aspect: Aspect::Object, what: "can't be made while its columns are empty".into() });
    }
    // A part of a schema has no id twice.
    let reachable = target.with_objects(objects.into_values()).unwrap_or_default();
    (reachable, losses)
}

/// Whether an object is one of these, or what one of these makes it in a partition or a table that inherits.
fn follows_one_of(schema: &Schema, id: &Id, kept: &BTreeSet<Id>) -> bool {
    let leaders = || schema.get(id).map(|object| object.follows()).unwrap_or_default();
    kept.contains(id) || leaders().iter().any(|follow| follows_one_of(schema, &follow.leader, kept))
}

/// The target in which stays as it is what PostgreSQL can't change back, and what it differs by. None if that is nothing.
pub(super) fn left_as_it_is(
    current: &Schema,
    target: &Schema,
    impossible: &[Impossibility],
) -> Option<(Schema, Vec<Loss>)> {
    let mut kept: BTreeMap<Id, (Arc<Object>, Loss)> = BTreeMap::new();
    for Impossibility { id, reason } in impossible {
        for id in bound_to(current, id) {
            let (Some(now), Some(then)) = (current.get(&id), target.get(&id)) else { continue };
            if !now.same(then) {
                let what = format!("it stays as it is: {reason}");
                kept.insert(id.clone(), (now.clone(), Loss { id, aspect: Aspect::Definition, what }));
            }
        }
    }
    if kept.is_empty() {
        return None;
    }
    let (ids, (objects, losses)): (BTreeSet<Id>, (Vec<_>, Vec<_>)) = kept.into_iter().unzip();
    let others = target.iter().filter(|(id, _)| !ids.contains(id)).map(|(_, object)| object.clone());
    // A part of a schema has no id twice.
    Some((target.with_objects(others.chain(objects)).unwrap_or_default(), losses))
}

/// The target in which these stay as they are, since rows may have come that the target does not allow.
pub(super) fn as_they_are(current: &Schema, target: &Schema, ids: &BTreeSet<Id>, style: &Style) -> (Schema, Vec<Loss>) {
    let differ = |id: &&Id| match (current.get(id), target.get(id)) {
        (now, Some(then)) => now.is_none_or(|now| !now.same(then)),
        _ => false,
    };
    let (kept, gone): (BTreeSet<Id>, BTreeSet<Id>) =
        ids.iter().filter(differ).cloned().partition(|id| current.contains(id));
    let gone = with_dependents(target, gone);
    let lacking = |id: &Id| {
        let lacks =
            target.get(id).and_then(|it| it.relaxed(style)).map_or("what was asked of it".into(), |it| it.lacks);
        let what = format!("{lacks}: rows may have come meanwhile that have no value for it");
        Loss { id: id.clone(), aspect: Aspect::Definition, what }
    };
    let missing = |id: &Id| {
        let what = "rows may have come meanwhile for which it does not hold".into();
        Loss { id: id.clone(), aspect: Aspect::Object, what }
    };
    let losses = kept.iter().map(lacking).chain(gone.iter().map(missing)).collect();
    let now = kept.iter().filter_map(|id| current.get(id).cloned());
    let others = target.iter().filter(|(id, _)| !kept.contains(*id) && !gone.contains(*id));
    let objects = others.map(|(_, object)| object.clone()).chain(now);
    // A part of a schema has no id twice.
    (target.with_objects(objects).unwrap_or_default(), losses)
}

/// An object, what it needs, and whoever follows it.
fn bound_to(schema: &Schema, id: &Id) -> BTreeSet<Id> {
    let mut bound: BTreeSet<Id> = schema.needs(id).cloned().collect();
    let mut open = vec![id.clone()];
    while let Some(leader) = open.pop() {
        let follows =
            |other: &&Id| schema.get(other).is_some_and(|it| it.follows().iter().any(|follow| follow.leader == leader));
        open.extend(schema.needed_by(&leader).filter(follows).cloned());
        bound.insert(leader);
    }
    bound
}

/// What refuses, before anything is touched, where an exact rollback can't work.
pub(super) fn guards(current: &Schema, target: &Schema, style: &Style) -> Vec<Statement> {
    unmakeable(current, target, style).into_iter().map(|(_, form)| form.guard).collect()
}

/// Objects that have to be made where rows are already and that ask more of these rows than they have.
fn unmakeable(current: &Schema, target: &Schema, style: &Style) -> Vec<(Id, Relaxed<Object>)> {
    let created = target.iter().filter(|(id, _)| !current.contains(id) && current.contains(&target.root(id)));
    created.filter_map(|(id, object)| Some((id.clone(), object.relaxed(style)?))).collect()
}

fn with_dependents(schema: &Schema, start: BTreeSet<Id>) -> BTreeSet<Id> {
    let mut open: Vec<Id> = start.iter().cloned().collect();
    let mut all = start;
    while let Some(id) = open.pop() {
        open.extend(schema.needed_by(&id).filter(|other| all.insert((*other).clone())).cloned());
    }
    all
}
