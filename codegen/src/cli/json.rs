//! What machines read.

use serde_json::{Value, json};

use crate::lint::Hazard;
use crate::model::{Change, Statement};
use crate::plan::{Aside, Loss, Migration, Plan};
use crate::run::Planned;

/// One change.
pub fn change(change: &Change) -> Value {
    json!({ "verb": change.verb(), "object": change.id().to_string() })
}

/// Both ways of the planned migration, its losses and hazards.
pub fn planned(planned: &Planned) -> Value {
    let mut value = migration(&planned.migration, &planned.hazards);
    value["migration"] = json!(planned.intent.map(
        |intent| json!({ "number": intent.number.value, "name": intent.name.value, "title": intent.title.value })
    ));
    value["unaccepted"] = json!(planned.unaccepted.iter().map(|it| loss(&it.0)).collect::<Vec<_>>());
    value
}

/// Both ways of a migration, its losses and hazards.
pub fn migration(migration: &Migration, hazards: &[Hazard]) -> Value {
    json!({
        "up": plan(&migration.up),
        "down": plan(&migration.down),
        "losses": migration.losses.iter().map(loss).collect::<Vec<_>>(),
        "kept": migration.kept.iter().map(|it| json!({ "object": it.id.to_string(), "what": it.what, "table": it.table })).collect::<Vec<_>>(),
        "destroyed_by_rollback": migration.destroyed_by_down.iter().map(loss).collect::<Vec<_>>(),
        "hazards": hazards,
    })
}

fn plan(plan: &Plan) -> Value {
    let step = |step: &crate::plan::Step| {
        json!({
            "changes": step.changes().map(change).collect::<Vec<_>>(),
            "statements": step.statements.iter().map(statement).collect::<Vec<_>>(),
        })
    };
    let aside = |it: &Option<Aside>| it.iter().flat_map(|it| &it.statements).map(statement).collect::<Vec<_>>();
    json!({
        "one_transaction": plan.is_one_transaction(),
        "parts": plan.parts().len(),
        "settings": plan.settings,
        "offline": plan.offline.iter().map(|(id, how)| json!({ "object": id.to_string(), "how": how })).collect::<Vec<_>>(),
        "guards": plan.guards.iter().map(statement).collect::<Vec<_>>(),
        "opening": aside(&plan.opening),
        "steps": plan.steps().map(step).collect::<Vec<_>>(),
        "closing": aside(&plan.closing),
    })
}

fn statement(statement: &Statement) -> Value {
    let lock = |it: &crate::model::Lock| json!({ "table": it.table.dotted(), "mode": it.mode.name(), "scan": it.scan, "rewrite": it.rewrite });
    json!({ "sql": statement.sql, "note": statement.note, "by_hand": statement.by_hand, "locks": statement.locks.iter().map(lock).collect::<Vec<_>>() })
}

fn loss(loss: &Loss) -> Value {
    json!({ "object": loss.id.to_string(), "aspect": format!("{:?}", loss.aspect).to_lowercase(), "what": loss.what })
}
