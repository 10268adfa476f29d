//! Renames: those that a human asked for, those that cost nothing to see, and those that nobody may guess.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::fmt;

use super::{Section, Step};
use crate::diff::diff;
use crate::kinds::{Moment, Renaming};
use crate::model::{Change, Id, Schema};
use crate::sql::Style;

/// A rename that can't be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenameError {
    /// The object to be renamed.
    pub from: Id,
    /// What is wrong, and what to do.
    pub message: String,
}

/// A drop and a create that could be one rename.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ambiguity {
    /// What is dropped.
    pub dropped: Id,
    /// The name of what is created.
    pub created: Id,
}

impl fmt::Display for Ambiguity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} goes and {} comes: a rename, or a drop and a create?", self.dropped, self.created)
    }
}

/// The schema before under the names after, and the steps that rename.
pub(super) struct Renamed {
    pub(super) schema: Schema,
    pub(super) section: Option<Section>,
}

/// Carries out the renames that were asked for, then those of objects that differ in nothing but the name.
pub(super) fn carry_out(
    before: &Schema,
    after: &Schema,
    asked: &[Renaming],
    style: &Style,
) -> Result<Renamed, Vec<RenameError>> {
    let mut schema = before.clone();
    let (mut steps, mut errors) = (Vec::new(), Vec::new());
    for rename in asked {
        match one(&schema, after, rename, style) {
            Ok((renamed, step)) => {
                schema = renamed;
                steps.push(step);
            }
            Err(message) => errors.push(RenameError { from: rename.from.clone(), message }),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    for rename in evident(&schema, after, style) {
        if let Ok((renamed, step)) = one(&schema, after, &rename, style) {
            schema = renamed;
            steps.push(step);
        }
    }
    let section = (!steps.is_empty()).then(|| Section { title: "Renames".into(), steps });
    Ok(Renamed { schema, section })
}

/// The rename back.
pub(super) fn inverse(rename: &Renaming) -> Renaming {
    Renaming { from: rename.target(), to: rename.from.name().to_owned() }
}

/// The schema after under the names before.
pub(super) fn undone(after: &Schema, renames: &[Renaming]) -> Schema {
    renames.iter().rev().fold(after.clone(), |schema, rename| schema.renamed(&inverse(rename)).unwrap_or(schema))
}

/// Carries out renames of what has a name for the meantime only, so that nobody declares it.
pub(super) fn meanwhile(before: &Schema, renames: &[Renaming], style: &Style) -> Result<Renamed, Vec<RenameError>> {
    let mut schema = before.clone();
    let mut steps = Vec::new();
    for rename in renames {
        let failed = |message| vec![RenameError { from: rename.from.clone(), message }];
        let (renamed, step) = carried(&schema, rename, style).map_err(failed)?;
        schema = renamed;
        steps.push(step);
    }
    let section = (!steps.is_empty()).then(|| Section { title: "Swap the names".into(), steps });
    Ok(Renamed { schema, section })
}

/// Drops and creates that could be a rename and that nobody has decided.
pub fn ambiguities(before: &Schema, after: &Schema, decided: &BTreeSet<Id>) -> Vec<Ambiguity> {
    let changes = diff(before, after);
    let created = changes.iter().filter(|change| matches!(change, Change::Create(_)));
    let created: Vec<Id> = created.map(Change::id).collect();
    let mut found = Vec::new();
    for change in changes.iter().filter(|change| !decided.contains(&change.id())) {
        match change {
            Change::Drop(from) if !decided.contains(&before.root(&from.id())) => {
                let dropped = from.id();
                let fits = |to: &&Id| {
                    dropped.kind == to.kind
                        && after.get(to).is_some_and(|to| from.could_become(to))
                        && parts_match(before, after, &dropped, to)
                };
                let fitting = created.iter().filter(fits);
                found.extend(fitting.map(|to| Ambiguity { dropped: dropped.clone(), created: to.clone() }));
            }
            Change::Alter { from, to } => found.extend(
                from.part_renamed(to).map(|rename| Ambiguity { created: rename.target(), dropped: rename.from }),
            ),
            _ => {}
        }
    }
    // Parts of what is itself made or dropped are not looked at one by one.
    found.retain(|it| {
        before.contains(&after.root(&it.created))
            || after.root(&it.created) == it.created
            || !after.contains(&it.created)
    });
    found
}

/// Whether what holds data in the one is also in the other, under the other's name.
fn parts_match(before: &Schema, after: &Schema, from: &Id, to: &Id) -> bool {
    let rename = Renaming { from: from.clone(), to: to.name().to_owned() };
    let part_of = |schema: &Schema, id: &Id, owner: &Id| {
        schema.get(id).is_some_and(|it| it.holds_data() && it.owner().as_ref() == Some(owner))
    };
    let parts: Vec<&Id> = before.needed_by(from).filter(|id| part_of(before, id, from)).collect();
    let count = after.needed_by(to).filter(|id| part_of(after, id, to)).count();
    let same = |id: &&Id| {
        let renamed = before.get(id).map(|object| object.renamed(&rename));
        renamed.is_some_and(|object| after.get(&object.id()).is_some_and(|other| other.same(&object)))
    };
    parts.len() == count && parts.iter().all(same)
}

fn one(schema: &Schema, after: &Schema, rename: &Renaming, style: &Style) -> Result<(Schema, Step), String> {
    let target = rename.target();
    let carried = carried(schema, rename, style)?;
    if schema.contains(&rename.from) && !after.contains(&target) {
        return Err(format!("there is no {target} in the declaration; rename it there too"));
    }
    Ok(carried)
}

fn carried(schema: &Schema, rename: &Renaming, style: &Style) -> Result<(Schema, Step), String> {
    let (from, target) = (&rename.from, rename.target());
    let renamed = schema
        .renamed(rename)
        .map_err(|_| format!("{target} is there already; rename or drop it in a migration before this one"))?;
    let renamed = with_followers(schema, renamed, rename)?;
    let (holder, holder_after) =
        if schema.contains(from) { (from.clone(), target.clone()) } else { holder_of(schema, from)? };
    let (Some(old), Some(new)) = (schema.get(&holder), renamed.get(&holder_after)) else {
        return Err(format!("there is no {from} before this migration; take the rename out"));
    };
    let mut statements = old
        .rename(style, new)
        .ok_or_else(|| format!("a {} can't be renamed; drop it and create it anew", from.kind.name()))?;
    let change = Change::Rename { from: old.clone(), to: new.clone() };
    let moment = Moment::new(schema, &renamed);
    statements.iter_mut().for_each(|statement| moment.settle(&[&change], statement));
    Ok((renamed, Step { change, carries: Vec::new(), statements }))
}

/// The schema in which those that follow the renamed object have the new name too.
fn with_followers(before: &Schema, mut renamed: Schema, rename: &Renaming) -> Result<Schema, String> {
    let mut open = vec![rename.from.clone()];
    while let Some(leader) = open.pop() {
        let leads = |id: &&Id| {
            before.get(id).is_some_and(|it| it.renames_followers() && it.follows().iter().any(|it| it.leader == leader))
        };
        for follower in before.needed_by(&leader).filter(leads) {
            let along = Renaming { from: follower.clone(), to: rename.to.clone() };
            // With several parents it may have been renamed already.
            if renamed.contains(follower) {
                renamed = renamed.renamed(&along).map_err(|_| format!("{} is there already", along.target()))?;
            }
            open.push(follower.clone());
        }
    }
    Ok(renamed)
}

/// The object that holds a part which is no object of its own, such as a value of an enum.
fn holder_of(schema: &Schema, part: &Id) -> Result<(Id, Id), String> {
    let holder = Id::new(part.kind, &part.path[..part.path.len() - 1]);
    if schema.contains(&holder) {
        Ok((holder.clone(), holder))
    } else {
        Err(format!("there is no {part} before this migration; take the rename out or correct it"))
    }
}

/// Objects without data that differ in nothing but their name: a rename and a drop with a create end the same.
pub(super) fn evident(before: &Schema, after: &Schema, style: &Style) -> Vec<Renaming> {
    let changes = diff(before, after);
    let created: Vec<Id> =
        changes.iter().filter(|change| matches!(change, Change::Create(_))).map(Change::id).collect();
    // A rename comes before all else, so that its name must be free from the start.
    let held = LazyCell::new(|| before.iter().flat_map(|(_, object)| object.claims()).collect::<BTreeSet<_>>());
    let mut taken = BTreeSet::new();
    let mut renames = Vec::new();
    for from in changes.iter().filter_map(|change| if let Change::Drop(object) = change { Some(object) } else { None })
    {
        let is_led = from.renames_followers() && !from.follows().is_empty();
        if from.holds_data() || from.could_become(from) || is_led {
            continue;
        }
        let id = from.id();
        let becomes = |to: &&Id| {
            let rename = Renaming { from: id.clone(), to: to.name().to_owned() };
            let renamed = from.renamed(&rename);
            rename.target() == **to
                && after.get(to).is_some_and(|it| it.same(&renamed) && from.rename(style, it).is_some())
                && renamed.claims().iter().all(|claim| !held.contains(claim) || from.claims().contains(claim))
        };
        let mut fitting = created.iter().filter(|to| to.kind == id.kind && !taken.contains(*to)).filter(becomes);
        if let Some(to) = fitting.next() {
            taken.insert(to.clone());
            renames.push(Renaming { from: id, to: to.name().to_owned() });
        }
    }
    renames
}
