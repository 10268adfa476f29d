//! One change in three steps that two versions of the code can live with: expand, migrate, contract.
//!
//! What is in between are schemas like any other: each step is an ordinary migration from one to the next, with its own
//! rollback, losses and hazards. What takes the place of something stands beside it under a name for the meantime, and a
//! trigger keeps both columns the same.

mod assembly;
mod chain;
mod placing;
mod prefix;
mod steps;
mod swap;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::rename::{evident, inverse, undone};
use crate::kinds::pair::{Pair, Search, unmoved};
use crate::kinds::staging::stand_in;
use crate::kinds::{Bridge, Claim, Object, Renaming, Stage};
use crate::model::{Id, Schema};
use crate::sql::Style;
use assembly::Assembly;
use placing::Entry;

/// The schemas between the one before and the one after.
#[derive(Clone, Debug)]
pub struct Stages {
    /// With everything that the version before does not mind.
    pub expanded: Schema,
    /// With all that is built over the values that have moved.
    pub migrated: Schema,
    /// Like that, when what took the place of something has its name.
    pub swapped: Schema,
    /// The columns that hold the same meanwhile.
    pub pairs: Vec<Pair>,
    /// What gives the names that are wanted to those who take them over, after who had them has stepped aside.
    pub naming: Vec<Renaming>,
    /// What makes room for them.
    pub asides: Vec<Renaming>,
    /// The renames that are left to the last step.
    pub renames: Vec<Renaming>,
    /// What is asked of rows no longer, until the last step.
    loosened: BTreeSet<Id>,
    /// What can't be done in steps, and why.
    pub unstaged: Vec<(Id, String)>,
}

/// What is looked at.
struct World<'a> {
    before: &'a Schema,
    /// The schema after, where what takes the place of something has the name that it has meanwhile.
    wanted: Schema,
    pairs: &'a [Pair],
    style: &'a Style,
}

impl Stages {
    /// The steps from one schema to another. `renames` are those that a human asked for.
    pub fn between(before: &Schema, after: &Schema, renames: &[Renaming], keeps_losses: bool, style: &Style) -> Self {
        let (pairs, unstaged) = Search { before, after, renames, keeps_losses, more_comes_first: true }.pairs();
        let is_staged = |rename: &Renaming| pairs.iter().any(|pair| pair.old_id() == rename.from && !pair.is_hidden());
        let (_, left): (Vec<Renaming>, Vec<Renaming>) = renames.iter().cloned().partition(is_staged);
        // Until the last step, everything has the name that it had.
        let wanted = undone(after, &left);
        let unstaged = unstaged.into_iter().chain(renamed_at_once(&left, &pairs)).collect();
        Self { renames: left, unstaged, ..Self::of(before, &wanted, pairs, style) }
    }

    /// The steps that change no more than the types of columns whose tables would be written anew for them, so that it
    /// can be done while others use these. What stands on such a column is what it is to be in the end.
    pub(super) fn online(before: &Schema, after: &Schema, style: &Style) -> Self {
        let search = Search { before, after, renames: &[], keeps_losses: false, more_comes_first: false };
        let (pairs, unstaged) = search.pairs();
        let retyped = retyped(before, after, &pairs);
        Self { unstaged, ..Self::of(before, &retyped, pairs, style) }
    }

    /// What can't be done beside, of what would be: why.
    pub(super) fn alone(&self) -> Vec<(Id, String)> {
        let said = self.unstaged.iter();
        said.map(|(id, why)| (id.clone(), format!("can't have another column beside it meanwhile: {why}"))).collect()
    }

    /// The steps with these pairs.
    fn of(before: &Schema, after: &Schema, pairs: Vec<Pair>, style: &Style) -> Self {
        let hide = |schema: Schema, pair: &Pair| match pair.naming() {
            Some(naming) => schema.renamed(&inverse(&naming)).unwrap_or(schema),
            None => schema,
        };
        let wanted = pairs.iter().fold(after.clone(), hide);
        let world = World { before, wanted, pairs: &pairs, style };
        let entries = world.entries();
        let (expanded, migrated) = (world.at(&entries, Stage::Expand), world.at(&entries, Stage::Migrate));
        let mut naming: Vec<Renaming> = pairs.iter().filter_map(Pair::naming).collect();
        naming.extend(entries.values().filter(|it| it.stage <= Stage::Migrate).filter_map(|it| it.naming.clone()));
        let asides = naming.iter().filter(|it| migrated.contains(&it.target())).map(|it| aside(it, before, after));
        let asides: Vec<Renaming> = asides.collect();
        let swapped = swap::swapped(&migrated, &pairs, &asides, &naming);
        let loosened = world.loosened(&entries);
        let (renames, unstaged) = (Vec::new(), Vec::new());
        Self { expanded, migrated, swapped, naming, asides, renames, loosened, unstaged, pairs }
    }
}

/// Renames that two versions can't both live with: they wait for the last step.
fn renamed_at_once(left: &[Renaming], pairs: &[Pair]) -> Vec<(Id, String)> {
    let of_pair = |rename: &Renaming| pairs.iter().any(|pair| pair.old_id() == rename.from);
    let why = "it has one name at a time, and gets the new one with the last step";
    left.iter().filter(|it| !of_pair(it)).map(|it| (it.from.clone(), why.to_owned())).collect()
}

/// The schema before with the columns of another type, and with what is to stand on them.
fn retyped(before: &Schema, after: &Schema, pairs: &[Pair]) -> Schema {
    let mut assembly = Assembly::of(before);
    let mut gone = BTreeSet::new();
    for pair in pairs {
        let column = pair.old_id();
        assembly.put_as(Arc::new(pair.last()), &column, after);
        for id in before.needed_by(&column) {
            let there = |need: &Id| before.contains(need);
            match after.get(id).filter(|_| after.needs(id).all(there) && after.needs(id).any(|need| *need == column)) {
                Some(object) => assembly.put_as(object.clone(), id, after),
                None => {
                    gone.insert(id.clone());
                }
            }
        }
    }
    assembly.take_out(gone, before);
    assembly.schema()
}

/// What makes room for a name.
fn aside(naming: &Renaming, before: &Schema, after: &Schema) -> Renaming {
    let from = naming.target();
    let is_free = |name: &str| is_free(&from, name, before) && is_free(&from, name, after);
    Renaming { to: stand_in(&naming.to, "old", is_free), from }
}

/// Whether nobody has the name that an object of this id would get.
fn is_free(id: &Id, name: &str, schema: &Schema) -> bool {
    let renamed = Renaming { from: id.clone(), to: name.to_owned() };
    if schema.contains(&renamed.target()) {
        return false;
    }
    let Some(object) = schema.get(id) else { return true };
    let claims = object.renamed(&renamed).claims();
    let taken: BTreeSet<Claim> = schema.iter().flat_map(|(_, object)| object.claims()).collect();
    claims.iter().all(|claim| !taken.contains(claim))
}

impl World<'_> {
    /// The schema when everything up to this step is done.
    fn at(&self, entries: &BTreeMap<Id, Entry>, stage: Stage) -> Schema {
        let mut assembly = Assembly::of(self.before);
        let mut gone = BTreeSet::new();
        for (id, object) in self.before.iter() {
            match self.bridge(id, object, entries) {
                Bridge::AsItWas => {}
                Bridge::As(it) => assembly.put(Arc::new(it), self.before),
                Bridge::Gone => {
                    gone.insert(id.clone());
                }
            }
        }
        assembly.take_out(gone, self.before);
        for entry in entries.values().filter(|entry| entry.stage <= stage) {
            assembly.put_as(entry.form.clone(), &entry.id, &self.wanted);
        }
        for pair in self.pairs {
            assembly.put_as(Arc::new(pair.column(stage >= Stage::Migrate)), &pair.new_id(), &self.wanted);
            pair.keepers().into_iter().for_each(|it| assembly.put(Arc::new(it), self.before));
        }
        assembly.schema()
    }

    fn bridge(&self, id: &Id, object: &Arc<Object>, entries: &BTreeMap<Id, Entry>) -> Bridge<Object> {
        if self.pairs.iter().any(|pair| pair.old_id() == *id) {
            return Bridge::AsItWas;
        }
        let on_pair = || self.pairs.iter().any(|pair| self.before.owner(id) == Some(&pair.table()));
        let quiet = || unmoved(object).filter(|_| on_pair());
        let to = self.wanted.get(id);
        let is_replaced = entries.values().any(|entry| entry.replaces.as_ref() == Some(id));
        if to.is_some_and(|to| to.same(object)) || is_replaced {
            return quiet().map_or(Bridge::AsItWas, Bridge::As);
        }
        match object.bridge(to.map(AsRef::as_ref), self.before, self.style) {
            Bridge::AsItWas => quiet().map_or(Bridge::AsItWas, Bridge::As),
            other => other,
        }
    }

    /// What those who do not know it would not keep to.
    fn loosened(&self, entries: &BTreeMap<Id, Entry>) -> BTreeSet<Id> {
        let is_loose = |(id, object): &(&Id, &Arc<Object>)| match self.bridge(id, object, entries) {
            Bridge::Gone => true,
            Bridge::As(it) => object.relaxed(self.style).is_some() && it.relaxed(self.style).is_none(),
            Bridge::AsItWas => false,
        };
        self.before.iter().filter(is_loose).map(|(id, _)| id.clone()).collect()
    }

    /// What is renamed, and differs in nothing else: the last step sees that by itself.
    fn renamed_only(&self) -> BTreeSet<Id> {
        evident(self.before, &self.wanted, self.style).iter().map(Renaming::target).collect()
    }
}
