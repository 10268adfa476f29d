//! What comes along by itself when an object is made: kept, changed or taken away again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::rebuild::{Task, altering};
use crate::kinds::{Context, Object};
use crate::model::{Change, Id};

/// Leaves out what is made by itself, changes what comes out otherwise than wanted, and drops what nobody wants.
///
/// What comes along is said by the schema before: whatever says it changes after everything is made.
pub(super) fn settle(context: &Context, tasks: &mut [Task]) {
    let mut brought: BTreeMap<Id, Arc<Object>> = BTreeMap::new();
    for task in &mut *tasks {
        for more in brings(context, &task.change) {
            if context.to.contains(&more.id()) {
                brought.insert(more.id(), Arc::new(more));
            } else {
                // At once, before it can be mixed up with what others make of it.
                task.afterwards.extend(more.drop(context.style));
            }
        }
    }
    for task in tasks {
        let Change::Create(to) = &task.change else { continue };
        let Some(from) = brought.get(&task.id) else { continue };
        let change = Change::Alter { from: from.clone(), to: to.clone() };
        task.statements = if from.same(to) { Vec::new() } else { altering(context, &change).0 };
    }
}

/// What comes along with an object that is made, or with what it had none of before.
fn brings(context: &Context, change: &Change) -> Vec<Object> {
    match change {
        Change::Create(object) => object.brings(context.from),
        Change::Alter { from, to } if from.brings(context.from).is_empty() => to.brings(context.from),
        Change::Alter { .. } | Change::Drop(_) | Change::Rename { .. } => Vec::new(),
    }
}
