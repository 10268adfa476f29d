//! The order in which tables are filled: what is referred to comes first.

use std::collections::BTreeSet;

use super::table::Table;

/// The places of the tables in the order in which they are filled; those that can't be without each other together. A
/// table comes twice if it could not refer to all
/// that it may refer to the first time: to itself, or in a circle.
pub(super) fn order(tables: &[Table], root: impl Fn(i64) -> i64) -> Vec<Vec<usize>> {
    let there: BTreeSet<i64> = tables.iter().map(|table| table.relation.oid).collect();
    let (mut filled, mut order, mut again) = (BTreeSet::new(), Vec::new(), Vec::new());
    let mut open: Vec<usize> = (0..tables.len()).collect();
    while !open.is_empty() {
        let waits = |at: usize, for_all: bool| {
            let table = &tables[at];
            let mut targets = table.references.iter().filter(|it| for_all || !table.may_be_left(it));
            targets.any(|it| {
                let target = root(it.to.oid);
                target != table.relation.oid && there.contains(&target) && !filled.contains(&target)
            })
        };
        let mut next: Vec<usize> = open.iter().copied().filter(|at| !waits(*at, true)).collect();
        if next.is_empty() {
            let first = open.iter().copied().find(|at| !waits(*at, false));
            let group = first.map_or_else(|| circle(tables, &open, &root), |first| vec![first]);
            again.extend(&group);
            next.extend(group);
        }
        open.retain(|at| !next.contains(at));
        let is_circle = next.len() > 1 && next.iter().all(|at| again.contains(at));
        for at in &next {
            let table = &tables[*at];
            if table.references.iter().any(|it| table.refers_to_itself(it)) && !again.contains(at) {
                again.push(*at);
            }
            filled.insert(table.relation.oid);
        }
        if is_circle { order.push(next) } else { order.extend(next.into_iter().map(|at| vec![at])) }
    }
    order.extend(again.into_iter().map(|at| vec![at]));
    order
}

/// Tables none of which can be filled before the others: those that the first of them leads to, and that lead back.
fn circle(tables: &[Table], open: &[usize], root: impl Fn(i64) -> i64) -> Vec<usize> {
    let targets = |at: usize| {
        let table = &tables[at];
        let must = table.references.iter().filter(|it| !table.may_be_left(it)).map(|it| root(it.to.oid));
        let must: BTreeSet<i64> = must.collect();
        open.iter().copied().filter(move |other| *other != at && must.contains(&tables[*other].relation.oid))
    };
    let reached = |from: usize| {
        let (mut reached, mut ends) = (BTreeSet::new(), vec![from]);
        while let Some(at) = ends.pop() {
            ends.extend(targets(at).filter(|other| reached.insert(*other)));
        }
        reached
    };
    let circles = open.iter().map(|at| (*at, reached(*at))).filter(|(at, reached)| reached.contains(at));
    let Some((_, mut circle)) = circles.min_by_key(|(at, reached)| (reached.len(), *at)) else { return vec![open[0]] };
    let mut ordered = Vec::new();
    // First those whose foreign keys can wait.
    while let Some(first) = circle.first().copied() {
        let can_wait = |at: &&usize| {
            let table = &tables[**at];
            let mut must = table.references.iter().filter(|it| !table.may_be_left(it));
            let left: BTreeSet<i64> = circle.iter().filter(|it| it != at).map(|it| tables[*it].relation.oid).collect();
            must.all(|it| it.deferrable || !left.contains(&root(it.to.oid)))
        };
        let next = circle.iter().find(can_wait).copied().unwrap_or(first);
        circle.remove(&next);
        ordered.push(next);
    }
    ordered
}
