//! Both ways between any two schemas, as files that stand for themselves: no intent, no project.

use super::layout::{self, comment};
use super::split;
use crate::model::Id;
use crate::plan::{Aspect, Loss, Migration, Plan, Policy};

/// The texts of the way up, in the order that they run in: one, unless it can't be one transaction and has to.
pub fn up(migration: &Migration, from: &str, to: &str) -> Vec<String> {
    let lost = migration.losses.iter().filter(|loss| loss.aspect == Aspect::Data);
    let losses = listed("Loses, and no rollback brings it back:", lost);
    texts(&migration.up, &[], title(from, to), vec![losses])
}

/// The texts of the way down.
pub fn down(migration: &Migration, policy: Policy, from: &str, to: &str) -> Vec<String> {
    let heads = vec![
        super::header::policy(policy),
        listed("Can't restore:", migration.losses.iter()),
        listed("Destroys:", migration.destroyed_by_down.iter()),
    ];
    let losses = if policy != Policy::Exact { migration.losses.as_slice() } else { &[] };
    texts(&migration.down, losses, title(to, from), heads)
}

fn texts(plan: &Plan, losses: &[Loss], title: String, heads: Vec<String>) -> Vec<String> {
    if !plan.is_split() {
        let heads = [vec![title], heads, vec![offline(plan), transaction(plan)]].concat();
        return vec![layout::header(&heads) + &body(plan, layout::plan(plan, losses))];
    }
    let texts = layout::parts(plan, losses);
    let count = texts.len();
    let named = |id: &Id| id.to_string();
    let file = |(at, text): (usize, String)| {
        let first = if at == 0 { [heads.clone(), vec![offline(plan)]].concat() } else { Vec::new() };
        let part = vec![title.clone(), split::which(at, count), split::between(plan, at, count, &named)];
        layout::header(&[part, first].concat()) + &body(plan, text)
    };
    texts.into_iter().enumerate().map(file).collect()
}

/// The plan, in a session in which what is built in comes before all that has the same name. Everything else is written
/// with its schema. The rest of the path stays, since the bodies of functions that are called may stand on it.
fn body(plan: &Plan, text: String) -> String {
    const PATH: &str = "SELECT pg_catalog.set_config('search_path', pg_catalog.rtrim(pg_catalog.concat(
  'pg_catalog, ', pg_catalog.current_setting('search_path')), ', '), ";
    match (plan.is_empty(), plan.wrapped) {
        (true, _) => text,
        (false, true) => format!("\n{PATH}true);\n{text}"),
        (false, false) => format!("\n{PATH}false);\n{text}\nRESET search_path;\n"),
    }
}

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
