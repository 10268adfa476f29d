//! Both ways between any two schemas, as files that stand for themselves: no intent, no project.

use super::layout::{self, comment};
use crate::plan::{Aspect, Loss, Migration, Plan, Policy};

/// The text of the way up.
pub fn up(migration: &Migration, from: &str, to: &str) -> String {
    let lost = migration.losses.iter().filter(|loss| loss.aspect == Aspect::Data);
    let heads = [
        title(from, to),
        listed("Loses, and no rollback brings it back:", lost),
        offline(&migration.up),
        transaction(&migration.up),
    ];
    layout::header(&heads) + &body(&migration.up, &[])
}

/// The text of the way down.
pub fn down(migration: &Migration, policy: Policy, from: &str, to: &str) -> String {
    let heads = [
        title(to, from),
        super::header::policy(policy),
        listed("Can't restore:", migration.losses.iter()),
        listed("Destroys:", migration.destroyed_by_down.iter()),
        offline(&migration.down),
        transaction(&migration.down),
    ];
    let losses = if policy != Policy::Exact { migration.losses.as_slice() } else { &[] };
    layout::header(&heads) + &body(&migration.down, losses)
}

/// The plan, in a session in which what is built in comes before all that has the same name.
fn body(plan: &Plan, losses: &[Loss]) -> String {
    let text = layout::plan(plan, losses);
    if plan.is_empty() { text } else { format!("\n{BUILT_IN_FIRST}\n{text}\nRESET search_path;\n") }
}

/// Everything else is written with its schema. The rest of the path stays, since the bodies of functions that are called
/// may stand on it.
const BUILT_IN_FIRST: &str = "SELECT pg_catalog.set_config('search_path', pg_catalog.rtrim(pg_catalog.concat(
  'pg_catalog, ', pg_catalog.current_setting('search_path')), ', '), false);";

fn title(from: &str, to: &str) -> String {
    comment("From: ", from) + &comment("To:   ", to)
}

fn listed<'a>(heading: &str, losses: impl Iterator<Item = &'a Loss>) -> String {
    let lines: String = losses.map(|loss| comment("  - ", &format!("{}: {}", loss.id, loss.what))).collect();
    if lines.is_empty() { lines } else { comment("", heading) + &lines }
}

/// What an online plan can't do without keeping others waiting.
fn offline(plan: &Plan) -> String {
    let lines: String = plan.offline.iter().map(|(id, how)| comment("  - ", &format!("{id}: {how}"))).collect();
    if lines.is_empty() { lines } else { comment("", "Can't be had online:") + &lines }
}

fn transaction(plan: &Plan) -> String {
    if plan.is_empty() {
        return String::new();
    }
    comment(
        "",
        match plan.is_one_transaction() {
            true => "Run it as one transaction: psql --single-transaction --set ON_ERROR_STOP=1 --file ...",
            false => "It can't be one transaction: what stands between COMMIT and BEGIN runs by itself.",
        },
    )
}
