//! Objects of one table that PostgreSQL takes for each other, since they differ in nothing but their names.

use std::collections::BTreeMap;

use super::rebuild::Task;
use crate::kinds::{Context, Side};
use crate::model::{Change, Id, Schema};

/// Of twins that are made, only the first may stand in the statement that makes their table, and the others come one by
/// one: in the order of those that they are to belong to, so that PostgreSQL finds the same pairs when tables are tied.
pub(super) fn set_apart(context: &Context, tasks: &mut [Task]) {
    for twins in twins(context, tasks) {
        for pair in twins.windows(2) {
            let before = tasks[pair[0]].id.clone();
            let later = &mut tasks[pair[1]];
            later.clause = None;
            later.joins = later.joins.iter().cloned().chain([before]).collect();
        }
    }
}

/// Where those stand that are alike and made, each in its order.
fn twins(context: &Context, tasks: &[Task]) -> Vec<Vec<usize>> {
    let mut alike: BTreeMap<(Id, String), Vec<usize>> = BTreeMap::new();
    for (at, task) in tasks.iter().enumerate() {
        if let Change::Create(object) = &task.change
            && let (Some(owner), Some(sort)) = (object.owner(), object.alike())
            // What is made behind a tie belongs to nobody.
            && !Side::BOTH.iter().any(|side| object.follows_link(*side))
        {
            alike.entry((owner, sort)).or_default().push(at);
        }
    }
    let mut twins: Vec<Vec<usize>> = alike.into_values().filter(|places| places.len() > 1).collect();
    for places in &mut twins {
        places.sort_by_cached_key(|at| (head(context.to, &tasks[*at].id), *at));
    }
    twins
}

/// Whom an object follows in the end: itself, if it follows nobody.
pub fn head(schema: &Schema, id: &Id) -> Id {
    let leader = schema.get(id).map(|object| object.follows()).unwrap_or_default();
    leader.first().map_or_else(|| id.clone(), |follow| head(schema, &follow.leader))
}
