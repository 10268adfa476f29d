//! What has to change between two schemas. Knows no kind.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::kinds::Object;
use crate::model::{Change, Schema};

/// Every change that leads from one schema to the other, by id.
pub fn diff(before: &Schema, after: &Schema) -> Vec<Change> {
    let (mut before, mut after) = (before.iter().peekable(), after.iter().peekable());
    let mut changes = Vec::new();
    // Both come by id, so one walk along both finds what only one of them has.
    loop {
        let order = match (before.peek(), after.peek()) {
            (Some((one, _)), Some((other, _))) => one.cmp(other),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return changes,
        };
        let from = if order.is_le() { before.next() } else { None };
        let to = if order.is_ge() { after.next() } else { None };
        changes.extend(change(from.map(|(_, it)| it), to.map(|(_, it)| it)));
    }
}

fn change(from: Option<&Arc<Object>>, to: Option<&Arc<Object>>) -> Option<Change> {
    match (from, to) {
        (Some(from), None) => Some(Change::Drop(from.clone())),
        (None, Some(to)) => Some(Change::Create(to.clone())),
        (Some(from), Some(to)) if !from.same(to) => Some(Change::Alter { from: from.clone(), to: to.clone() }),
        _ => None,
    }
}
