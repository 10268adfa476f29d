//! The order in which tables are filled: what is referred to comes first.

use std::collections::BTreeSet;

use super::table::Table;

/// The places of the tables in the order in which they are filled. A table comes twice if it could not refer to all
/// that it may refer to the first time: to itself, or in a circle.
pub(super) fn order(tables: &[Table], root: impl Fn(i64) -> i64) -> Vec<usize> {
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
            let first = open.iter().copied().find(|at| !waits(*at, false)).unwrap_or(open[0]);
            next.push(first);
            again.push(first);
        }
        open.retain(|at| !next.contains(at));
        for at in next {
            let table = &tables[at];
            if table.references.iter().any(|it| table.refers_to_itself(it)) && !again.contains(&at) {
                again.push(at);
            }
            filled.insert(table.relation.oid);
            order.push(at);
        }
    }
    order.extend(again);
    order
}
