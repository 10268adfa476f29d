//! Writes what belongs together as one statement: a table with its clauses, a drop with all that goes down with it.

use std::collections::BTreeSet;

use super::order::Group;
use super::rebuild::Task;
use super::section::Topics;
use super::{Section, Step};
use crate::kinds::Context;
use crate::model::{Change, Lock, Statement};

/// The steps of the groups, under the headings of their sections.
pub(super) fn write(context: &Context, tasks: &[Task], groups: &[Group], topics: &Topics) -> Vec<Section> {
    let mut sections: Vec<(usize, Section)> = Vec::new();
    let mut begun = BTreeSet::new();
    for group in groups {
        let number = topics.section_of[group[0]];
        if sections.last().is_none_or(|(last, _)| *last != number) {
            let again = if begun.insert(number) { "" } else { " (continued)" };
            let title = topics.titles[number].clone() + again;
            sections.push((number, Section { title, steps: Vec::new() }));
        }
        if let Some((_, section)) = sections.last_mut() {
            section.steps.push(step(context, tasks, group));
        }
    }
    sections.into_iter().map(|(_, section)| section).collect()
}

fn step(context: &Context, tasks: &[Task], group: &Group) -> Step {
    let (head, rest) = (&tasks[group[0]], &group[1..]);
    let mut carried: Vec<&Task> = rest.iter().map(|at| &tasks[*at]).collect();
    carried.sort_by_key(|task| (task.id.kind, task.change.after().map(|object| object.position()), task.id.clone()));
    let mut statements = match &head.change {
        Change::Create(object) if !carried.is_empty() => {
            let clauses: Vec<String> =
                carried.iter().filter_map(|task| task.clause.clone()).filter(|clause| !clause.is_empty()).collect();
            object.create_with(context.style, &clauses)
        }
        _ => head.statements.clone(),
    };
    if let Some(last) = statements.last_mut() {
        last.locks
            .extend(carried.iter().flat_map(|task| &task.statements).flat_map(|statement| &statement.locks).cloned());
    }
    statements.extend(head.afterwards.iter().cloned());
    for statement in &mut statements {
        settle(context, statement);
    }
    Step {
        change: head.change.clone(),
        carries: carried.into_iter().map(|task| task.change.clone()).collect(),
        statements,
    }
}

/// Leaves out locks on what nobody else can see yet, and names each table once, with its strongest lock.
fn settle(context: &Context, statement: &mut Statement) {
    let mut locks: Vec<Lock> = Vec::new();
    for lock in statement.locks.drain(..).filter(|lock| context.from.contains(&lock.table)) {
        match locks.iter_mut().find(|known| known.table == lock.table) {
            Some(known) => {
                known.mode = known.mode.max(lock.mode);
                known.scan |= lock.scan;
                known.rewrite |= lock.rewrite;
            }
            None => locks.push(lock),
        }
    }
    statement.locks = locks;
}
