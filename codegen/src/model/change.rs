//! What can happen to one object.

use std::sync::Arc;

use super::Id;
use crate::kinds::Object;

/// Create, drop, alter or rename of one object.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// It was not there.
    Create(Arc<Object>),
    /// It is there no longer.
    Drop(Arc<Object>),
    /// It is there, but differs.
    Alter {
        /// As it was.
        from: Arc<Object>,
        /// As it becomes.
        to: Arc<Object>,
    },
    /// It differs in nothing but its name.
    Rename {
        /// Under its old name.
        from: Arc<Object>,
        /// Under its new name.
        to: Arc<Object>,
    },
}

impl Change {
    /// The object's id: the one it has afterwards, if there is an afterwards.
    pub fn id(&self) -> Id {
        match self {
            Change::Create(object) | Change::Drop(object) => object.id(),
            Change::Alter { to, .. } | Change::Rename { to, .. } => to.id(),
        }
    }

    /// The object as it was.
    pub fn before(&self) -> Option<&Object> {
        match self {
            Change::Create(_) => None,
            Change::Drop(object) => Some(object),
            Change::Alter { from, .. } | Change::Rename { from, .. } => Some(from),
        }
    }

    /// The object as it becomes.
    pub fn after(&self) -> Option<&Object> {
        match self {
            Change::Drop(_) => None,
            Change::Create(object) => Some(object),
            Change::Alter { to, .. } | Change::Rename { to, .. } => Some(to),
        }
    }

    /// The change that leads back. The law that tests hold: `diff(b, a)` is the inverse of `diff(a, b)`.
    pub fn inverse(self) -> Self {
        match self {
            Change::Create(object) => Change::Drop(object),
            Change::Drop(object) => Change::Create(object),
            Change::Alter { from, to } => Change::Alter { from: to, to: from },
            Change::Rename { from, to } => Change::Rename { from: to, to: from },
        }
    }

    /// The change as a verb: create, drop, alter, rename.
    pub fn verb(&self) -> &'static str {
        match self {
            Change::Create(_) => "create",
            Change::Drop(_) => "drop",
            Change::Alter { .. } => "alter",
            Change::Rename { .. } => "rename",
        }
    }
}
