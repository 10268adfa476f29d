//! The order of what ties tables together, and of what these tables hand on.

use std::collections::BTreeMap;

use super::Task;
use crate::kinds::{Object, Side};
use crate::model::{Change, Id};

/// Every pair of tasks whose order matters because tables are tied together, the earlier first.
pub fn edges(tasks: &[Task], by_id: &BTreeMap<Id, Vec<usize>>) -> Vec<(usize, usize)> {
    let about = |id: &Id| by_id.get(id).into_iter().flatten().copied();
    let mut edges = completing(tasks);
    edges.extend(tying(tasks, by_id));
    for (at, task) in tasks.iter().enumerate() {
        let gone = task.after.iter().flat_map(about);
        edges.extend(gone.filter(|other| matches!(tasks[*other].change, Change::Drop(_))).map(|other| (other, at)));
        let coming = task.ahead_of.iter().flat_map(about);
        edges.extend(coming.filter(|other| matches!(tasks[*other].change, Change::Create(_))).map(|other| (at, other)));
    }
    edges
}

/// Whether a leader is made behind the tie, so that what follows it, which is made before the tie, can't wait for it.
pub fn may_come_later(follower: &Task, leader: &Task) -> bool {
    leader.change.after().is_some_and(|it| it.follows_link(Side::Whole))
        && follower.change.after().is_some_and(|it| it.follows().iter().any(|follow| follow.leader == leader.id))
}

/// Who needs an object waits for what completes it, but for those that follow it: they are what completes it.
fn completing(tasks: &[Task]) -> Vec<(usize, usize)> {
    let mut by_whole: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
    for (at, task) in tasks.iter().enumerate() {
        if let Change::Create(object) = &task.change
            && task.led_by.is_none()
            && let Some(whole) = object.completes()
        {
            by_whole.entry(whole).or_default().push(at);
        }
    }
    let mut edges = Vec::new();
    for (at, task) in tasks.iter().enumerate().filter(|_| !by_whole.is_empty()) {
        let Some(object) = task.change.after() else { continue };
        let follows = object.follows();
        let waits =
            |need: &&Id| object.completes().as_ref() != Some(need) && follows.iter().all(|it| it.leader != **need);
        for need in task.joins.iter().filter(waits) {
            edges.extend(by_whole.get(need).into_iter().flatten().map(|other| (*other, at)));
        }
    }
    edges
}

/// Tables are parted before what they hand on changes, and tied together when it is what it will be.
fn tying(tasks: &[Task], by_id: &BTreeMap<Id, Vec<usize>>) -> Vec<(usize, usize)> {
    let ties: Vec<(usize, &Object, Vec<Id>)> = tasks
        .iter()
        .enumerate()
        .filter(|(_, task)| !matches!(task.change, Change::Alter { .. }))
        .filter_map(|(at, task)| Some((at, task.change.after().or(task.change.before())?)))
        .map(|(at, object)| (at, object, object.binds()))
        .filter(|(_, _, tables)| !tables.is_empty())
        .collect();
    let parts = if ties.is_empty() { BTreeMap::new() } else { parts(tasks) };
    let is_made =
        |table: &Id| by_id.get(table).into_iter().flatten().any(|at| matches!(tasks[*at].change, Change::Create(_)));
    let mut edges = Vec::new();
    for (at, object, tables) in &ties {
        let parting = matches!(tasks[*at].change, Change::Drop(_));
        for (table, side) in tables.iter().zip(Side::BOTH) {
            // What is said in the statement that makes the table can't wait for what is done to it later.
            let said_by_table = tasks[*at].clause.is_some() && object.owner().as_ref() == Some(table) && is_made(table);
            let handed_on = |part: &&usize| !said_by_table && object.hands_on(tasks[**part].id.kind);
            let parts = parts.get(table).into_iter().flatten().filter(handed_on);
            let waits = |task: &Task| task.change.after().is_some_and(|it| it.follows_link(side));
            let parts = parts.filter(|other| tasks[**other].led_by.as_ref() != Some(&tasks[*at].id));
            edges.extend(
                parts.map(|other| if parting || waits(&tasks[*other]) { (*at, *other) } else { (*other, *at) }),
            );
        }
        if parting {
            let shares = |other: &&(usize, &Object, Vec<Id>)| {
                let only_whole = other.2.first() != tables.first() && other.2.last() == tables.last();
                other.2.iter().any(|table| tables.contains(table)) && (object.kind().has_rivals() || !only_whole)
            };
            let made = ties.iter().filter(|other| matches!(tasks[other.0].change, Change::Create(_)));
            edges.extend(made.filter(shares).map(|other| (*at, other.0)));
        }
    }
    edges
}

/// What is done to the parts that each table hands on.
fn parts(tasks: &[Task]) -> BTreeMap<Id, Vec<usize>> {
    let mut parts: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
    for (at, task) in tasks.iter().enumerate() {
        let Some(object) = task.change.after().or(task.change.before()) else { continue };
        if let Some(table) = object.owner().filter(|_| object.kind().is_handed_on()) {
            parts.entry(table).or_default().push(at);
        }
    }
    parts
}
