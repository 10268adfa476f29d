//! What has to wait until tables are tied together, since PostgreSQL would take it for something else before.

use std::collections::{BTreeMap, BTreeSet};

use crate::kinds::{IndexTree, Kind, Object};
use crate::model::{Id, Schema};

/// Indexes and keys of partition trees that can be made only behind the partitions, each with those.
pub fn late(schema: &Schema) -> BTreeMap<Id, Vec<Id>> {
    let parts = Parts::of(schema);
    let mut late = BTreeMap::new();
    for (id, tree, table) in schema.iter().filter_map(|(id, object)| Some((id, tree(object)?, object.owner()?))) {
        if tree.is_twin {
            late.insert(id.clone(), vec![Id { kind: Kind::Partition, path: table.path }]);
        } else if tree.has_attached && parts.lack_one(schema, id) {
            let links = parts.of_table.get(&table).into_iter().flatten();
            late.insert(id.clone(), links.map(|part| Id { kind: Kind::Partition, path: part.path.clone() }).collect());
        }
    }
    late
}

/// Whether a table has columns or checks that only a parent gives it, so that it has to be made with its parents.
pub fn is_made_with_parents(schema: &Schema, table: &Id) -> bool {
    let below = |kind| schema.below(&Id { kind, path: table.path.clone() });
    below(Kind::Column).chain(below(Kind::Check)).any(|(_, object)| match object.as_ref() {
        Object::Column(it) => it.lineage.as_ref().is_some_and(|lineage| lineage.comes_with_new_table()),
        Object::Check(it) => it.lineage.as_ref().is_some_and(|lineage| lineage.comes_with_new_table()),
        _ => false,
    })
}

fn tree(object: &Object) -> Option<&IndexTree> {
    match object {
        Object::Index(it) => Some(&it.tree),
        Object::PrimaryKey(it) => Some(&it.tree),
        Object::Unique(it) => Some(&it.tree),
        Object::Exclusion(it) => Some(&it.tree),
        _ => None,
    }
}

/// The partitions of each table, and what is attached to each index or key.
#[derive(Default)]
struct Parts {
    of_table: BTreeMap<Id, BTreeSet<Id>>,
    of_index: BTreeMap<Id, Vec<Id>>,
}

impl Parts {
    fn of(schema: &Schema) -> Self {
        let mut parts = Self::default();
        for (id, object) in schema.iter() {
            if let Object::Partition(it) = object.as_ref() {
                let parent = Id::new(Kind::Table, [&it.parent_schema, &it.parent]);
                parts.of_table.entry(parent).or_default().insert(Id { kind: Kind::Table, path: id.path.clone() });
            }
            let attached = tree(object).and_then(|tree| tree.attached_to.as_ref());
            if let Some(whole) = attached.and_then(|(kind, path)| Some(Id::new(Kind::named(kind)?, path))) {
                parts.of_index.entry(whole).or_default().push(id.clone());
            }
        }
        parts
    }

    /// Whether a partition has nothing that is attached to this, or something that lacks a part itself.
    fn lack_one(&self, schema: &Schema, whole: &Id) -> bool {
        let Some(tables) = schema.owner(whole).and_then(|table| self.of_table.get(table)) else { return false };
        let attached = self.of_index.get(whole).map_or(&[][..], Vec::as_slice);
        let covered: BTreeSet<&Id> = attached.iter().filter_map(|part| schema.owner(part)).collect();
        tables.iter().any(|table| !covered.contains(table)) || attached.iter().any(|part| self.lack_one(schema, part))
    }
}
