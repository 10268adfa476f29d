//! Which task has to come before which.

use std::collections::{BTreeMap, BTreeSet};

use super::{Task, tied};
use crate::kinds::{Claim, Object, Rebuild};
use crate::model::{Change, Id};

/// Pairs of tasks, the earlier first.
#[derive(Default)]
pub struct Edges {
    /// Whose order matters.
    pub all: Vec<(usize, usize)>,
    /// Those among them that are good manners only: what goes, goes before what it needs is changed in place, though
    /// PostgreSQL takes it the other way round as well.
    pub soft: BTreeSet<(usize, usize)>,
}

/// Every pair of tasks whose order matters.
pub fn edges(tasks: &[Task]) -> Edges {
    let by_id = by_id(tasks);
    let about = |id: &Id| by_id.get(id).into_iter().flatten().copied();
    let dropped = dropped_parts(tasks);
    let (mut edges, mut polite) = (Vec::new(), Vec::new());
    for (at, task) in tasks.iter().enumerate() {
        let alters = task.change.before().is_some() && task.change.after().is_some();
        for need in task.joins.iter() {
            let made = about(need).filter(|other| !matches!(tasks[*other].change, Change::Drop(_)));
            edges.extend(made.filter(|other| !tied::may_come_later(task, &tasks[*other])).map(|other| (other, at)));
        }
        edges.extend(gone_before(tasks, task, &dropped).into_iter().map(|other| (other, at)));
        for need in task.leaves.iter().filter(|need| !task.joins.contains(need)) {
            let later = about(need)
                .filter(|other| !alters || is_end(&tasks[*other]))
                .filter(|other| tasks[*other].change.before().is_some());
            // What is not disturbed by a change may also go after it.
            let minds = task.change.before().is_some_and(|object| object.rebuild() == Rebuild::WhenDisturbed);
            let disturbed = |other: &Task| minds && other.disturbs.contains(need);
            let (must, may): (Vec<usize>, Vec<usize>) =
                later.partition(|other| is_end(&tasks[*other]) || disturbed(&tasks[*other]));
            edges.extend(must.into_iter().map(|other| (at, other)));
            polite.extend(may.into_iter().map(|other| (at, other)));
        }
        // The tasks of one object stand in the order in which they were made: drop, create, alter.
        edges.extend(about(&task.id).filter(|other| *other > at).map(|other| (at, other)));
    }
    edges.extend(backfill_edges(tasks));
    edges.extend(last_edges(tasks));
    edges.extend(claim_edges(tasks));
    edges.extend(watch_edges(tasks));
    edges.extend(attracting_edges(tasks));
    edges.extend(tied::edges(tasks, &by_id));
    edges.sort_unstable();
    let soft: BTreeSet<(usize, usize)> = polite.into_iter().filter(|edge| edges.binary_search(edge).is_err()).collect();
    edges.extend(&soft);
    edges.retain(|(from, to)| from != to);
    edges.sort_unstable();
    edges.dedup();
    Edges { all: edges, soft }
}

/// The drops of parts, by what they are parts of.
fn dropped_parts(tasks: &[Task]) -> BTreeMap<Id, Vec<usize>> {
    let mut parts: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
    for (at, task) in tasks.iter().enumerate() {
        if let Change::Drop(object) = &task.change
            && let Some(owner) = object.owner()
        {
            parts.entry(owner).or_default().push(at);
        }
    }
    parts
}

/// The drops that a new object has to wait for, though it needs nothing of what goes.
///
/// What needs something as a whole may read every part that it finds, as a query does; and where there can be only
/// one of its kind, the old one makes room.
fn gone_before(tasks: &[Task], task: &Task, dropped: &BTreeMap<Id, Vec<usize>>) -> Vec<usize> {
    let Change::Create(object) = &task.change else { return Vec::new() };
    let owner = object.owner();
    let parts_of = |whole: &Id| dropped.get(whole).into_iter().flatten().copied();
    let wholes = task.joins.iter().filter(|need| !object.holds_data() && owner.as_ref() != Some(need));
    let mut gone: Vec<usize> = wholes.flat_map(parts_of).collect();
    if let Some(owner) = owner.filter(|_| object.is_only_one()) {
        gone.extend(parts_of(&owner).filter(|other| tasks[*other].id.kind == object.kind()));
    }
    gone
}

/// What watches changes goes before all others and comes after them, but for what needs it.
fn watch_edges(tasks: &[Task]) -> Vec<(usize, usize)> {
    let mut edges = Vec::new();
    for (at, watcher) in tasks.iter().enumerate().filter(|(_, task)| watches(task)) {
        let others = tasks.iter().enumerate().filter(|(_, task)| !watches(task) && !task.joins.contains(&watcher.id));
        let others = others.filter(|(_, task)| !task.leaves.contains(&watcher.id)).map(|(other, _)| other);
        match watcher.change {
            Change::Drop(_) => edges.extend(others.map(|other| (at, other))),
            _ => edges.extend(others.map(|other| (other, at))),
        }
    }
    edges
}

/// What others come to depend on without a word goes before they are made.
fn attracting_edges(tasks: &[Task]) -> Vec<(usize, usize)> {
    let mut edges = Vec::new();
    for (at, gone) in tasks.iter().enumerate() {
        let attracted = match &gone.change {
            Change::Drop(object) => object.kind().attracts(),
            _ => &[],
        };
        let made = |task: &Task| matches!(task.change, Change::Create(_)) && attracted.contains(&task.id.kind);
        let shares = |task: &Task| task.joins.iter().any(|need| gone.leaves.contains(need));
        let others = tasks.iter().enumerate().filter(|(_, task)| !attracted.is_empty() && made(task) && shares(task));
        edges.extend(others.map(|(other, _)| (at, other)));
    }
    edges
}

fn watches(task: &Task) -> bool {
    match &task.change {
        Change::Create(object) | Change::Drop(object) => object.watches_changes(),
        _ => false,
    }
}

/// Whether the object leaves what it was: dropped, or released.
fn is_end(task: &Task) -> bool {
    matches!(task.change, Change::Drop(_)) || task.steps_aside
}

/// A data change may read any column: after those that are made, before those that go for good, and after the data
/// changes that are written above it.
fn backfill_edges(tasks: &[Task]) -> Vec<(usize, usize)> {
    let mut backfills: Vec<usize> = (0..tasks.len()).filter(|at| tasks[*at].backfill.is_some()).collect();
    backfills.sort_by_key(|at| tasks[*at].backfill);
    let created: BTreeSet<Id> =
        tasks.iter().filter(|task| matches!(task.change, Change::Create(_))).map(|task| task.id.clone()).collect();
    let mut edges: Vec<(usize, usize)> = backfills.windows(2).map(|pair| (pair[0], pair[1])).collect();
    for (at, task) in tasks.iter().enumerate() {
        match &task.change {
            Change::Create(object) if object.holds_data() => {
                edges.extend(backfills.iter().map(|backfill| (at, *backfill)))
            }
            Change::Drop(object) if object.holds_data() && !created.contains(&task.id) => {
                edges.extend(backfills.iter().map(|backfill| (*backfill, at)))
            }
            _ => {}
        }
    }
    edges
}

/// A name has to be free before somebody else takes it.
fn claim_edges(tasks: &[Task]) -> Vec<(usize, usize)> {
    let mut given_up: BTreeMap<Claim, Vec<usize>> = BTreeMap::new();
    for (at, task) in tasks.iter().enumerate() {
        for claim in only_of(task.change.before(), task.change.after()) {
            given_up.entry(claim).or_default().push(at);
        }
    }
    if given_up.is_empty() {
        return Vec::new();
    }
    let taken = |(at, task): (usize, &Task)| {
        let claims = only_of(task.change.after(), task.change.before());
        let before = claims.into_iter().flat_map(|claim| given_up.get(&claim).cloned().unwrap_or_default());
        before.map(move |freed| (freed, at)).collect::<Vec<_>>()
    };
    tasks.iter().enumerate().flat_map(taken).collect()
}

/// The names that the one claims and the other does not.
fn only_of(one: Option<&Object>, other: Option<&Object>) -> Vec<Claim> {
    let claims = |object: Option<&Object>| object.map(Object::claims).unwrap_or_default();
    let kept = claims(other);
    claims(one).into_iter().filter(|claim| !kept.contains(claim)).collect()
}

/// What says what new objects get changes after all of them are made: so they get what is said at the start.
fn last_edges(tasks: &[Task]) -> Vec<(usize, usize)> {
    let comes_last =
        |task: &Task| task.change.after().or(task.change.before()).is_some_and(|object| object.comes_last());
    let (last, others): (Vec<usize>, Vec<usize>) = (0..tasks.len()).partition(|at| comes_last(&tasks[*at]));
    // What watches changes waits for all others, and nobody is given anything on it, nor on what is said of it.
    let made = |at: &usize| matches!(tasks[*at].change, Change::Create(_));
    let watchers: BTreeSet<&Id> =
        others.iter().filter(|at| made(at) && watches(&tasks[**at])).map(|at| &tasks[*at].id).collect();
    let of_watcher = |task: &Task| watches(task) || task.joins.iter().any(|need| watchers.contains(need));
    let made: Vec<usize> = others.iter().copied().filter(|at| made(at) && !of_watcher(&tasks[*at])).collect();
    made.into_iter().flat_map(|made| last.iter().map(move |last| (made, *last))).collect()
}

fn by_id(tasks: &[Task]) -> BTreeMap<Id, Vec<usize>> {
    let mut by_id: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
    for (at, task) in tasks.iter().enumerate() {
        by_id.entry(task.id.clone()).or_default().push(at);
    }
    by_id
}
