//! Plans one after the other, as one.

use std::sync::Arc;

use crate::kinds::pair::Pair;
use crate::kinds::{Context, Object, Renaming};
use crate::model::{Change, Id, Statement, Transaction};
use crate::plan::fill::fill;
use crate::plan::{Backfill, Heading, Plan, Section, Step, online};

/// One plan that does what these do, in order.
pub(in crate::plan) fn chained(plans: impl IntoIterator<Item = Plan>) -> Plan {
    plans.into_iter().fold(Plan::default(), |mut all, plan| {
        let new: Vec<String> = plan.settings.into_iter().filter(|it| !all.settings.contains(it)).collect();
        all.settings.extend(new);
        all.guards.extend(plan.guards);
        all.opening = all.opening.or(plan.opening);
        all.sections.extend(plan.sections);
        all.closing = plan.closing.or(all.closing);
        all.offline.extend(plan.offline);
        all.wrapped |= plan.wrapped;
        all
    })
}

/// The headings of what keeps columns the same.
pub(in crate::plan) fn kept_the_same(pairs: &[Pair]) -> Vec<Heading> {
    let heading = |(title, objects): (String, Vec<Id>)| Heading { title, objects };
    pairs.iter().map(|pair| heading(pair.topic())).collect()
}

/// The heading of what is over when they need no longer be the same.
pub(super) fn no_longer(pairs: &[Pair], asides: &[Renaming]) -> Heading {
    let keepers = pairs.iter().flat_map(|pair| pair.topic().1.into_iter().skip(1));
    let objects = asides.iter().map(Renaming::target).chain(keepers);
    let objects = objects.chain(pairs.iter().map(Pair::old_id).filter(|id| !asides.iter().any(|it| it.from == *id)));
    Heading { title: "Nothing has to be kept the same any longer".into(), objects: objects.collect() }
}

/// The plan that moves values to the columns that take the place of others, where both are there all the time.
pub(in crate::plan) fn moving(context: &Context, pairs: &[Pair]) -> Plan {
    let has_both = |pair: &&Pair| {
        let there = |id: Id| context.from.contains(&id) && context.to.contains(&id);
        there(pair.old_id()) && there(pair.new_id())
    };
    let moved = |pair: &Pair| step(Arc::new(pair.column(false)), alone(context, pair.moved(context)));
    settled(context, "Move the values", pairs.iter().filter(has_both).map(moved).collect())
}

/// The plan that fills columns that are there all the time.
pub(in crate::plan) fn filling(context: &Context, fills: &[(Arc<Object>, &Backfill)]) -> Plan {
    let filled = |(column, backfill): &(Arc<Object>, &Backfill)| {
        let statement = fill(context, backfill, column.owner().as_ref());
        step(column.clone(), alone(context, statement))
    };
    settled(context, "Fill what has come", fills.iter().map(filled).collect())
}

fn settled(context: &Context, title: &str, steps: Vec<Step>) -> Plan {
    let mut plan = section(title, steps);
    if context.style.online && !plan.is_empty() {
        online::settle(&mut plan);
    }
    plan
}

fn section(title: &str, steps: Vec<Step>) -> Plan {
    let sections = if steps.is_empty() { Vec::new() } else { vec![Section { title: title.to_owned(), steps }] };
    Plan { sections, ..Plan::default() }
}

/// The plan that makes up for what keeps a name that was there for the meantime only.
pub(super) fn naming(pairs: &[Pair], is_last: bool) -> Plan {
    let named = |pair: &Pair| Some(step(Arc::new(pair.last()), pair.not_null_named(is_last)?));
    section("Name what is named after a column", pairs.iter().filter_map(named).collect())
}

/// The column is what it was, and holds more.
fn step(column: Arc<Object>, statement: Statement) -> Step {
    let change = Change::Alter { from: column.clone(), to: column };
    Step { change, carries: Vec::new(), statements: vec![statement] }
}

/// Rows that change stay locked until the transaction ends, so that it does nothing else.
fn alone(context: &Context, statement: Statement) -> Statement {
    match statement.transaction {
        Transaction::Within if context.style.online => Statement { transaction: Transaction::Apart, ..statement },
        _ => statement,
    }
}

/// The plan that fills the columns that come back from those that took their place.
pub(super) fn moving_back(pairs: &[Pair]) -> Plan {
    let back = |pair: &Pair| step(Arc::new(pair.old_column()), pair.moved_back());
    section("Move the values back", pairs.iter().map(back).collect())
}
