//! Plans that let others use the tables meanwhile: in several transactions, none of which holds a lock that others wait
//! for while it reads a table. What can't be had that way is said.

use std::collections::{BTreeMap, BTreeSet};

use super::rebuild::Task;
use super::{Plan, Step};
use crate::kinds::Context;
use crate::kinds::kept::Kept;
use crate::model::{Change, Id, Lock, LockMode, Statement, Transaction};

/// How long a statement waits for a lock, while others wait behind it.
const LOCK_TIMEOUT: &str = "lock_timeout = '5s'";

/// Puts the statements that keep nobody waiting into the tasks that have such, where their owner is there all the time.
pub(super) fn prefer(context: &Context, tasks: &mut [Task]) {
    if !context.style.online {
        return;
    }
    let ends = |change: &Change| matches!(change, Change::Create(_) | Change::Drop(_));
    let anew: BTreeSet<Id> = tasks.iter().filter(|it| ends(&it.change)).map(|it| it.id.clone()).collect();
    for task in tasks {
        let statements = match &task.change {
            Change::Create(object) if object.owner().is_some_and(|owner| !anew.contains(&owner)) => {
                let spelled_out = object.spelled_out(context);
                spelled_out.as_ref().unwrap_or(object).create_online(context)
            }
            Change::Drop(object) if object.owner().is_some_and(|owner| !anew.contains(&owner)) => {
                object.drop_online(context)
            }
            _ => None,
        };
        if let Some(statements) = statements {
            (task.statements, task.is_online) = (statements, true);
        }
    }
}

/// Parts the transactions, limits the time that they wait, and says what keeps others waiting all the same.
pub(super) fn settle(plan: &mut Plan) {
    let away = away(plan);
    for (at, step) in plan.sections.iter_mut().flat_map(|section| &mut section.steps).enumerate() {
        // What is gone for a while should not stay so for longer than it must.
        if !away.values().any(|(from, to)| (*from..*to).contains(&at)) {
            step.statements.iter_mut().filter(|it| reads_in_peace(it)).for_each(set_apart);
        }
    }
    let blocking = plan.steps().flat_map(blocking).collect::<Vec<_>>();
    plan.offline.extend(blocking);
    let gone = gone_between_parts(plan, &away);
    plan.offline.extend(gone);
    if plan.statements().any(|statement| !statement.locks.is_empty()) {
        plan.settings.push(LOCK_TIMEOUT.to_owned());
    }
}

/// By object that goes or steps aside and comes back: the numbers of the steps.
pub(super) fn away(plan: &Plan) -> BTreeMap<Id, (usize, usize)> {
    let mut left: BTreeMap<Id, usize> = BTreeMap::new();
    let mut away = BTreeMap::new();
    for (at, step) in plan.steps().enumerate() {
        for change in step.changes() {
            match (left.get(&change.id()), change) {
                (Some(from), Change::Create(_) | Change::Alter { .. }) => {
                    away.insert(change.id(), (*from, at));
                }
                (None, Change::Drop(_) | Change::Alter { .. }) => {
                    left.insert(change.id(), at);
                }
                _ => {}
            }
        }
    }
    away
}

/// Whether it reads whole tables, and nobody waits for it; but for what it holds, it could share a transaction.
fn reads_in_peace(statement: &Statement) -> bool {
    let reads = statement.locks.iter().any(|lock| lock.scan);
    statement.transaction == Transaction::Within && reads && !statement.locks.iter().any(keeps_waiting)
}

fn keeps_waiting(lock: &Lock) -> bool {
    lock.mode >= LockMode::Share
}

fn set_apart(statement: &mut Statement) {
    statement.transaction = Transaction::Apart;
}

/// What a step does for long while others wait, or does at all where somebody could do it by hand while nobody waits.
fn blocking(step: &Step) -> impl Iterator<Item = (Id, String)> {
    let id = step.change.id();
    step.statements.iter().flat_map(blocks).map(move |how| (id.clone(), how))
}

fn blocks(statement: &Statement) -> Vec<String> {
    let by_hand = statement.by_hand.as_deref().map(by_hand).unwrap_or_default();
    let is_long = |lock: &Lock| keeps_waiting(lock) && (lock.scan || lock.rewrite);
    let told = statement.locks.iter().filter(|lock| is_long(lock) || !by_hand.is_empty());
    let how = |lock: &Lock| {
        let meanwhile = match (lock.rewrite, lock.scan) {
            (true, _) => " while it writes it anew",
            (false, true) => " while it reads it from end to end",
            (false, false) => "",
        };
        format!("takes {} on {}{meanwhile}{by_hand}", lock.mode.name(), lock.table.dotted())
    };
    told.map(how).collect()
}

/// A long text stands in the file alone, beside what it could take the place of.
fn by_hand(sql: &str) -> String {
    match sql.starts_with("DO ") {
        true => ";\nby hand it can be done in batches, as its part says".to_owned(),
        false => {
            let sql = sql.split('\n').map(str::trim).collect::<Vec<_>>().join(" ");
            format!(";\nby hand before, and not in a transaction, nobody waits for it:\n{sql}")
        }
    }
}

/// Says why a plan that keeps something for the rollback is none that lets others use the tables meanwhile.
pub(super) fn give_way(kept: &[Kept], plan: &mut Plan) {
    let why = "is kept for the rollback as it is when it is changed, so that both ways are one transaction; \
               for an online plan, choose another rollback policy, or keep a copy by hand before";
    plan.offline.extend(kept.iter().map(|it| (it.id.clone(), why.to_owned())));
    let blocking = plan.steps().flat_map(blocking).collect::<Vec<_>>();
    plan.offline.extend(blocking);
}

/// What others miss from one transaction to a later one.
fn gone_between_parts(plan: &Plan, away: &BTreeMap<Id, (usize, usize)>) -> Vec<(Id, String)> {
    let parts = plan.parts_of_steps();
    let apart = |(from, to): &(usize, usize)| parts.get(*from).map(|it| it.0) != parts.get(*to).map(|it| it.1);
    let gone = away.iter().filter(|(_, steps)| apart(steps));
    gone.map(|(id, _)| (id.clone(), "is missing or unfinished from one transaction to a later one".to_owned()))
        .collect()
}
