//! What is locked besides when a partition comes to its table, or leaves it.

use std::collections::BTreeSet;

use super::{Moment, lock};
use crate::kinds::{ForeignKey, Kind, Object, ObjectKind, Partition};
use crate::model::{Id, Lock, LockMode, Reach};

impl Moment<'_> {
    /// The rows of the default partition are looked at: none may belong to the new one. The foreign keys of the whole, and
    /// those that lead to it, get triggers for the part.
    pub(super) fn attached(&self, link: &Partition, locks: &mut Vec<Lock>) {
        if let Some(default) = self.default_beside(link) {
            let parts = self.heirs(&default, Reach::Partitions);
            locks.push(lock(default, LockMode::AccessExclusive, true));
            locks.extend(parts.into_iter().map(|part| lock(part, LockMode::AccessExclusive, true)));
        }
        let known = self.keys_of(&link.table_id());
        for key in self.keys_of(&link.parent_id()) {
            // A key of the part that says the same becomes that of the whole, and has been checked.
            let is_known = known.iter().any(|it| it.columns == key.columns && it.target() == key.target());
            locks.push(lock(key.target(), LockMode::ShareRowExclusive, !is_known));
        }
        let others = self.referencing(&link.parent_id()).into_iter();
        locks.extend(others.map(|table| lock(table, LockMode::ShareRowExclusive, false)));
    }

    /// What the default partition may hold changes.
    pub(super) fn dropped(&self, link: &Partition, locks: &mut Vec<Lock>) {
        locks.extend(self.default_beside(link).map(|default| lock(default, LockMode::AccessExclusive, false)));
    }

    /// So it does when a partition leaves, and no row may refer to that one.
    pub(super) fn detached(&self, link: &Partition, locks: &mut Vec<Lock>) {
        self.dropped(link, locks);
        let own = self.keys_of(&link.parent_id()).into_iter();
        locks.extend(own.map(|key| lock(key.target(), LockMode::ShareRowExclusive, false)));
        let others = self.referencing(&link.parent_id()).into_iter();
        locks.extend(others.map(|table| lock(table, LockMode::AccessExclusive, true)));
    }

    /// The foreign keys of a table.
    fn keys_of(&self, table: &Id) -> Vec<&ForeignKey> {
        let keys = self.needed_by(table).into_iter().filter_map(|id| match self.get(id)? {
            Object::ForeignKey(key) if key.owner().as_ref() == Some(table) => Some(&**key),
            _ => None,
        });
        keys.collect()
    }

    /// The tables with foreign keys that lead to a table.
    fn referencing(&self, table: &Id) -> BTreeSet<Id> {
        let columns = self.needed_by(table).into_iter().filter(|id| id.kind == Kind::Column);
        let keys = columns.flat_map(|column| self.needed_by(column)).filter(|id| id.kind == Kind::ForeignKey);
        let tables = keys.filter_map(|id| match self.get(id)? {
            Object::ForeignKey(key) if key.target() == *table => key.owner(),
            _ => None,
        });
        tables.collect()
    }

    fn default_beside(&self, link: &Partition) -> Option<Id> {
        let parent = Id::new(Kind::Table, [&link.parent_schema, &link.parent]);
        self.needed_by(&parent).into_iter().find_map(|other| match self.get(other)? {
            Object::Partition(it) if it.bound == "DEFAULT" && **it != *link && it.parent_id() == parent => {
                Some(it.table_id())
            }
            _ => None,
        })
    }
}
