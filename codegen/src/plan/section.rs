//! What belongs together, so that a migration reads by topic: a table and what happens to it.

use std::collections::{BTreeMap, BTreeSet};

use super::Step;
use super::rebuild::Task;
use crate::model::{Change, Id, Schema};

/// Some steps under a heading.
#[derive(Clone, Debug)]
pub struct Section {
    /// The heading, without a number.
    pub title: String,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// A heading that a human gave, and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The text, without a number.
    pub title: String,
    /// Objects; whatever belongs to the topic of one of them stands here.
    pub objects: Vec<Id>,
}

/// The section of every task.
pub(super) struct Topics {
    /// The section's number, by task.
    pub(super) section_of: Vec<usize>,
    /// The headings, by section.
    pub(super) titles: Vec<String>,
}

/// Groups tasks by topic and the topics by the headings; what has no heading gets one, behind the others.
pub(super) fn topics(tasks: &[Task], before: &Schema, after: &Schema, headings: &[Heading]) -> Topics {
    let world = World::new(tasks, before, after);
    let topic_of: Vec<Id> = tasks.iter().map(|task| world.topic(&task.id)).collect();
    let mut members: BTreeMap<&Id, Vec<usize>> = BTreeMap::new();
    for (at, topic) in topic_of.iter().enumerate() {
        members.entry(topic).or_default().push(at);
    }
    let heading_of = |topic: &Id, members: &[usize]| {
        let named = |heading: &Heading| {
            heading.objects.contains(topic) || members.iter().any(|at| heading.objects.contains(&tasks[*at].id))
        };
        headings.iter().position(named)
    };
    let mut keyed: Vec<_> = members
        .iter()
        .map(|(topic, members)| {
            (
                heading_of(topic, members).unwrap_or(headings.len()),
                world.order(topic, &tasks[members[0]].change),
                *topic,
            )
        })
        .collect();
    keyed.sort();
    let mut sections: Vec<(usize, String)> = Vec::new();
    let mut number_of: BTreeMap<&Id, usize> = BTreeMap::new();
    for (heading, _, topic) in keyed {
        let goes_on = heading < headings.len() && sections.last().is_some_and(|(last, _)| *last == heading);
        if !goes_on {
            let title = headings
                .get(heading)
                .map_or_else(|| world.title(topic, &members[topic]), |heading| heading.title.clone());
            sections.push((heading, title));
        }
        number_of.insert(topic, sections.len() - 1);
    }
    Topics {
        section_of: topic_of.iter().map(|topic| number_of[topic]).collect(),
        titles: sections.into_iter().map(|(_, title)| title).collect(),
    }
}

/// What is known of the tasks while topics are looked for.
struct World<'a> {
    tasks: &'a [Task],
    /// The first task of each object.
    first: BTreeMap<Id, usize>,
    before: &'a Schema,
    after: &'a Schema,
    /// Created or dropped, not both.
    whole: BTreeSet<Id>,
    altered: BTreeSet<Id>,
}

impl<'a> World<'a> {
    fn new(tasks: &'a [Task], before: &'a Schema, after: &'a Schema) -> Self {
        let (mut whole, mut altered, mut first) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
        for (at, task) in tasks.iter().enumerate() {
            let id = task.id.clone();
            first.entry(id.clone()).or_insert(at);
            if before.contains(&id) == after.contains(&id) {
                altered.insert(id)
            } else {
                whole.insert(id)
            };
        }
        Self { tasks, first, before, after, whole, altered }
    }

    fn root(&self, id: &Id) -> Id {
        if self.after.contains(id) { self.after.root(id) } else { self.before.root(id) }
    }

    fn topic(&self, id: &Id) -> Id {
        let root = self.root(id);
        if self.whole.contains(&root) {
            return root;
        }
        self.part_topic(id, &root)
    }

    /// The topic of a part of an object that stays: the part that it stands or falls with, else itself.
    fn part_topic(&self, id: &Id, root: &Id) -> Id {
        let schema = if self.after.contains(id) { self.after } else { self.before };
        let owner = schema.owner(id).filter(|owner| *owner != root);
        if let Some(owner) = owner.filter(|owner| self.whole.contains(*owner) || self.altered.contains(*owner)) {
            return self.part_topic(owner, root);
        }
        let parts: Vec<&Id> =
            schema.needs(id).filter(|need| *need != root && self.root(need) == *root && need.kind < id.kind).collect();
        let whole = parts.iter().find(|need| self.whole.contains(*need));
        let alone = match parts.as_slice() {
            [only] => self.altered.contains(*only).then_some(only),
            _ => None,
        };
        whole.or(alone).map_or_else(|| id.clone(), |part| self.part_topic(part, root))
    }

    /// Topics of one table stand together; in it, what goes comes before what changes and what is new.
    fn order(&self, topic: &Id, first: &Change) -> (Vec<String>, u8, Id) {
        let root = self.root(topic);
        let lead = self.lead(topic).unwrap_or(first);
        let phase = match lead {
            Change::Drop(_) if !self.after.contains(topic) => 0,
            Change::Create(_) if !self.before.contains(topic) => 2,
            _ => 1,
        };
        (root.path.to_vec(), phase, topic.clone())
    }

    fn lead(&self, topic: &Id) -> Option<&'a Change> {
        self.first.get(topic).map(|at| &self.tasks[*at].change)
    }

    fn title(&self, topic: &Id, members: &[usize]) -> String {
        let root = self.root(topic);
        let schema = if self.after.contains(topic) { self.after } else { self.before };
        let what = schema.get(topic).map(|object| object.phrase()).unwrap_or_default();
        let lead = self.lead(topic).unwrap_or(&self.tasks[members[0]].change);
        let verb = match (self.before.contains(topic), self.after.contains(topic)) {
            (false, _) => "Create",
            (_, false) => "Drop",
            _ if matches!(lead, Change::Rename { .. }) => "Rename",
            _ => "Change",
        };
        format!("{}: {verb} {what}", root.name_in_heading().to_uppercase())
    }
}
