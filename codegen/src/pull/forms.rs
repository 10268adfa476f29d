//! In which form each object is written: in words, in words with an exact text, or raw.

mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use words::{fits, has_place, left_over, without, words};

use super::rust::is_documentable;
use super::ties::{is_made_with_parents, late};
use super::types::can_reference;
use crate::kinds::{Alteration, Comment, Context, Kind, Object};
use crate::model::{Id, Schema};
use crate::sql::Style;

/// How far each object is from the form that a person would choose; what is not named is there.
#[derive(Clone, Debug, Default)]
pub struct Levels(BTreeMap<Id, Level>);

#[derive(Clone, Debug, Default)]
struct Level {
    steps: u8,
    why: String,
}

/// The level at which an object is raw.
const RAW: u8 = 3;

impl Levels {
    /// One step down for an object whose form did not hold, and why it did not. False: it has no plainer one.
    pub fn lower(&mut self, schema: &Schema, id: &Id, why: &str) -> bool {
        let level = self.0.entry(id.clone()).or_default();
        if level.steps >= RAW {
            return false;
        }
        let has_plainer = matches!(
            id.kind,
            Kind::Check
                | Kind::Index
                | Kind::Exclusion
                | Kind::Policy
                | Kind::Domain
                | Kind::View
                | Kind::Extension
                | Kind::Trigger
        );
        let steps = if id.kind == Kind::Column || has_plainer && level.steps == 0 { 1 } else { RAW };
        *level = Level { steps: (level.steps + steps).min(RAW), why: why.to_owned() };
        // A column can't stand outside of its table.
        if id.kind == Kind::Column && level.steps == RAW {
            return schema.owner(id).cloned().is_some_and(|table| self.lower(schema, &table, why));
        }
        true
    }

    /// 0 for the form that a person would choose.
    pub fn of(&self, id: &Id) -> u8 {
        self.0.get(id).map_or(0, |level| level.steps)
    }

    /// Why an object is not in the form that a person would choose.
    pub fn why(&self, id: &Id) -> Option<&str> {
        self.0.get(id).map(|level| level.why.as_str())
    }
}

/// A fact about an object that there is no word for, made by statements of its own.
#[derive(Clone, Debug)]
pub struct Hanging {
    /// The statements that make it so.
    pub create: Vec<String>,
    /// The statements that take it back.
    pub drop: Vec<String>,
}

/// The forms of all objects.
pub struct Forms {
    raw: BTreeSet<Id>,
    absent: BTreeSet<Id>,
    facts: BTreeMap<Id, Hanging>,
    plain: BTreeMap<Id, Object>,
    late: BTreeMap<Id, Vec<Id>>,
}

impl Forms {
    /// Decides for every object.
    pub fn of(schema: &Schema, levels: &Levels) -> Self {
        let mut forms = Forms {
            raw: BTreeSet::new(),
            absent: BTreeSet::new(),
            facts: BTreeMap::new(),
            plain: BTreeMap::new(),
            late: late(schema),
        };
        for (id, object) in schema.iter() {
            let is_tied = forms.late.contains_key(id) || id.kind == Kind::Table && is_made_with_parents(schema, id);
            if is_tied || levels.of(id) >= RAW || !forms.has_words(schema, id, object, levels) {
                forms.raw.insert(id.clone());
            }
        }
        // A column can't stand outside of its table.
        let tables: Vec<Id> =
            forms.raw.iter().filter(|id| id.kind == Kind::Column).filter_map(|id| schema.owner(id).cloned()).collect();
        forms.raw.extend(tables);
        forms.spread(schema);
        let style = Style::default();
        let comes_by_itself = |id: &&Id| schema.get(id).is_some_and(|object| object.create(&style).is_empty());
        forms.absent = forms.raw.iter().filter(comes_by_itself).cloned().collect();
        let attached = |id: &&Id| levels.of(id) == 0 && forms.is_attached_with_partition(schema, id);
        let attached: Vec<Id> = forms.raw.iter().filter(attached).cloned().collect();
        forms.absent.extend(attached);
        forms
    }

    /// The partitions that an index or a key has to wait for.
    pub fn waits_for(&self, id: &Id) -> &[Id] {
        self.late.get(id).map_or(&[], Vec::as_slice)
    }

    /// Whether attaching a partition attaches an index of it too, since both indexes are there by then.
    fn is_attached_with_partition(&self, schema: &Schema, id: &Id) -> bool {
        let Some(Object::IndexAttachment(it)) = schema.get(id).map(AsRef::as_ref) else { return false };
        let is_early = |(kind, path): &(String, Vec<String>)| {
            Kind::named(kind).map(|kind| Id::new(kind, path)).is_some_and(|id| !self.is_raw(&id))
        };
        is_early(&it.of) && is_early(&it.to)
    }

    /// Whether it is written as a raw object.
    pub fn is_raw(&self, id: &Id) -> bool {
        self.raw.contains(id)
    }

    /// Whether it is not written at all, since it comes with another: the foreign key of a partition.
    pub fn is_absent(&self, id: &Id) -> bool {
        self.absent.contains(id)
    }

    /// Whether nothing of an object is written beside it.
    pub fn is_plain(&self, id: &Id) -> bool {
        !self.raw.contains(id) && !self.plain.contains_key(id)
    }

    /// The objects that are raw.
    pub fn raw(&self) -> impl Iterator<Item = &Id> {
        self.raw.iter()
    }

    /// The facts that are written beside their objects.
    pub fn facts(&self) -> impl Iterator<Item = (&Id, &Hanging)> {
        self.facts.iter().filter(|(id, _)| !self.raw.contains(id))
    }

    /// The object without the facts that stand beside it.
    pub fn plain<'a>(&'a self, id: &Id, object: &'a Object) -> &'a Object {
        self.plain.get(id).unwrap_or(object)
    }

    fn has_words(&mut self, schema: &Schema, id: &Id, object: &Object, levels: &Levels) -> bool {
        let Some(said) = words(object) else { return false };
        if let Object::Comment(comment) = object {
            return has_place(comment) && id.kind == Kind::Comment;
        }
        let mut left = left_over(object, said);
        if id.kind == Kind::Column && levels.of(id) >= 2 {
            left.push("default".to_owned());
        }
        // A function is not a function with something beside it.
        left.is_empty() || id.kind != Kind::Function && self.set_aside(schema, id, object, &left)
    }

    /// Takes facts out of an object, if they can be made and taken back by statements of their own.
    fn set_aside(&mut self, schema: &Schema, id: &Id, object: &Object, left: &[String]) -> bool {
        let Some(plain) = without(object, left) else { return false };
        let style = Style::default();
        let context = Context { style: &style, from: schema, to: schema };
        let statements = |from: &Object, to: &Object| match Object::alter(&context, from, to) {
            Alteration::InPlace(statements) => Some(statements.into_iter().map(|it| it.sql).collect::<Vec<_>>()),
            _ => None,
        };
        let (Some(create), Some(drop)) = (statements(&plain, object), statements(object, &plain)) else { return false };
        if create.is_empty() {
            return false;
        }
        self.facts.insert(id.clone(), Hanging { create, drop });
        self.plain.insert(id.clone(), plain);
        true
    }

    /// What stands on something raw in a way that has no words is raw too.
    fn spread(&mut self, schema: &Schema) {
        loop {
            let more: Vec<Id> = schema
                .iter()
                .filter(|(id, object)| !self.raw.contains(id) && !self.stands(schema, id, object))
                .flat_map(|(id, _)| {
                    // A column goes with its table.
                    let table = schema.owner(id).filter(|_| id.kind == Kind::Column).cloned();
                    std::iter::once(id.clone()).chain(table)
                })
                .collect();
            if more.is_empty() {
                return;
            }
            self.raw.extend(more);
        }
    }

    fn stands(&self, schema: &Schema, id: &Id, object: &Object) -> bool {
        let owner = object.owner();
        if owner.as_ref().is_some_and(|owner| self.raw.contains(owner)) {
            return false;
        }
        let has_words = |id: &Id| schema.contains(id) && !self.raw.contains(id);
        match object {
            Object::ForeignKey(key) => {
                // The key that it refers to has to be there first.
                has_words(&key.target())
                    && can_reference(schema, key)
                    && !schema.needs(id).any(|need| self.late.contains_key(need))
            }
            Object::Trigger(it) => {
                let function = Id::new(Kind::Function, [it.function_schema.as_str(), &it.function, ""]);
                has_words(&Id::new(Kind::Table, [&it.schema, &it.table])) && has_words(&function)
            }
            Object::Ownership(it) => has_words(&Id::new(Kind::Table, [&it.schema, &it.table])),
            Object::Comment(comment) if comment.on == "column" => {
                // The column of a view is no object.
                let relation =
                    [Kind::Table, Kind::View].map(|kind| Id::new(kind, &comment.path[..comment.path.len().min(2)]));
                relation.iter().any(has_words)
            }
            Object::Comment(comment) => owner.is_some_and(|owner| has_words(&owner)) && fits(comment),
            _ => id.kind != Kind::Column || owner.is_some_and(|owner| has_words(&owner)),
        }
    }
}
