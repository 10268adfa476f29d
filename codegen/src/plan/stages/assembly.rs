//! A schema that is put together of the objects of others, and of what these know of who needs whom.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::kinds::Object;
use crate::model::{Id, Known, Schema};

/// A schema in the making.
pub(super) struct Assembly {
    objects: BTreeMap<Id, Arc<Object>>,
    known: Known,
}

impl Assembly {
    /// All of a schema, to start with.
    pub(super) fn of(schema: &Schema) -> Self {
        let objects = schema.iter().map(|(id, object)| (id.clone(), object.clone())).collect();
        let known = schema.iter().filter_map(|(id, _)| Some((id.clone(), schema.known_needs(id)?))).collect();
        Self { objects, known }
    }

    /// One more object, or another in the place of one that is there.
    pub(super) fn put(&mut self, object: Arc<Object>, from: &Schema) {
        let id = object.id();
        self.put_as(object, &id, from);
    }

    /// The same of an object that the other schema has under this id.
    pub(super) fn put_as(&mut self, object: Arc<Object>, there: &Id, from: &Schema) {
        let id = object.id();
        match from.known_needs(there) {
            Some(needs) => self.known.insert(id.clone(), needs),
            None => self.known.remove(&id),
        };
        self.objects.insert(id, object);
    }

    /// Takes out these, and what can't be without them.
    pub(super) fn take_out(&mut self, ids: BTreeSet<Id>, of: &Schema) {
        let mut open: Vec<Id> = ids.into_iter().collect();
        while let Some(id) = open.pop() {
            if self.objects.remove(&id).is_some() {
                open.extend(of.needed_by(&id).cloned());
            }
        }
    }

    pub(super) fn schema(self) -> Schema {
        // A map has no id twice.
        Schema::knowing(self.objects, self.known).unwrap_or_default()
    }
}
