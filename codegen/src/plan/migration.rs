//! Both ways of a migration and what is lost between them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Ambiguity, Aspect, Backfill, Cycle, Heading, Loss, Plan, RenameError, Stages, loss, online, reachable, rename,
    retained,
};
use crate::kinds::Renaming;
use crate::kinds::kept::Kept;
use crate::model::{Change, Id, Schema};
use crate::sql::Style;

/// Up plan and down plan, and what the one destroys that the other can't bring back.
#[derive(Clone, Debug)]
pub struct Migration {
    /// The schema that it starts from.
    pub before: Schema,
    /// The schema that it leads to.
    pub after: Schema,
    /// The schema that the way down reaches: `before`, but for losses of definition.
    pub reachable: Schema,
    /// The way up.
    pub up: Plan,
    /// The way down.
    pub down: Plan,
    /// What up destroys and down can't bring back.
    pub losses: Vec<Loss>,
    /// What down destroys: the data of what up made.
    pub destroyed_by_down: Vec<Loss>,
    /// What up would destroy, if the rollback's policy did not keep it.
    pub kept: Vec<Kept>,
    /// Columns whose values stand in another one as well, so that nothing is lost with them.
    pub copied: BTreeSet<Id>,
    /// What has another name for the meantime, and the one by which people know it.
    pub meanwhile: BTreeMap<Id, Id>,
}

/// What a human wants of a migration.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// How statements are written.
    pub style: Style,
    /// How the rollback treats what can't come back.
    pub policy: Policy,
    /// Renames.
    pub renames: Vec<Renaming>,
    /// Data changes on the way up.
    pub backfills: Vec<Backfill>,
    /// Data changes on the way down.
    pub rollback_backfills: Vec<Backfill>,
    /// What the names of side tables hold, so that no two migrations share one: the migration's number.
    pub label: String,
    /// Headings and their order, on the way up.
    pub headings: Vec<Heading>,
    /// Objects whose drop a human has accepted, so that it is no rename.
    pub dropped: BTreeSet<Id>,
    /// Columns whose values stand in another one as well.
    pub copied: BTreeSet<Id>,
    /// What the way up asks no longer, so that rows may come which the schema before does not allow: a runnable rollback
    /// does not ask it again.
    pub loosened: BTreeSet<Id>,
}

/// How a rollback treats what can't come back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// Always runs; what can't be restored is said.
    #[default]
    Runnable,
    /// Restores the schema exactly, or refuses before touching anything.
    Exact,
    /// Restores the schema and the values: up keeps them in side tables, and down puts them back.
    Retained,
}

impl Policy {
    /// Every policy.
    pub const ALL: [Self; 3] = [Policy::Runnable, Policy::Exact, Policy::Retained];

    /// Its name, as people write it.
    pub fn name(self) -> &'static str {
        match self {
            Policy::Runnable => "runnable",
            Policy::Exact => "exact",
            Policy::Retained => "retained",
        }
    }
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Renames that can't be carried out.
    #[error("{}", .0.iter().map(|error| error.message.clone()).collect::<Vec<_>>().join("; "))]
    Renames(Vec<RenameError>),
    /// Changes that could be meant in two ways.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Ambiguous(Vec<Ambiguity>),
    /// Objects that need each other.
    #[error("{0}")]
    Cycle(Cycle),
    /// What PostgreSQL has no way for.
    #[error("{}", .0.iter().map(|it| it.reason.clone()).collect::<Vec<_>>().join("; "))]
    Impossible(Vec<Impossibility>),
}

/// That PostgreSQL has no way to make of an object what it is to be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Impossibility {
    /// The object.
    pub id: Id,
    /// Why, and what to do.
    pub reason: String,
}

impl Migration {
    /// Plans both ways between two schemas.
    ///
    /// # Errors
    /// Renames that can't be, changes that nobody may guess, and objects that need each other.
    pub fn between(before: &Schema, after: &Schema, wishes: &Wishes) -> Result<Self, PlanError> {
        // What is kept has to be what is there when the change is made: both happen in one transaction.
        if !wishes.style.online || wishes.policy == Policy::Retained {
            return Self::directly(before, after, wishes);
        }
        let stages = Stages::online(before, &rename::undone(after, &wishes.renames), &wishes.style);
        let mut migration = if stages.pairs.is_empty() {
            Self::directly(before, after, wishes)?
        } else {
            let prefix = stages.at_once(before, &wishes.style)?;
            let rest = Self::directly(prefix.halfway(), after, wishes)?;
            prefix.then(rest, &wishes.style)?
        };
        migration.up.offline.extend(stages.alone());
        Ok(migration)
    }

    /// Plans both ways without any schema in between.
    pub(super) fn directly(before: &Schema, after: &Schema, wishes: &Wishes) -> Result<Self, PlanError> {
        let renamed = rename::carry_out(before, after, &wishes.renames, &wishes.style).map_err(PlanError::Renames)?;
        let ambiguous = rename::ambiguities(&renamed.schema, after, &wishes.dropped);
        if !ambiguous.is_empty() {
            return Err(PlanError::Ambiguous(ambiguous));
        }
        let mut kept = match wishes.policy {
            Policy::Retained => retained::kept(before, &renamed.schema, after, wishes),
            _ => Vec::new(),
        };
        kept.retain(|it| !wishes.copied.contains(&it.id));
        // What is kept has to be what is there when the change is made: both happen in one transaction.
        let (is_asked, online) = (wishes.style.online, wishes.style.online && kept.is_empty());
        let wishes = &Wishes { style: Style { online, ..wishes.style.clone() }, ..wishes.clone() };
        let style = &wishes.style;
        let mut up = Plan::between(&renamed.schema, after, style, &wishes.backfills, &wishes.headings)?;
        up.sections.splice(0..0, renamed.section);

        let back: Vec<Renaming> = wishes.renames.iter().rev().map(rename::inverse).collect();
        let returned = rename::carry_out(after, before, &back, style).map_err(PlanError::Renames)?;
        let is_kept: BTreeSet<Id> = kept.iter().map(|it| it.id.clone()).collect();
        let (target, mut down, mut losses) = match wishes.policy {
            Policy::Runnable => runnable(&returned.schema, before, wishes, &is_kept)?,
            Policy::Retained => {
                let mut wishes = wishes.clone();
                wishes.style.values_are_used = true;
                wishes.rollback_backfills.splice(0..0, retained::restoring(&kept));
                runnable(&returned.schema, before, &wishes, &is_kept)?
            }
            Policy::Exact => {
                let guards = reachable::guards(&returned.schema, before, style);
                (before.clone(), Plan { guards, ..way_down(&returned.schema, before, wishes)? }, Vec::new())
            }
        };
        down.sections.splice(0..0, returned.section);

        let is_kept_now = kept.iter().map(|it| renamed_id(&it.id, &wishes.renames)).collect();
        losses.extend(retained::without(loss::of_data(&up, (&renamed.schema, after)), &is_kept_now));
        losses.extend(loss::of_position(&down, before));
        losses.sort();
        let mut destroyed_by_down = loss::of_data(&down, (&returned.schema, before));
        for found in [&mut losses, &mut destroyed_by_down] {
            found.retain(|loss| loss.aspect != Aspect::Data || !wishes.copied.contains(&loss.id));
        }
        if is_asked && !online {
            online::give_way(&kept, &mut up);
            online::give_way(&kept, &mut down);
        }
        retained::frame(&kept, &mut up, &mut down);
        Ok(Self {
            before: before.clone(),
            after: after.clone(),
            reachable: target,
            up,
            down,
            losses,
            destroyed_by_down,
            kept,
            copied: wishes.copied.clone(),
            meanwhile: BTreeMap::new(),
        })
    }

    /// The id that an object has before the way up, which may rename it.
    pub fn id_before(&self, id: &Id) -> Id {
        let renames = self.up.steps().filter_map(|step| match &step.change {
            Change::Rename { from, to } if !self.is_meanwhile(&from.id()) && !self.is_meanwhile(&to.id()) => {
                Some(Renaming { from: to.id(), to: from.id().name().to_owned() })
            }
            _ => None,
        });
        let renames: Vec<Renaming> = renames.collect();
        renames.iter().rev().fold(id.clone(), |id, rename| rename.applied(&id).unwrap_or(id))
    }

    /// Whether it is a name that is there for the meantime only.
    pub fn is_meanwhile(&self, id: &Id) -> bool {
        self.meanwhile.contains_key(id)
    }

    /// Whether the two schemas are the same.
    pub fn is_empty(&self) -> bool {
        self.up.is_empty() && self.down.is_empty()
    }
}

/// The nearest schema that a way down can reach, the way, and what is lacking.
/// What is in `kept` has its values.
fn runnable(
    current: &Schema,
    before: &Schema,
    wishes: &Wishes,
    kept: &BTreeSet<Id>,
) -> Result<(Schema, Plan, Vec<Loss>), PlanError> {
    let (target, mut losses) = reachable::relaxed(current, before, &wishes.style, kept);
    let (mut target, more) = reachable::as_they_are(current, &target, &wishes.loosened, &wishes.style);
    losses.extend(more);
    loop {
        match way_down(current, &target, wishes) {
            Err(PlanError::Impossible(found)) => {
                let Some((nearer, more)) = reachable::left_as_it_is(current, &target, &found) else {
                    return Err(PlanError::Impossible(found));
                };
                target = nearer;
                losses.extend(more);
            }
            down => return Ok((target, down?, losses)),
        }
    }
}

fn way_down(current: &Schema, target: &Schema, wishes: &Wishes) -> Result<Plan, PlanError> {
    let headings: Vec<Heading> = wishes.headings.iter().rev().map(undone).collect();
    Plan::between(current, target, &wishes.style, &wishes.rollback_backfills, &headings)
}

fn renamed_id(id: &Id, renames: &[Renaming]) -> Id {
    renames.iter().fold(id.clone(), |id, rename| rename.applied(&id).unwrap_or(id))
}

fn undone(heading: &Heading) -> Heading {
    Heading { title: format!("Undo {}", heading.title), objects: heading.objects.clone() }
}
