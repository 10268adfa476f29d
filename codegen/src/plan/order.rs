//! An order in which every task finds what it needs: one graph from `needs`, one topological sort.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::rebuild::Task;
use crate::model::{Change, Id};
use crate::sql::Style;

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
    let edges = edges(tasks);
    let mut group_of = contract(tasks);
    loop {
        let graph = Graph::new(tasks.len(), &edges, &group_of);
        let tangles = graph.tangles();
        if tangles.is_empty() {
            return Ok(graph.sorted(tasks, section_of, &group_of));
        }
        if !expel(tasks, &tangles, &edges, &mut group_of) {
            let ids = tangles.concat().into_iter().map(|head| tasks[head].change.id());
            return Err(Cycle(ids.collect::<BTreeSet<_>>().into_iter().collect()));
        }
    }
}

/// Which task has to come before which.
fn edges(tasks: &[Task]) -> BTreeSet<(usize, usize)> {
    let by_id = by_id(tasks);
    let about = |id: &Id| by_id.get(id).into_iter().flatten().copied();
    let dropped = dropped_parts(tasks);
    let mut edges = BTreeSet::new();
    for (at, task) in tasks.iter().enumerate() {
        let alters = task.change.before().is_some() && task.change.after().is_some();
        for need in &task.joins {
            edges.extend(
                about(need).filter(|other| !matches!(tasks[*other].change, Change::Drop(_))).map(|other| (other, at)),
            );
        }
        edges.extend(gone_before(tasks, task, &dropped).into_iter().map(|other| (other, at)));
        for need in task.leaves.iter().filter(|need| !task.joins.contains(need)) {
            edges.extend(
                about(need)
                    .filter(|other| !alters || is_end(&tasks[*other]))
                    .filter(|other| tasks[*other].change.before().is_some())
                    .map(|other| (at, other)),
            );
        }
        // The tasks of one object stand in the order in which they were made: drop, create, alter.
        edges.extend(about(&task.change.id()).filter(|other| *other > at).map(|other| (at, other)));
    }
    edges.extend(backfill_edges(tasks));
    edges.retain(|(from, to)| from != to);
    edges
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
        gone.extend(parts_of(&owner).filter(|other| tasks[*other].change.id().kind == object.kind()));
    }
    gone
}

/// Whether the object leaves what it was: dropped, or released.
fn is_end(task: &Task) -> bool {
    matches!(task.change, Change::Drop(_)) || task.joins.is_empty()
}

/// A data change may read any column: after those that are made, before those that go for good, and after the data
/// changes that are written above it.
fn backfill_edges(tasks: &[Task]) -> Vec<(usize, usize)> {
    let mut backfills: Vec<usize> = (0..tasks.len()).filter(|at| tasks[*at].backfill.is_some()).collect();
    backfills.sort_by_key(|at| tasks[*at].backfill);
    let created: BTreeSet<Id> =
        tasks.iter().filter(|task| matches!(task.change, Change::Create(_))).map(|task| task.change.id()).collect();
    let mut edges: Vec<(usize, usize)> = backfills.windows(2).map(|pair| (pair[0], pair[1])).collect();
    for (at, task) in tasks.iter().enumerate() {
        match &task.change {
            Change::Create(object) if object.holds_data() => {
                edges.extend(backfills.iter().map(|backfill| (at, *backfill)))
            }
            Change::Drop(object) if object.holds_data() && !created.contains(&object.id()) => {
                edges.extend(backfills.iter().map(|backfill| (*backfill, at)))
            }
            _ => {}
        }
    }
    edges
}

fn by_id(tasks: &[Task]) -> BTreeMap<Id, Vec<usize>> {
    let mut by_id: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
    for (at, task) in tasks.iter().enumerate() {
        by_id.entry(task.change.id()).or_default().push(at);
    }
    by_id
}

/// Puts clauses to the table that is created, and what goes down with its owner to the owner.
fn contract(tasks: &[Task]) -> Vec<usize> {
    let find = |create: bool| -> BTreeMap<Id, usize> {
        let wanted = |task: &Task| {
            if create { matches!(task.change, Change::Create(_)) } else { matches!(task.change, Change::Drop(_)) }
        };
        tasks.iter().enumerate().filter(|(_, task)| wanted(task)).map(|(at, task)| (task.change.id(), at)).collect()
    };
    let (created, dropped) = (find(true), find(false));
    let style = Style::default();
    let owner_task = |at: usize| match &tasks[at].change {
        Change::Create(object) if object.clause(&style).is_some() => created.get(&object.owner()?).copied(),
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

/// Takes out of their groups the members that tie groups together in a circle. False if there is none.
fn expel(tasks: &[Task], tangles: &[Vec<usize>], edges: &BTreeSet<(usize, usize)>, group_of: &mut [usize]) -> bool {
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
    let expelled: Vec<usize> = crossing.flat_map(needing).filter(|at| group_of[*at] != *at).collect();
    for at in &expelled {
        group_of[*at] = *at;
    }
    !expelled.is_empty()
}

/// The groups, by the number of their head, and who must come before whom.
struct Graph {
    members: BTreeMap<usize, Vec<usize>>,
    next: BTreeMap<usize, BTreeSet<usize>>,
}

impl Graph {
    fn new(tasks: usize, edges: &BTreeSet<(usize, usize)>, group_of: &[usize]) -> Self {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in (0..tasks).filter(|at| group_of[*at] == *at) {
            members.insert(at, vec![at]);
        }
        for at in (0..tasks).filter(|at| group_of[*at] != *at) {
            members.entry(group_of[at]).or_default().push(at);
        }
        let mut next: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (from, to) in
            edges.iter().map(|(from, to)| (group_of[*from], group_of[*to])).filter(|(from, to)| from != to)
        {
            next.entry(from).or_default().insert(to);
        }
        Self { members, next }
    }

    fn next(&self, head: usize) -> impl Iterator<Item = usize> {
        self.next.get(&head).into_iter().flatten().copied()
    }

    fn indegrees(&self) -> BTreeMap<usize, usize> {
        let mut indegree: BTreeMap<usize, usize> = self.members.keys().map(|head| (*head, 0)).collect();
        for to in self.next.values().flatten() {
            *indegree.entry(*to).or_default() += 1;
        }
        indegree
    }

    /// Sets of more than one group that all lead to each other.
    fn tangles(&self) -> Vec<Vec<usize>> {
        let mut left = self.unsortable();
        let mut tangles = Vec::new();
        while let Some(start) = left.first().copied() {
            let reverse = self.reversed(&left);
            let ahead = reach(start, |head| self.next(head).filter(|to| left.contains(to)).collect());
            let behind = reach(start, |head| reverse.get(&head).cloned().unwrap_or_default());
            let tangle: Vec<usize> = ahead.intersection(&behind).copied().collect();
            left.retain(|head| !tangle.contains(head));
            if tangle.len() > 1 {
                tangles.push(tangle);
            }
        }
        tangles
    }

    /// What no topological sort reaches: the circles and what lies behind them.
    fn unsortable(&self) -> BTreeSet<usize> {
        let mut indegree = self.indegrees();
        let mut ready: Vec<usize> =
            indegree.iter().filter(|(_, degree)| **degree == 0).map(|(head, _)| *head).collect();
        while let Some(head) = ready.pop() {
            indegree.remove(&head);
            for to in self.next(head) {
                if let Some(degree) = indegree.get_mut(&to) {
                    *degree -= 1;
                    if *degree == 0 {
                        ready.push(to);
                    }
                }
            }
        }
        indegree.into_keys().collect()
    }

    fn reversed(&self, among: &BTreeSet<usize>) -> BTreeMap<usize, Vec<usize>> {
        let mut reversed: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for from in among {
            for to in self.next(*from).filter(|to| among.contains(to)) {
                reversed.entry(to).or_default().push(*from);
            }
        }
        reversed
    }

    fn sorted(&self, tasks: &[Task], section_of: &[usize], group_of: &[usize]) -> Vec<Group> {
        let key = |head: usize| (section_of[head], rank(&tasks[head]), head);
        let mut indegree = self.indegrees();
        let mut ready: BTreeSet<_> =
            indegree.iter().filter(|(_, degree)| **degree == 0).map(|(head, _)| key(*head)).collect();
        let (mut order, mut current) = (Vec::with_capacity(group_of.len()), 0);
        loop {
            let here = ready.range((current, Rank::FIRST, 0)..).next().filter(|next| next.0 == current).cloned();
            let Some(chosen) = here.or_else(|| ready.first().cloned()) else { return order };
            ready.remove(&chosen);
            let (section, _, head) = chosen;
            current = section;
            order.push(self.members[&head].clone());
            for to in self.next(head) {
                if let Some(degree) = indegree.get_mut(&to) {
                    *degree -= 1;
                    if *degree == 0 {
                        ready.insert(key(to));
                    }
                }
            }
        }
    }
}

/// The place of a task among those that could come next: drops from the outside in, then changes, then what is new.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    phase: u8,
    kind: usize,
    position: usize,
    name: Option<Id>,
}

impl Rank {
    const FIRST: Rank = Rank { phase: 0, kind: 0, position: 0, name: None };
}

fn rank(task: &Task) -> Rank {
    let id = task.change.id();
    let kind = id.kind as usize;
    let position = task.change.after().map_or(0, |object| object.position());
    let (phase, kind) = match task.change {
        Change::Drop(_) => (0, usize::MAX - kind),
        Change::Rename { .. } | Change::Alter { .. } => (1, kind),
        Change::Create(_) => (2, kind),
    };
    Rank { phase, kind, position, name: Some(id) }
}

fn reach(start: usize, next: impl Fn(usize) -> Vec<usize>) -> BTreeSet<usize> {
    let (mut seen, mut open) = (BTreeSet::from([start]), vec![start]);
    while let Some(head) = open.pop() {
        open.extend(next(head).into_iter().filter(|to| seen.insert(*to)));
    }
    seen
}
