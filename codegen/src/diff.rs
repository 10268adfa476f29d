//! What has to change between two schemas. Knows no kind.

use crate::model::{Change, Schema};

/// Every change that leads from one schema to the other, by id.
pub fn diff(before: &Schema, after: &Schema) -> Vec<Change> {
    let gone = before.iter().filter(|(id, _)| !after.contains(id)).map(|(_, object)| Change::Drop(object.clone()));
    let there = after.iter().filter_map(|(id, to)| match before.get(id) {
        None => Some(Change::Create(to.clone())),
        Some(from) if from.same(to) => None,
        Some(from) => Some(Change::Alter { from: from.clone(), to: to.clone() }),
    });
    let mut changes: Vec<Change> = gone.chain(there).collect();
    changes.sort_by_cached_key(Change::id);
    changes
}
