//! What comes along by itself: what is done to a part of a table is done to the parts that follow it, in partitions and
//! in tables that inherit. Only what differs from that takes a statement of its own.

mod anew;
mod links;
mod tasks;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::rebuild::{Task, task};
use crate::kinds::{Alteration, Context, Follow, Object};
use crate::model::{Change, Id};
pub(super) use anew::made_anew;
use tasks::Tasks;

pub(super) use links::{is_free_of, untied};

/// The tasks, in which those that their leaders bring about say so.
pub(super) fn follow(context: &Context, untied: &BTreeSet<Id>, tasks: Vec<Task>) -> Vec<Task> {
    let followers = followers_in_order(context, &tasks);
    if followers.is_empty() {
        return tasks;
    }
    let mut tasks = Tasks::new(tasks);
    for follower in &followers {
        come_with_link(context, untied, &mut tasks, follower);
        let kept = |follow: &&Follow| !untied.contains(&follow.link) && is_kept(context, &follow.link);
        for follow in follows(context, follower).iter().filter(kept) {
            let places = tasks.places(&follow.leader);
            let (dropped, created) = (tasks.drop_of(&places), tasks.create_of(&places));
            if let Some(drop) = dropped {
                go_along(context, &mut tasks, follower, follow, drop);
            }
            if let Some(create) = created {
                come_along(context, &mut tasks, follower, follow, create);
            }
            if dropped.is_none() && created.is_none() {
                change_along(context, &mut tasks, follower, follow, &places);
            }
        }
    }
    tasks.all
}

/// Whoever follows an object that a task is about, leaders first.
fn followers_in_order(context: &Context, tasks: &[Task]) -> Vec<Id> {
    let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let mut open: Vec<Id> = tasks.iter().map(|task| task.id.clone()).collect();
    while let Some(leader) = open.pop() {
        if !seen.insert(leader.clone()) {
            continue;
        }
        let dependents = context.from.needed_by(&leader).chain(context.to.needed_by(&leader));
        for follower in dependents.filter(|id| follows(context, id).iter().any(|follow| follow.leader == leader)) {
            found.insert(follower.clone());
            open.push(follower.clone());
        }
    }
    // What comes with a link may follow something that no task is about.
    found.extend(tasks.iter().map(|task| &task.id).filter(|id| !follows(context, id).is_empty()).cloned());
    let mut placed: Vec<(usize, Id)> = found.into_iter().map(|id| (depth(context, &id), id)).collect();
    placed.sort();
    placed.into_iter().map(|(_, id)| id).collect()
}

fn depth(context: &Context, id: &Id) -> usize {
    let leaders = follows(context, id);
    leaders
        .iter()
        .filter(|follow| follow.leader != follow.link)
        .map(|follow| 1 + depth(context, &follow.leader))
        .max()
        .unwrap_or(0)
}

/// What an object follows on either side.
fn follows(context: &Context, id: &Id) -> Vec<Follow> {
    let mut follows = context.to.get(id).map(|object| object.follows()).unwrap_or_default();
    for follow in context.from.get(id).map(|object| object.follows()).unwrap_or_default() {
        if !follows.contains(&follow) {
            follows.push(follow);
        }
    }
    follows
}

/// Whether two tables are tied together by this all the time.
fn is_kept(context: &Context, link: &Id) -> bool {
    match (context.from.get(link), context.to.get(link)) {
        (Some(from), Some(to)) => from.same(to) || matches!(Object::alter(context, from, to), Alteration::InPlace(_)),
        _ => false,
    }
}

/// Whether an object that goes with its leader would have to stay.
fn is_dragged(context: &Context, follower: &Id, leader: &Id) -> bool {
    let Some(object) = context.from.get(follower) else { return false };
    let follows = object.follows();
    let follow = follows.iter().find(|follow| follow.leader == *leader);
    follow.is_some_and(|follow| is_kept(context, &follow.link))
        && object.led(Some(object), (context.from.get(leader).map(AsRef::as_ref), None)).is_none()
}

/// What is made when its table is made, or tied to its parent.
fn come_with_link(context: &Context, untied: &BTreeSet<Id>, tasks: &mut Tasks, follower: &Id) {
    let Some(create) = tasks.create_of(&tasks.places(follower)) else { return };
    let Some(to) = context.to.get(follower) else { return };
    let owner_is_new = to.owner().is_some_and(|owner| !context.from.contains(&owner));
    let follows = to.follows();
    let is_new = |link: &Id| untied.contains(link) || !is_kept(context, link);
    let ties = |follow: &&Follow| is_new(&follow.link) && context.to.contains(&follow.link);
    let Some(follow) = follows.iter().find(ties).filter(|_| to.comes_with_link(owner_is_new)) else { return };
    let leader = context.to.get(&follow.leader).filter(|leader| leader.kind() == to.kind());
    let comes = match leader {
        Some(leader) => to.led(None, (None, Some(leader))).map(Arc::new),
        None => Some(to.clone()),
    };
    if let Some(comes) = comes {
        made_by(context, tasks, create, comes, &follow.link);
    }
}

/// The leader goes: the follower goes too, or stays behind.
fn go_along(context: &Context, tasks: &mut Tasks, follower: &Id, follow: &Follow, leader: usize) {
    let object = context.from.get(&follow.leader);
    let stays = |other: &&Id| {
        tasks.drop_of(&tasks.places(other)).is_none()
            && context.to.contains(other)
            && is_dragged(context, other, &follow.leader)
    };
    let alone = context.from.needed_by(&follow.leader).any(|other| stays(&other));
    let alone = object.filter(|_| alone).and_then(|object| object.drop_alone(context.style));
    let goes = alone.is_none() && is_dragged(context, follower, &follow.leader);
    if let Some(statements) = alone {
        tasks.all[leader].statements = statements;
    }
    let own = tasks.places(follower);
    match tasks.drop_of(&own) {
        Some(drop) if goes => tasks.all[drop].led_by = Some(follow.leader.clone()),
        Some(drop) => tasks.wait_for_end_of(drop, &follow.leader),
        None if tasks.create_of(&own).is_none() => {
            tasks.alters_of(&own, 0).into_iter().for_each(|alter| tasks.wait_for_end_of(alter, &follow.leader));
        }
        None => {}
    }
}

/// The leader comes: the follower comes too, or is there already.
fn come_along(context: &Context, tasks: &mut Tasks, follower: &Id, follow: &Follow, leader: usize) {
    let own = tasks.places(follower);
    let Some(create) = tasks.create_of(&own) else {
        if tasks.drop_of(&own).is_none() {
            tasks.alters_of(&own, 0).into_iter().for_each(|alter| tasks.make_way_for(alter, &follow.leader));
        }
        return;
    };
    let (Some(to), Some(leading)) = (context.to.get(follower), tasks.all[leader].change.after()) else { return };
    if let Some(comes) = to.led(None, (None, Some(leading))).map(Arc::new) {
        made_by(context, tasks, create, comes, &follow.leader);
    }
}

/// Leaves it to another task to make an object, and changes afterwards what differs.
fn made_by(context: &Context, tasks: &mut Tasks, create: usize, comes: Arc<Object>, leader: &Id) {
    let own = &mut tasks.all[create];
    if own.led_by.is_some() {
        return;
    }
    let Change::Create(to) = own.change.clone() else { return };
    own.change = Change::Create(comes.clone());
    own.clause = None;
    // What it needs comes along too, or its leader waits for it.
    own.joins = Arc::default();
    own.led_by = Some(leader.clone());
    if !comes.same(&to) {
        tasks.add(task(context, Change::Alter { from: comes, to }));
    }
}

/// The leader changes: so does the follower.
fn change_along(context: &Context, tasks: &mut Tasks, follower: &Id, follow: &Follow, places: &[usize]) {
    let (Some(before), Some(after)) = (context.from.get(follower), context.to.get(follower)) else { return };
    let own = tasks.places(follower);
    if tasks.drop_of(&own).is_some() || tasks.create_of(&own).is_some() {
        return;
    }
    let mut state = before.clone();
    for round in 0..2 {
        let leading = tasks.alters_of(places, round);
        let changes = tasks.alters_of(&own, round);
        let ends = |places: &[usize]| match (places.first(), places.last()) {
            (Some(first), Some(last)) => (end(&tasks.all[*first], true), end(&tasks.all[*last], false)),
            _ => (None, None),
        };
        let (from, to) = ends(&leading);
        let target = ends(&changes).1.unwrap_or_else(|| {
            if round == 0 && !tasks.alters_of(&own, 1).is_empty() { state.clone() } else { after.clone() }
        });
        if let (Some(from), Some(to)) = (from, to)
            && let Some(led) = state.led(Some(&state), (Some(&from), Some(&to))).map(Arc::new)
            && !led.same(&state)
            && !matches!(Object::alter(context, &led, &target), Alteration::Replace)
        {
            changed_by(context, tasks, &changes, [state, led, target.clone()], (&follow.leader, round));
        }
        state = target;
    }
}

/// Leaves it to another task to change an object, and changes afterwards what differs.
fn changed_by(
    context: &Context,
    tasks: &mut Tasks,
    changes: &[usize],
    [from, led, to]: [Arc<Object>; 3],
    (leader, round): (&Id, u8),
) {
    let mut along = task(context, Change::Alter { from, to: led.clone() });
    along.led_by = Some(leader.clone());
    along.round = round;
    (along.leaves, along.joins) = (Arc::default(), Arc::default());
    match changes.first() {
        Some(own) => tasks.all[*own] = along,
        None => tasks.add(along),
    }
    let mut rest = task(context, Change::Alter { from: led, to });
    rest.round = round;
    if !rest.statements.is_empty() {
        tasks.add(rest);
    }
}

fn end(task: &Task, before: bool) -> Option<Arc<Object>> {
    match &task.change {
        Change::Alter { from, .. } if before => Some(from.clone()),
        Change::Alter { to, .. } => Some(to.clone()),
        _ => None,
    }
}
