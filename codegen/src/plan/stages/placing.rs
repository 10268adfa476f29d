//! Which step each new object comes with.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{World, is_free};
use crate::kinds::staging::stand_in;
use crate::kinds::{Bridge, Object, Renaming, Stage};
use crate::model::Id;

/// Something that comes.
pub(super) struct Entry {
    /// Its id in the wanted schema.
    pub(super) id: Id,
    /// The step.
    pub(super) stage: Stage,
    /// The form that it has until the last step.
    pub(super) form: Arc<Object>,
    /// What gives it its name, if it has another one meanwhile.
    pub(super) naming: Option<Renaming>,
    /// What it takes the place of.
    pub(super) replaces: Option<Id>,
}

impl World<'_> {
    /// Everything that comes, by its id in the wanted schema; the columns of pairs apart.
    pub(super) fn entries(&self) -> BTreeMap<Id, Entry> {
        let renamed_only = self.renamed_only();
        let mut entries: BTreeMap<Id, Entry> = BTreeMap::new();
        for (id, object) in self.wanted.iter() {
            let is_pair = self.pairs.iter().any(|pair| pair.new_id() == *id);
            if is_pair || renamed_only.contains(id) {
                continue;
            }
            let entry = match self.before.get(id) {
                None => Some(self.created(id, object)),
                Some(there) if there.same(object) => None,
                Some(there) => self.beside(id, there, object),
            };
            entries.extend(entry.map(|entry| (id.clone(), entry)));
        }
        self.wait(&mut entries);
        entries
    }

    fn created(&self, id: &Id, object: &Arc<Object>) -> Entry {
        let is_of_new = !self.before.contains(&self.wanted.root(id));
        let on_new = || self.wanted.owner(id).is_none_or(|owner| !self.before.contains(owner) && owner.kind != id.kind);
        let stage = if is_of_new { Stage::Expand } else { self.stage_of(object) };
        let stage = if on_new() && id.kind.hangs_on_others() { Stage::Expand } else { stage };
        let relaxed = object.relaxed(self.style).filter(|_| !is_of_new).map(|it| Arc::new(it.object));
        let form = relaxed.unwrap_or_else(|| object.clone());
        Entry { id: id.clone(), stage, form, naming: None, replaces: None }
    }

    /// What asks of a row no more than what is there does comes when the values are there.
    fn stage_of(&self, object: &Object) -> Stage {
        if self.is_asked_already(object) { Stage::Migrate } else { object.comes(self.before) }
    }

    /// Whether it is what is there, on the columns that take the place of others.
    fn is_asked_already(&self, object: &Object) -> bool {
        let moved = |there: &Arc<Object>| {
            let there = self.pairs.iter().fold(there.as_ref().clone(), |it, pair| {
                it.renamed(&Renaming { from: pair.old_id(), to: pair.new.name.clone() })
            });
            let named = Renaming { from: there.id(), to: object.id().name().to_owned() };
            there.renamed(&named).same(object)
        };
        let owner = object.owner();
        object.can_be_twice()
            && self.before.iter().any(|(id, there)| id.kind == object.kind() && there.owner() == owner && moved(there))
    }

    /// What is to stand in the place of something, beside it under a name for the meantime.
    fn beside(&self, id: &Id, there: &Arc<Object>, object: &Arc<Object>) -> Option<Entry> {
        let stage = if object.can_be_twice() { self.stage_of(object) } else { Stage::Contract };
        let is_free = |name: &str| is_free(id, name, self.before) && is_free(id, name, &self.wanted);
        let meanwhile = Renaming { from: id.clone(), to: stand_in(id.name(), "new", is_free) };
        let form = object.renamed(&meanwhile);
        // What has the name of another, such as the index of a partition, can't have one of its own.
        if stage == Stage::Contract || there.kind() != object.kind() || form.id() == *id || !object.follows().is_empty()
        {
            return None;
        }
        let naming = Renaming { from: form.id(), to: id.name().to_owned() };
        Some(Entry { id: id.clone(), stage, form: Arc::new(form), naming: Some(naming), replaces: Some(id.clone()) })
    }

    /// Nothing comes before what it needs.
    fn wait(&self, entries: &mut BTreeMap<Id, Entry>) {
        loop {
            let later: Vec<(Id, Stage)> = entries
                .iter()
                .filter_map(|(id, entry)| {
                    let stage = self.wanted.needs(id).map(|need| self.ready(need, entries)).max()?;
                    (stage > entry.stage).then(|| (id.clone(), stage))
                })
                .collect();
            if later.is_empty() {
                return;
            }
            for (id, stage) in later {
                if let Some(entry) = entries.get_mut(&id) {
                    entry.stage = stage;
                }
            }
        }
    }

    /// When what something needs is there as it is wanted.
    fn ready(&self, need: &Id, entries: &BTreeMap<Id, Entry>) -> Stage {
        if let Some(entry) = entries.get(need) {
            // Who needs it by its name has to wait until it has that.
            return if entry.naming.is_some() { Stage::Contract } else { entry.stage };
        }
        let (Some(there), Some(wanted)) = (self.before.get(need), self.wanted.get(need)) else { return Stage::Expand };
        let serves = there.same(wanted) || there.holds_data() || self.is_bridged(there, wanted);
        if serves { Stage::Expand } else { Stage::Contract }
    }

    fn is_bridged(&self, there: &Object, wanted: &Object) -> bool {
        let bridge = there.bridge(Some(wanted), self.before, self.style);
        matches!(bridge, Bridge::As(it) if it.same(wanted))
    }
}
