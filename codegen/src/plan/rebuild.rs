//! What else has to go and come back because of what changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::fill::fill;
use super::{Backfill, Impossibility, Moment, brought, lead, online, twins};
use crate::kinds::{Alteration, Context, Object, Rebuild};
use crate::model::{Change, Id, Statement};

/// One change to be ordered, with its statements. An object that is made anew has two: its drop and its create.
#[derive(Clone, Debug)]
pub(super) struct Task {
    /// Whom the change is about.
    pub(super) id: Id,
    pub(super) change: Change,
    pub(super) statements: Vec<Statement>,
    /// The form in which it can stand in the statement that makes its owner.
    pub(super) clause: Option<String>,
    /// What the object needs until the change is made.
    pub(super) leaves: Arc<[Id]>,
    /// What the object needs from then on.
    pub(super) joins: Arc<[Id]>,
    /// What takes away again what came along by itself.
    pub(super) afterwards: Vec<Statement>,
    /// The number of the data change that the statements begin with, if they do.
    pub(super) backfill: Option<usize>,
    /// The object whose task brings this one about, so that it takes no statement of its own.
    pub(super) led_by: Option<Id>,
    /// Objects that have to be gone before, though they need nothing of this one.
    pub(super) after: Vec<Id>,
    /// Objects that can come only when this is done, though it is nothing that they need.
    pub(super) ahead_of: Vec<Id>,
    /// Whose dependents must not be there, if they mind, while the change is made.
    pub(super) disturbs: Vec<Id>,
    /// Whether it can stand nowhere but in the statement that makes or drops its owner.
    pub(super) is_inseparable: bool,
    /// Whether the object steps aside, to come back later.
    pub(super) steps_aside: bool,
    /// 1 for the way back of an object that steps aside, else 0.
    pub(super) round: u8,
    /// Whether the statements keep nobody waiting, so that nothing can be made along with them.
    pub(super) is_online: bool,
}

/// Turns changes into tasks: replaces what can't be altered, and takes along what needs it.
///
/// # Errors
/// Why some objects can't become what they are to be, all reasons.
pub(super) fn expand(
    context: &Context,
    changes: Vec<Change>,
    backfills: &[Backfill],
) -> Result<Vec<Task>, BTreeSet<Impossibility>> {
    let untied = lead::untied(context, &changes);
    let effects = effects(context, &changes, &untied);
    let (mut tasks, mut done) = (Vec::new(), BTreeSet::new());
    for id in &effects.anew {
        let drop = context.from.get(id).cloned().map(Change::Drop);
        let create = context.to.get(id).cloned().map(Change::Create);
        tasks.extend(drop.into_iter().chain(create).flat_map(|change| tasks_of(context, change, backfills)));
        done.insert(id.clone());
    }
    for (id, released) in effects.released.into_iter().filter(|(id, _)| !effects.anew.contains(id)) {
        tasks.extend(release(context, &id, released, backfills));
        done.insert(id);
    }
    tasks.extend(
        changes
            .into_iter()
            .filter(|change| done.is_empty() || !done.contains(&change.id()))
            .flat_map(|change| tasks_of(context, change, backfills)),
    );
    let impossible: BTreeSet<Impossibility> =
        tasks.iter().filter_map(|task| impossible(context, &task.change)).collect();
    if !impossible.is_empty() {
        return Err(impossible);
    }
    online::prefer(context, &mut tasks);
    brought::settle(context, &mut tasks);
    tasks.retain(|task| !task.statements.is_empty());
    twins::set_apart(context, &mut tasks);
    Ok(lead::follow(context, &untied, tasks))
}

fn impossible(context: &Context, change: &Change) -> Option<Impossibility> {
    let Change::Alter { from, to } = change else { return None };
    match Object::alter(context, from, to) {
        Alteration::Impossible(reason) => Some(Impossibility { id: change.id(), reason }),
        _ => None,
    }
}

/// Whom the changes touch besides the changed objects themselves.
#[derive(Default)]
struct Effects {
    /// Dropped and made anew.
    anew: BTreeSet<Id>,
    /// Kept, in a form that does not need what is made anew.
    released: BTreeMap<Id, Arc<Object>>,
}

fn effects(context: &Context, changes: &[Change], untied: &BTreeSet<Id>) -> Effects {
    let mut effects = Effects::default();
    let mut open = lead::made_anew(context, changes, untied);
    open.extend(untied.iter().cloned());
    for change in changes {
        if let Change::Drop(object) = change {
            open.extend(bereft(context, &mut effects, &object.id()));
        }
        let Change::Alter { from, to } = change else { continue };
        if let Some(midway) = from.midway(to) {
            effects.released.insert(to.id(), Arc::new(midway));
        }
        match Object::alter(context, from, to) {
            Alteration::Replace => open.push(to.id()),
            Alteration::Disturbing { disturbs, .. } => {
                open.extend(disturbs.iter().flat_map(|id| disturbed(context, id)))
            }
            Alteration::InPlace(_) | Alteration::Impossible(_) => {}
        }
    }
    while let Some(id) = open.pop() {
        if effects.anew.insert(id.clone()) {
            for dependent in context.from.needed_by(&id) {
                open.extend(spread(context, &mut effects, dependent, &id));
            }
        }
    }
    effects
}

/// Objects that stay as they are, but stand on something else afterwards, because what they stood on goes.
fn bereft(context: &Context, effects: &mut Effects, gone: &Id) -> Vec<Id> {
    let stays = |id: &Id| match (context.from.get(id), context.to.get(id)) {
        (Some(from), Some(to)) => {
            from.same(to) && !context.to.needs(id).all(|need| context.from.shared_needs(id).contains(need))
        }
        _ => false,
    };
    let dependents: Vec<Id> = context.from.needed_by(gone).filter(|id| stays(id)).cloned().collect();
    dependents.iter().flat_map(|dependent| spread(context, effects, dependent, gone)).collect()
}

/// What has to be made anew besides, because `gone` is: the dependent itself, or whom its release disturbs.
fn spread(context: &Context, effects: &mut Effects, dependent: &Id, gone: &Id) -> Vec<Id> {
    let Some(object) = context.from.get(dependent) else { return Vec::new() };
    if lead::is_free_of(context, object, gone) {
        return Vec::new();
    }
    let current = effects.released.get(dependent).unwrap_or(object).clone();
    let stays = context.to.contains(dependent);
    let Some(released) = current.released(context.from, gone).filter(|_| stays).map(Arc::new) else {
        return vec![dependent.clone()];
    };
    let disturbs = match Object::alter(context, &current, &released) {
        Alteration::Disturbing { disturbs, .. } => disturbs,
        _ => Vec::new(),
    };
    effects.released.insert(dependent.clone(), released);
    disturbs.iter().flat_map(|id| disturbed(context, id)).collect()
}

fn disturbed(context: &Context, id: &Id) -> Vec<Id> {
    let sensitive = |id: &&Id| context.from.get(id).is_some_and(|object| object.rebuild() == Rebuild::WhenDisturbed);
    context.from.needed_by(id).filter(sensitive).cloned().collect()
}

/// Out of the way before, and back afterwards.
fn release(context: &Context, id: &Id, released: Arc<Object>, backfills: &[Backfill]) -> Vec<Task> {
    let (Some(from), Some(to)) = (context.from.get(id), context.to.get(id)) else { return Vec::new() };
    let stays = released.needs(context.from);
    let is_kept = |need: &Id| stays.contains(need) && !lead::is_free_of(context, from, need);
    let (kept, left): (Vec<Id>, Vec<Id>) = context.from.needs(id).cloned().partition(is_kept);
    let out = Change::Alter { from: from.clone(), to: released.clone() };
    let back = Change::Alter { from: released, to: to.clone() };
    let of_it = |moment: Moment| -> Vec<Statement> {
        let of_it = backfills.iter().enumerate().filter(move |(_, it)| it.column == *id && it.moment == moment);
        of_it.map(|(_, backfill)| fill(context, backfill, to.owner().as_ref())).collect()
    };
    // Out of the way, it takes the values of both sides.
    let out = Task { afterwards: of_it(Moment::BeforeFinalForm), ..task(context, out) };
    let back = Task { afterwards: of_it(Moment::WhenThere), ..task(context, back) };
    vec![
        Task { leaves: left.into(), joins: Arc::default(), steps_aside: true, ..out },
        Task { leaves: kept.into(), joins: context.to.shared_needs(id), round: 1, ..back },
    ]
}

fn tasks_of(context: &Context, change: Change, backfills: &[Backfill]) -> Vec<Task> {
    let of_it: Vec<(usize, &Backfill)> =
        backfills.iter().enumerate().filter(|(_, backfill)| backfill.column == change.id()).collect();
    match &change {
        _ if of_it.is_empty() => vec![task(context, change)],
        Change::Create(object) if object.owner().is_some() => filled(context, object, &of_it),
        Change::Drop(_) => vec![with_backfills(context, task(context, change), &of_it)],
        _ => {
            let (there, before): (Vec<_>, Vec<_>) =
                of_it.into_iter().partition(|(_, backfill)| backfill.moment == Moment::WhenThere);
            let mut task = with_backfills(context, task(context, change), &before);
            task.afterwards.extend(there.into_iter().map(|(_, backfill)| backfill.statement.clone()));
            vec![task]
        }
    }
}

/// Made without what its rows can't satisfy yet, filled, then given its final form.
fn filled(context: &Context, object: &Arc<Object>, backfills: &[(usize, &Backfill)]) -> Vec<Task> {
    let first = object.relaxed(context.style).map_or_else(|| object.clone(), |relaxed| Arc::new(relaxed.object));
    let finish = Change::Alter { from: first.clone(), to: object.clone() };
    vec![task(context, Change::Create(first)), with_backfills(context, task(context, finish), backfills)]
}

fn with_backfills(context: &Context, mut task: Task, backfills: &[(usize, &Backfill)]) -> Task {
    let table = task.change.after().and_then(Object::owner);
    let fills = backfills.iter().map(|(_, backfill)| fill(context, backfill, table.as_ref()));
    task.statements.splice(0..0, fills);
    task.backfill = backfills.first().map(|(number, _)| *number);
    task
}

pub(super) fn task(context: &Context, change: Change) -> Task {
    let mut task = bare(context, change);
    match task.change.clone() {
        Change::Drop(object) => {
            task.statements = Object::drop(&object, context.style);
            task.is_inseparable = object.is_inseparable(context.from, false);
        }
        Change::Create(object) => {
            let spelled_out = object.spelled_out(context);
            let said = spelled_out.as_ref().unwrap_or(&object);
            (task.statements, task.clause) = (said.create(context.style), said.clause(context.style));
            task.after = object.could_need(context.from);
            task.is_inseparable = object.is_inseparable(context.to, true);
        }
        change => {
            (task.statements, task.disturbs) = altering(context, &change);
            task.ahead_of = change.after().map(|to| to.alters_ahead_of(context)).unwrap_or_default();
        }
    }
    task
}

/// A task of which only is known whom it is about and what that needs.
fn bare(context: &Context, change: Change) -> Task {
    Task {
        id: change.id(),
        statements: Vec::new(),
        clause: None,
        leaves: leaves(context, &change),
        joins: joins(context, &change),
        change,
        afterwards: Vec::new(),
        backfill: None,
        led_by: None,
        after: Vec::new(),
        disturbs: Vec::new(),
        is_inseparable: false,
        ahead_of: Vec::new(),
        steps_aside: false,
        round: 0,
        is_online: false,
    }
}

fn leaves(context: &Context, change: &Change) -> Arc<[Id]> {
    let Some(before) = change.before() else { return Arc::default() };
    let needs = context.from.shared_needs(&before.id());
    let could = if matches!(change, Change::Drop(_)) { before.could_need(context.from) } else { Vec::new() };
    if could.is_empty() { needs } else { needs.iter().cloned().chain(could).collect() }
}

fn joins(context: &Context, change: &Change) -> Arc<[Id]> {
    let Some(after) = change.after() else { return Arc::default() };
    let needs = context.to.shared_needs(&after.id());
    match change.before().map(|before| Object::alters_behind(context, before, after)) {
        Some(behind) if !behind.is_empty() => needs.iter().cloned().chain(behind).collect(),
        _ => needs,
    }
}

/// The statements of an alteration, and whose dependents they disturb.
pub(super) fn altering(context: &Context, change: &Change) -> (Vec<Statement>, Vec<Id>) {
    let (Some(from), Some(to)) = (change.before(), change.after()) else { return Default::default() };
    match Object::alter(context, from, to) {
        Alteration::InPlace(statements) => (statements, Vec::new()),
        Alteration::Disturbing { statements, disturbs } => (statements, disturbs),
        // A replaced object never gets here: it has a drop and a create instead.
        Alteration::Replace | Alteration::Impossible(_) => Default::default(),
    }
}
