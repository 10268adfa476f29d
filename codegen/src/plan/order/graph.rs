//! Groups of tasks and who must come before whom: circles, and the sort.

use std::collections::{BTreeMap, BTreeSet};

use super::{Group, Task};
use crate::model::{Change, Id};

/// The groups, by the number of their head, and who must come before whom.
pub struct Graph {
    members: BTreeMap<usize, Vec<usize>>,
    next: BTreeMap<usize, BTreeSet<usize>>,
}

impl Graph {
    pub fn new(tasks: usize, edges: &[(usize, usize)], group_of: &[usize]) -> Self {
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
    pub fn tangles(&self) -> Vec<Vec<usize>> {
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

    pub fn sorted(&self, tasks: &[Task], section_of: &[usize], group_of: &[usize]) -> Vec<Group> {
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
    let id = task.id.clone();
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
