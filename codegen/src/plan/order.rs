//! An order in which every task finds what it needs: one graph from `needs`, one topological sort.

mod edges;
mod graph;
mod tied;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use edges::{Edges, edges};
use graph::Graph;

use super::rebuild::Task;
use crate::model::{Change, Id};

/// Objects that need each other, so that none can be first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle(pub Vec<Id>);

impl fmt::Display for Cycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        write!(f, "these objects need each other, so none can be made first: {}", ids.join(", "))
    }
}

/// Tasks that one statement carries out: its head first.
pub(super) type Group = Vec<usize>;

/// The groups in an order that runs; tasks of one section stay together where they can.
pub(super) fn sort(tasks: &[Task], section_of: &[usize]) -> Result<Vec<Group>, Cycle> {
    let Edges { all: mut edges, soft } = edges(tasks);
    let mut group_of = contract(tasks);
    loop {
        let graph = Graph::new(tasks.len(), &edges, &group_of);
        let tangles = graph.tangles();
        if tangles.is_empty() {
            return Ok(graph.sorted(tasks, section_of, &group_of));
        }
        if !expel(tasks, &tangles, &edges, &mut group_of) && !give_way(&tangles, &mut edges, &soft, &group_of) {
            let ids = tangles.concat().into_iter().map(|head| tasks[head].id.clone());
            return Err(Cycle(ids.collect::<BTreeSet<_>>().into_iter().collect()));
        }
    }
}

/// Puts clauses to the table that is created, and what goes down with its owner to the owner.
fn contract(tasks: &[Task]) -> Vec<usize> {
    let find = |create: bool| -> BTreeMap<Id, usize> {
        let wanted = |task: &Task| {
            if create { matches!(task.change, Change::Create(_)) } else { matches!(task.change, Change::Drop(_)) }
        };
        tasks.iter().enumerate().filter(|(_, task)| wanted(task)).map(|(at, task)| (task.id.clone(), at)).collect()
    };
    let (created, dropped) = (find(true), find(false));
    // Of several alterations the first is the one that the others build on.
    let altered: BTreeMap<(Id, u8), usize> = tasks
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, task)| matches!(task.change, Change::Alter { .. }))
        .map(|(at, task)| ((task.id.clone(), task.round), at))
        .collect();
    let leader = |at: usize| {
        let id = tasks[at].led_by.clone()?;
        match tasks[at].change {
            Change::Create(_) => created.get(&id).copied(),
            Change::Drop(_) => dropped.get(&id).copied(),
            _ => altered.get(&(id, tasks[at].round)).copied(),
        }
    };
    let owner_task = |at: usize| match &tasks[at].change {
        _ if tasks[at].led_by.is_some() && !goes_with_owner(&tasks[at], &dropped) => leader(at),
        Change::Create(object) if tasks[at].clause.is_some() => created.get(&object.owner()?).copied(),
        Change::Drop(object) => dropped.get(&object.owner()?).copied(),
        _ => None,
    };
    let head = |mut at: usize| {
        while let Some(owner) = owner_task(at) {
            at = owner;
        }
        at
    };
    (0..tasks.len()).map(head).collect()
}

/// Whether it goes down with what it is a part of, so that it matters no more whom it follows.
fn goes_with_owner(task: &Task, dropped: &BTreeMap<Id, usize>) -> bool {
    matches!(&task.change, Change::Drop(object) if object.owner().is_some_and(|owner| dropped.contains_key(&owner)))
}

/// How much a task belongs to the statement of its owner: a constraint can stand alone, a column hardly, since its table
/// may be partitioned by it, and least of all what a table inherits from.
fn attachment(task: &Task) -> u8 {
    match task.change.after().or(task.change.before()) {
        Some(object) if !object.binds().is_empty() => 2,
        Some(object) if object.holds_data() => 1,
        _ => 0,
    }
}

/// Leaves out the soft edges among groups that are tied together in a circle. False if there is none.
fn give_way(
    tangles: &[Vec<usize>],
    edges: &mut Vec<(usize, usize)>,
    soft: &BTreeSet<(usize, usize)>,
    group_of: &[usize],
) -> bool {
    let before = edges.len();
    edges.retain(|edge| {
        let (from, to) = (group_of[edge.0], group_of[edge.1]);
        !(soft.contains(edge) && tangles.iter().any(|tangle| tangle.contains(&from) && tangle.contains(&to)))
    });
    edges.len() < before
}

/// Takes out of their groups the members that tie groups together in a circle. False if there is none.
fn expel(tasks: &[Task], tangles: &[Vec<usize>], edges: &[(usize, usize)], group_of: &mut [usize]) -> bool {
    let mut tangle_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, tangle) in tangles.iter().enumerate() {
        tangle_of.extend(tangle.iter().map(|head| (*head, number)));
    }
    let crossing = edges.iter().filter(|(from, to)| {
        let (a, b) = (group_of[*from], group_of[*to]);
        a != b && tangle_of.get(&a).is_some_and(|tangle| tangle_of.get(&b) == Some(tangle))
    });
    // Whoever needs the other can stand alone: it comes later, or goes earlier.
    let needing = |(from, to): &(usize, usize)| match (&tasks[*from].change, &tasks[*to].change) {
        (_, Change::Create(_)) => vec![*to],
        (Change::Drop(_), _) => vec![*from],
        _ => vec![*from, *to],
    };
    let may_leave = |at: &usize| group_of[*at] != *at && tasks[*at].led_by.is_none() && !tasks[*at].is_inseparable;
    let candidates: Vec<usize> = crossing.flat_map(needing).filter(may_leave).collect();
    // Only those who mind it least: often that is enough, and then the others stay where they are at home.
    let least = candidates.iter().map(|at| attachment(&tasks[*at])).min();
    let expelled: Vec<usize> = candidates.into_iter().filter(|at| Some(attachment(&tasks[*at])) == least).collect();
    for at in &expelled {
        group_of[*at] = *at;
    }
    !expelled.is_empty()
}
