//! Whom a statement locks, beyond what it names, as things stand when its turn comes.
//!
//! A kind says which locks a statement takes on the tables that it names. Here is what only the schema at that moment
//! knows: the partitions and heirs of these tables, who uses a domain, and what was made earlier in the same plan, so that
//! nobody else can see it yet. All of it is measured by `codegen/tests/locks.rs`.

mod partition;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Column, Kind, Object, ObjectKind, Relation};
use crate::model::{Change, Id, Lock, LockMode, Reach, Schema, Statement};

/// The schema at one moment of a plan.
pub struct Moment<'a> {
    from: &'a Schema,
    to: &'a Schema,
    /// What has changed since the beginning.
    now: BTreeMap<Id, Option<Arc<Object>>>,
    /// What was made since the beginning.
    made: BTreeSet<Id>,
}

impl<'a> Moment<'a> {
    /// The moment before a plan from one schema to another begins.
    pub fn new(from: &'a Schema, to: &'a Schema) -> Self {
        Self { from, to, now: BTreeMap::new(), made: BTreeSet::new() }
    }

    /// Goes on to the moment after a change.
    pub fn pass(&mut self, change: &Change) {
        let object = match change {
            Change::Create(object) => {
                self.made.insert(object.id());
                Some(object.clone())
            }
            Change::Drop(_) => None,
            Change::Alter { to, .. } => Some(to.clone()),
            Change::Rename { from, to } => {
                self.now.insert(from.id(), None);
                Some(to.clone())
            }
        };
        self.now.insert(change.id(), object);
    }

    /// Names each relation that a statement locks, once, with its strongest lock; leaves out what nobody else can see.
    pub fn settle(&self, changes: &[&Change], statement: &mut Statement) {
        let mut locks = Vec::new();
        for lock in std::mem::take(&mut statement.locks) {
            self.spread(lock, &mut locks);
        }
        if let Some((head, carried)) = changes.split_first()
            && !locks.is_empty()
        {
            self.add_what_else(head, &mut locks);
            carried.iter().for_each(|change| self.add_what_carried(change, &mut locks));
        }
        let reads_nothing = changes.iter().any(|change| self.is_about_new_table(change));
        for lock in locks.into_iter().filter(|lock| self.is_in_use(&lock.table)) {
            let lock = self.true_of_rows(lock, reads_nothing);
            match statement.locks.iter_mut().find(|known| known.table == lock.table) {
                Some(known) => {
                    known.mode = known.mode.max(lock.mode);
                    known.scan |= lock.scan;
                    known.rewrite |= lock.rewrite;
                }
                None => statement.locks.push(lock),
            }
        }
    }

    /// Whether what a change locks is locked as well when another change carries it along. What goes down with its table
    /// lets go of the tables that it ties this one to.
    pub fn locks_when_carried(&self, change: &Change) -> bool {
        match change {
            Change::Drop(object) => match object.as_ref() {
                // As long as it is that of the partitioned table, it stays there.
                Object::ForeignKey(key) => key.follows().iter().all(|follow| self.get(&follow.link).is_none()),
                Object::Partition(_) => true,
                _ => false,
            },
            _ => true,
        }
    }

    /// The lock, and the same on whatever it reaches.
    fn spread(&self, lock: Lock, locks: &mut Vec<Lock>) {
        let lock = Lock { table: self.as_it_is(lock.table), ..lock };
        if lock.table.kind == Kind::Domain {
            let users = self.tables_with(&lock.table);
            locks.extend(users.into_iter().map(|table| Lock { table, ..lock.clone() }));
            return;
        }
        if lock.reach != Reach::Alone {
            let heirs = self.heirs(&lock.table, lock.reach);
            locks.extend(heirs.into_iter().map(|table| Lock { table, reach: Reach::Alone, ..lock.clone() }));
        }
        locks.push(Lock { reach: Reach::Alone, ..lock });
    }

    fn add_what_else(&self, change: &Change, locks: &mut Vec<Lock>) {
        match (change.before(), change.after()) {
            (None, Some(Object::Column(column))) => {
                let rewrite = column.is_written_for_domain(self.to);
                for lock in locks.iter_mut().filter(|lock| rewrite && self.has_column(&lock.table, column)) {
                    (lock.rewrite, lock.scan) = (true, true);
                }
            }
            (
                None,
                Some(key @ (Object::PrimaryKey(_) | Object::Unique(_) | Object::Exclusion(_) | Object::ForeignKey(_))),
            ) => {
                self.leave_heirs_unread(key, locks);
            }
            (None, Some(Object::Partition(link))) => self.attached(link, locks),
            (Some(Object::Partition(link)), None) => self.detached(link, locks),
            _ => {}
        }
    }

    fn add_what_carried(&self, change: &Change, locks: &mut Vec<Lock>) {
        if let (Some(Object::Partition(link)), None) = (change.before(), change.after()) {
            self.dropped(link, locks);
        }
    }

    /// Partitions have a part of every key; what inherits has none.
    fn leave_heirs_unread(&self, key: &Object, locks: &mut [Lock]) {
        let Some(table) = key.owner() else { return };
        let partitions = self.heirs(&table, Reach::Partitions);
        let heirs = self.heirs(&table, Reach::Heirs);
        let unread = |lock: &&mut Lock| heirs.contains(&lock.table) && !partitions.contains(&lock.table);
        locks.iter_mut().filter(unread).for_each(|lock| lock.scan = false);
    }

    /// Whether a table gets a column along with the one that it is added to.
    fn has_column(&self, table: &Id, column: &Column) -> bool {
        let own = column.table_id();
        *table == own || self.heirs(&own, Reach::Heirs).contains(table)
    }

    /// Whether nobody has put rows into the table yet that the change is about.
    fn is_about_new_table(&self, change: &Change) -> bool {
        let table = match change.after() {
            Some(object @ (Object::Table(_) | Object::ForeignTable(_))) => object.id(),
            Some(object @ Object::ForeignKey(_)) => object.owner().unwrap_or_else(|| object.id()),
            _ => return false,
        };
        matches!(change, Change::Create(_)) && !self.is_in_use(&table)
    }

    /// A partitioned table has no rows of its own; those of a foreign table, and of a view, are elsewhere.
    fn true_of_rows(&self, lock: Lock, reads_nothing: bool) -> Lock {
        let has_rows = match self.get(&lock.table) {
            Some(Object::Table(table)) => table.partition_by.is_none(),
            Some(Object::MaterializedView(_)) => true,
            _ => false,
        };
        let (scan, rewrite) = (lock.scan && has_rows && !reads_nothing, lock.rewrite && has_rows);
        Lock { scan, rewrite, ..lock }
    }

    fn get(&self, id: &Id) -> Option<&Object> {
        self.now.get(id).map_or_else(|| self.from.get(id), Option::as_ref).map(AsRef::as_ref)
    }

    /// Whether others could have been using it when the plan began.
    fn is_in_use(&self, id: &Id) -> bool {
        self.from.contains(id) && !self.made.contains(id) && self.get(id).is_some()
    }

    fn needed_by(&self, id: &Id) -> BTreeSet<&Id> {
        let both = self.from.needed_by(id).chain(self.to.needed_by(id));
        both.filter(|other| self.get(other).is_some()).collect()
    }

    /// A relation of this name that is there; a kind may not know which sort of relation it is about.
    fn as_it_is(&self, id: Id) -> Id {
        if self.get(&id).is_some() || !Relation::is(id.kind) {
            return id;
        }
        let others = [Kind::Table, Kind::View, Kind::MaterializedView, Kind::ForeignTable];
        let found = others.map(|kind| Id { kind, path: id.path.clone() }).into_iter().find(|id| self.get(id).is_some());
        found.unwrap_or(id)
    }

    /// All partitions of a table, or all that inherit from it, in all generations.
    fn heirs(&self, table: &Id, reach: Reach) -> BTreeSet<Id> {
        let (mut found, mut open) = (BTreeSet::new(), vec![table.clone()]);
        while let Some(parent) = open.pop() {
            for link in self.needed_by(&parent) {
                let ties = link.kind == Kind::Partition || link.kind == Kind::Inheritance && reach != Reach::Partitions;
                let tied = self.get(link).filter(|_| ties).map(Object::binds).unwrap_or_default();
                if let [heir, of] = &tied[..]
                    && *of == parent
                    && found.insert(heir.clone())
                {
                    open.extend((reach != Reach::Children).then(|| heir.clone()));
                }
            }
        }
        found
    }

    /// The tables whose columns are of a domain, or of one over it.
    fn tables_with(&self, domain: &Id) -> BTreeSet<Id> {
        let mut tables = BTreeSet::new();
        for user in self.needed_by(domain) {
            match self.get(user) {
                Some(Object::Column(column)) if column.ty.is(self.to, domain) || column.ty.is(self.from, domain) => {
                    tables.extend([column.table_id()]);
                }
                Some(Object::Domain(_)) => tables.extend(self.tables_with(user)),
                _ => {}
            }
        }
        // Those that only pass their rows on are not locked for long.
        tables.retain(|table| matches!(self.get(table), Some(Object::Table(it)) if it.partition_by.is_none()));
        tables
    }
}

/// A lock on a table that no statement names.
fn lock(table: Id, mode: LockMode, scan: bool) -> Lock {
    Lock { table, mode, scan, rewrite: false, reach: Reach::Alone }
}
