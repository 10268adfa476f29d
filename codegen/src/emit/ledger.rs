//! The ledger of losses: what each way destroys, by which statement, and what the rollback can't bring back.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::Id;
use crate::plan::{Aspect, Count, Loss, Migration, Plan};

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The way on which it happens: `up` or `down`.
    pub way: &'static str,
    /// The object, as text: `column public.clusters.external_cluster_id`.
    pub object: String,
    /// `data`, `definition`, `object`, `position`; or `kept`, for data that a side table keeps.
    pub aspect: &'static str,
    /// What is lost, in words.
    pub what: String,
    /// The statement that does it, if one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Why that is acceptable, as the intent says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted_because: Option<String>,
    /// How much of it there is in a database, if one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<Count>,
    /// The object in a database that is as before the way up.
    #[serde(skip)]
    pub before: Id,
}

/// The whole ledger of a migration: the way up, then the way down.
pub fn ledger(migration: &Migration, accepted: &BTreeMap<Id, String>) -> Vec<Entry> {
    let of_data = |loss: &&Loss| loss.aspect == Aspect::Data;
    let up = migration.losses.iter().filter(of_data).map(|loss| {
        let entry = entry("up", loss, by(&migration.up, &loss.id));
        Entry { accepted_because: accepted.get(&loss.id).cloned(), before: migration.id_before(&loss.id), ..entry }
    });
    let kept = migration.kept.iter().map(|kept| Entry {
        way: "up",
        object: kept.id.to_string(),
        aspect: "kept",
        what: format!("{}, in {}", kept.what, kept.table),
        by: kept.aside.iter().map(|statement| statement.sql.clone()).find(|sql| sql.starts_with("CREATE")),
        accepted_because: accepted.get(&kept.id).cloned(),
        count: None,
        before: kept.id.clone(),
    });
    let unrestored = migration.losses.iter().filter(|loss| loss.aspect != Aspect::Data);
    let unrestored = unrestored.map(|loss| entry("down", loss, None));
    let destroyed = migration.destroyed_by_down.iter().map(|loss| entry("down", loss, by(&migration.down, &loss.id)));
    up.chain(kept).chain(unrestored).chain(destroyed).collect()
}

fn entry(way: &'static str, loss: &Loss, by: Option<String>) -> Entry {
    Entry {
        way,
        object: loss.id.to_string(),
        aspect: loss.aspect.name(),
        what: loss.what.clone(),
        by,
        accepted_because: None,
        count: None,
        before: loss.id.clone(),
    }
}

/// The statement that changes an object, or takes it along.
fn by(plan: &Plan, id: &Id) -> Option<String> {
    let step = plan.steps().find(|step| step.changes().any(|change| change.id() == *id))?;
    Some(step.statements.last()?.sql.clone())
}
