//! What has to wait until tables are tied together, since PostgreSQL would take it for something else before.

use std::collections::{BTreeMap, BTreeSet};

use crate::kinds::{IndexTree, Kind, Object};
use crate::model::{Id, Schema};
use crate::plan::head;

/// Indexes and keys that can be made only behind others, each with those: behind the partitions, or behind one that is
/// alike.
pub fn late(schema: &Schema) -> BTreeMap<Id, Vec<Id>> {
    let partitions = partitions(schema);
    let mut late = BTreeMap::new();
    for (id, tree, table) in schema.iter().filter_map(|(id, object)| Some((id, tree(object)?, object.owner()?))) {
        if tree.is_twin {
            late.insert(id.clone(), vec![Id { kind: Kind::Partition, path: table.path }]);
        } else if tree.is_incomplete {
            late.insert(id.clone(), partitions.get(&table).into_iter().flatten().cloned().collect());
        }
    }
    for [earlier, later] in in_turn(schema, &late) {
        late.entry(later).or_default().push(earlier);
    }
    late
}

/// Objects of one table that differ in nothing but their names, in the order of those that they belong to: PostgreSQL
/// pairs them in the order in which they were made.
fn in_turn(schema: &Schema, late: &BTreeMap<Id, Vec<Id>>) -> Vec<[Id; 2]> {
    let mut alike: BTreeMap<(Id, String), Vec<Id>> = BTreeMap::new();
    let is_tied = |object: &Object| tree(object).is_some_and(|tree| tree.has_attached || tree.attached_to.is_some());
    for (id, object) in schema.iter().filter(|(id, object)| is_tied(object) && !late.contains_key(id)) {
        if let (Some(owner), Some(sort)) = (object.owner(), object.alike()) {
            alike.entry((owner, sort)).or_default().push(id.clone());
        }
    }
    let mut turns = Vec::new();
    for mut twins in alike.into_values() {
        twins.sort_by_cached_key(|id| head(schema, id));
        turns.extend(twins.windows(2).map(|pair| [pair[0].clone(), pair[1].clone()]));
    }
    turns
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

/// The partitions of each table.
fn partitions(schema: &Schema) -> BTreeMap<Id, BTreeSet<Id>> {
    let mut partitions: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    for (id, object) in schema.iter() {
        if let Object::Partition(it) = object.as_ref() {
            let parent = Id::new(Kind::Table, [&it.parent_schema, &it.parent]);
            partitions.entry(parent).or_default().insert(id.clone());
        }
    }
    partitions
}
