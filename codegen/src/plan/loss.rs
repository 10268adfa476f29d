//! What a migration destroys that its rollback can't bring back.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Plan;
use crate::kinds::has_values;
use crate::model::{Change, Id, Schema};

/// What `up` destroys and `down` can't bring back, or what `down` itself destroys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss {
    /// Whose loss it is.
    pub id: Id,
    /// What kind of loss.
    pub aspect: Aspect,
    /// What is lost, in words, without the object's name: `its values`.
    pub what: String,
}

/// What kind of loss it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// Data. A human has to accept it by name.
    Data,
    /// A part of its definition, which the rollback leaves out so that it can run.
    Definition,
    /// The whole object, which the rollback leaves out so that it can run.
    Object,
    /// Its position among the columns: cosmetic.
    Position,
}

/// How much there is of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Rows, or values that are not NULL.
    pub rows: u64,
    /// Whether it was counted; else the server's own estimate (documentation, pg_class, reltuples).
    pub exact: bool,
}

impl Aspect {
    /// Its name, for machines.
    pub fn name(self) -> &'static str {
        match self {
            Aspect::Data => "data",
            Aspect::Definition => "definition",
            Aspect::Object => "object",
            Aspect::Position => "position",
        }
    }

    /// Whether the schema that the rollback reaches differs by it.
    pub fn is_of_schema(self) -> bool {
        matches!(self, Aspect::Definition | Aspect::Object)
    }
}

/// The data that a plan between two schemas destroys.
pub fn of_data(plan: &Plan, (before, after): (&Schema, &Schema)) -> Vec<Loss> {
    // Whoever stores a type before and not after has a loss of its own.
    let is_stored = |id: &Id| !after.contains(id) || has_values(before, id) && has_values(after, id);
    let lost = |change: &Change| {
        let what = match change {
            // What is made anew under the same id comes back empty-handed too.
            Change::Drop(object) => {
                let again = || after.get(&object.id()).and_then(|now| object.lost_by_alter(now));
                object.lost_by_drop().or_else(again)
            }
            Change::Alter { from, to } => from.lost_by_alter(to),
            Change::Create(_) | Change::Rename { .. } => None,
        };
        what.filter(|_| is_stored(&change.id())).map(|what| Loss { id: change.id(), aspect: Aspect::Data, what })
    };
    let mut losses: Vec<Loss> = plan.steps().filter_map(|step| lost(&step.change)).collect();
    // A type that is left and taken up again on the way loses nothing.
    losses.retain(|loss| !(after.contains(&loss.id) && passes_through(plan, &loss.id)));
    losses.sort();
    losses.dedup();
    losses
}

/// Whether an object is altered twice, so that only both alterations together tell what happens to it.
fn passes_through(plan: &Plan, id: &Id) -> bool {
    plan.steps().filter(|step| matches!(step.change, Change::Alter { .. }) && step.change.id() == *id).count() > 1
}

/// Columns that come back behind others which they used to stand before.
pub(super) fn of_position(down: &Plan, before: &Schema) -> Vec<Loss> {
    let creates = down.steps().flat_map(super::Step::changes).filter(|change| matches!(change, Change::Create(_)));
    let created: BTreeSet<Id> = creates.map(Change::id).collect();
    let moved = |change: &Change| {
        let Change::Create(object) = change else { return None };
        let (id, owner) = (object.id(), object.owner()?);
        let was = before.get(&id)?.position();
        let siblings = || before.needed_by(&owner).filter(|other| other.kind == id.kind && **other != id);
        let behind =
            siblings().any(|other| before.get(other).is_some_and(|it| it.position() > was) && !created.contains(other));
        behind.then(|| Loss {
            id,
            aspect: Aspect::Position,
            what: "its position: it comes back as the last column".into(),
        })
    };
    down.steps().filter_map(|step| moved(&step.change)).collect()
}
