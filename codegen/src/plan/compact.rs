//! Writes what belongs together as one statement: a table with its clauses, a drop with all that goes down with it.

use std::collections::BTreeSet;

use super::order::Group;
use super::rebuild::Task;
use super::section::Topics;
use super::{Section, Step};
use crate::kinds::{Context, Moment};
use crate::model::Change;

/// The steps of the groups, under the headings of their sections.
pub(super) fn write(context: &Context, tasks: &[Task], groups: &[Group], topics: &Topics) -> Vec<Section> {
    let mut sections: Vec<(usize, Section)> = Vec::new();
    let mut begun = BTreeSet::new();
    let mut moment = Moment::new(context.from, context.to);
    for group in groups {
        let number = topics.section_of[group[0]];
        if sections.last().is_none_or(|(last, _)| *last != number) {
            let again = if begun.insert(number) { "" } else { " (continued)" };
            let title = topics.titles[number].clone() + again;
            sections.push((number, Section { title, steps: Vec::new() }));
        }
        if let Some((_, section)) = sections.last_mut() {
            section.steps.push(step(context, &mut moment, tasks, group));
        }
    }
    sections.into_iter().map(|(_, section)| section).collect()
}

fn step(context: &Context, moment: &mut Moment, tasks: &[Task], group: &Group) -> Step {
    let (head, rest) = (&tasks[group[0]], &group[1..]);
    let mut carried: Vec<&Task> = rest.iter().map(|at| &tasks[*at]).collect();
    carried.sort_by_key(|task| (task.id.kind, task.change.after().map(|object| object.position()), task.id.clone()));
    let mut statements = match &head.change {
        Change::Create(object) if !carried.is_empty() && !head.is_online => {
            let clauses: Vec<String> =
                carried.iter().filter_map(|task| task.clause.clone()).filter(|clause| !clause.is_empty()).collect();
            object.create_with(context.style, &clauses)
        }
        _ => head.statements.clone(),
    };
    if let Some(last) = statements.last_mut() {
        // What is led is locked for the sake of its leader.
        let own = carried.iter().filter(|task| task.led_by.is_none() && moment.locks_when_carried(&task.change));
        last.locks.extend(own.flat_map(|task| &task.statements).flat_map(|statement| &statement.locks).cloned());
    }
    statements.extend(head.afterwards.iter().cloned());
    let carries: Vec<Change> = carried.into_iter().map(|task| task.change.clone()).collect();
    let changes: Vec<&Change> = std::iter::once(&head.change).chain(&carries).collect();
    statements.iter_mut().for_each(|statement| moment.settle(&changes, statement));
    changes.into_iter().for_each(|change| moment.pass(change));
    Step { change: head.change.clone(), carries, statements }
}
