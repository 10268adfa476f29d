//! What tables hand on: to their partitions, and to tables that inherit from them.

use serde::{Deserialize, Serialize};

use super::{Kind, Renaming};
use crate::model::{Id, Statement};

/// That an object of a table is what another object of a parent table makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follow {
    /// The object that it follows.
    pub leader: Id,
    /// What ties the two tables together: while it is there, a change of the leader is a change of the follower.
    pub link: Id,
}

/// The two sides of what ties tables together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The table that comes to belong to the other.
    Part,
    /// The table that hands on.
    Whole,
}

impl Side {
    /// Both, in the order of the tables that [`super::ObjectKind::binds`] names.
    pub const BOTH: [Self; 2] = [Self::Part, Self::Whole];
}

/// The tables that a column or check constraint is inherited from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lineage {
    /// All parents of its table, schema and name; not each of them need have it.
    pub parents: Vec<(String, String)>,
    /// Whether its table is a partition.
    #[serde(rename = "partition")]
    pub is_partition: bool,
    /// Whether it stays when it is inherited no longer. Cosmetic: no statement can take it away from what is there.
    #[serde(rename = "local")]
    pub is_local: bool,
    /// How many of the parents have it.
    pub times: usize,
}

impl Lineage {
    /// What an object of this kind and name follows, in a table of this schema and name.
    pub fn follows(&self, kind: Kind, [schema, table, name]: [&str; 3]) -> Vec<Follow> {
        let follow = |(parent_schema, parent): &(String, String)| Follow {
            leader: Id::new(kind, [parent_schema, parent, name]),
            link: if self.is_partition {
                Id::new(Kind::Partition, [schema, table])
            } else {
                Id::new(Kind::Inheritance, [schema, table, parent_schema, parent])
            },
        };
        self.parents.iter().map(follow).collect()
    }

    /// Whether PostgreSQL makes the object when a new table is made that inherits it.
    pub fn comes_with_new_table(&self) -> bool {
        !self.is_partition && !self.is_local
    }

    /// Whether the object outlives its leader.
    pub fn outlives_leader(&self) -> bool {
        self.is_local || self.times > 1
    }

    /// The same without what is cosmetic.
    pub fn essence(&self) -> Self {
        Self { is_local: false, ..self.clone() }
    }

    /// The same after a rename.
    pub fn rename(&mut self, rename: &Renaming) {
        for (schema, parent) in &mut self.parents {
            rename.relation(schema, parent);
        }
    }
}

/// How an index, or the constraint that it belongs to, stands to those of the partitions or of the partitioned table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexTree {
    /// What it is attached to: a kind's name and a path. A key can be attached to an index that is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attached_to: Option<(String, Vec<String>)>,
    /// Whether others are attached to it, so that it has to be made without them (documentation, CREATE INDEX, `ONLY`).
    /// Cosmetic: the others tell of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_attached: bool,
    /// Whether it is attached to nothing, but PostgreSQL could take it for another of its table that is, so that it has
    /// to be made when its table is a partition already. Cosmetic, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_twin: bool,
    /// Whether a partition lacks its part, so that PostgreSQL would make that part when the partition is attached.
    /// Cosmetic: no statement says it, and attaching what is lacking ends it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_incomplete: bool,
}

impl IndexTree {
    /// What it follows, in a table of this schema and name.
    pub fn follows(&self, [schema, table]: [&str; 2]) -> Vec<Follow> {
        let link = || Id::new(Kind::Partition, [schema, table]);
        let leader = self.attached_to.iter().filter_map(|(kind, path)| Some(Id::new(Kind::named(kind)?, path)));
        leader.map(|leader| Follow { leader, link: link() }).collect()
    }

    /// `ONLY` with a space behind it, or nothing.
    pub fn only(&self) -> &'static str {
        if self.has_attached { "ONLY " } else { "" }
    }

    /// The statement that makes it, whose last lock is taken on the partitions that it is made for as well.
    pub fn reaching(&self, statement: Statement) -> Statement {
        if self.has_attached { statement } else { statement.with_partitions() }
    }

    /// The statement that adds the constraint, whose last lock is taken on the heirs as well: since 18 they are looked at
    /// even where they inherit nothing of it.
    pub fn adding(&self, statement: Statement) -> Statement {
        if self.has_attached { statement } else { statement.with_heirs() }
    }

    /// The same without what is cosmetic.
    pub fn essence(&self) -> Self {
        Self { has_attached: false, is_twin: false, is_incomplete: false, ..self.clone() }
    }

    /// Whether it has to wait until its table stands on this side of a tie.
    pub fn follows_link(&self, own: Side) -> bool {
        match own {
            Side::Part => self.is_twin,
            Side::Whole => self.is_incomplete,
        }
    }

    /// Whether it can't stand in the statement that makes its table.
    pub fn is_late(&self) -> bool {
        self.is_twin || self.is_incomplete
    }

    /// The same after a rename.
    pub fn rename(&mut self, rename: &Renaming) {
        if let Some((kind, path)) = &mut self.attached_to
            && let Some(kind) = Kind::named(kind)
            && let Some(now) = rename.applied(&Id::new(kind, path.iter()))
        {
            *path = now.path.to_vec();
        }
    }
}
