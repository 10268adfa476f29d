//! What has to change between two schemas. Knows no kind.

use crate::model::{Change, Id, Schema};

/// Every change that leads from one schema to the other, by id.
pub fn diff(before: &Schema, after: &Schema) -> Vec<Change> {
    let gone = before.iter().filter(|(id, _)| !after.contains(id)).map(|(id, it)| (id, Change::Drop(it.clone())));
    let there = after.iter().filter_map(|(id, to)| match before.get(id) {
        None => Some((id, Change::Create(to.clone()))),
        Some(from) if from.same(to) => None,
        Some(from) => Some((id, Change::Alter { from: from.clone(), to: to.clone() })),
    });
    let mut changes: Vec<(&Id, Change)> = gone.chain(there).collect();
    changes.sort_by_key(|(id, _)| *id);
    changes.into_iter().map(|(_, change)| change).collect()
}
