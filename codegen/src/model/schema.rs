//! All objects of a database at one moment.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::Id;
use crate::kinds::{Kind, Object, Renaming};

/// A flat map from id to object, and who needs whom. A clone is cheap: both share what is inside.
#[derive(Clone, Debug, Default)]
pub struct Schema(Arc<Inner>);

/// What objects are known to need, where something knows better than the objects themselves: a catalog.
pub type Known = BTreeMap<Id, Vec<Id>>;

#[derive(Clone, Debug, Default)]
struct Inner {
    objects: BTreeMap<Id, Arc<Object>>,
    /// Whose needs were known from elsewhere.
    known: BTreeSet<Id>,
    owners: BTreeMap<Id, Id>,
    needs: BTreeMap<Id, Arc<[Id]>>,
    needed_by: BTreeMap<Id, Vec<Id>>,
}

/// Two objects with one id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is there twice")]
pub struct Duplicate(pub Id);

impl Schema {
    /// A schema of these objects; every id that is there twice is reported.
    pub fn new(objects: impl IntoIterator<Item = Object>) -> Result<Self, Vec<Duplicate>> {
        Self::of(objects.into_iter().map(Arc::new))
    }

    /// Like [`Schema::new`], of objects that are shared with another schema.
    pub fn of(objects: impl IntoIterator<Item = Arc<Object>>) -> Result<Self, Vec<Duplicate>> {
        Self::knowing(objects.into_iter().map(|object| (object.id(), object)), Known::new())
    }

    /// Like [`Schema::of`], of objects with their ids; what an object that is named in `known` needs is what stands
    /// there, and its owner.
    pub fn knowing(objects: impl IntoIterator<Item = (Id, Arc<Object>)>, known: Known) -> Result<Self, Vec<Duplicate>> {
        let mut map = BTreeMap::new();
        let mut duplicates = Vec::new();
        for (id, object) in objects {
            if map.insert(id.clone(), object).is_some() {
                duplicates.push(Duplicate(id));
            }
        }
        if duplicates.is_empty() { Ok(Self::linked(map, known)) } else { Err(duplicates) }
    }

    /// The object with this id.
    pub fn get(&self, id: &Id) -> Option<&Arc<Object>> {
        self.0.objects.get(id)
    }

    /// Whether there is an object with this id.
    pub fn contains(&self, id: &Id) -> bool {
        self.0.objects.contains_key(id)
    }

    /// All objects, by id.
    pub fn iter(&self) -> impl Iterator<Item = (&Id, &Arc<Object>)> {
        self.0.objects.iter()
    }

    /// The objects of one kind whose path begins with these parts.
    pub fn below<'a>(&'a self, prefix: &Id) -> impl Iterator<Item = (&'a Id, &'a Arc<Object>)> + use<'a> {
        let prefix = prefix.clone();
        self.0
            .objects
            .range(prefix.clone()..)
            .take_while(move |(id, _)| id.kind == prefix.kind && id.path.starts_with(&prefix.path))
    }

    /// What must be there before this object, and must outlive it.
    pub fn needs(&self, id: &Id) -> impl Iterator<Item = &Id> {
        self.0.needs.get(id).into_iter().flat_map(|needs| needs.iter())
    }

    /// The same, sorted and shared.
    pub fn shared_needs(&self, id: &Id) -> Arc<[Id]> {
        self.0.needs.get(id).cloned().unwrap_or_default()
    }

    /// What this object goes down with.
    pub fn owner(&self, id: &Id) -> Option<&Id> {
        self.0.owners.get(id)
    }

    /// What can't be without this object.
    pub fn needed_by(&self, id: &Id) -> impl Iterator<Item = &Id> {
        self.0.needed_by.get(id).into_iter().flatten()
    }

    /// How many objects there are.
    pub fn len(&self) -> usize {
        self.0.objects.len()
    }

    /// Whether there is no object.
    pub fn is_empty(&self) -> bool {
        self.0.objects.is_empty()
    }

    /// The same schema after a rename.
    pub fn renamed(&self, rename: &Renaming) -> Result<Self, Vec<Duplicate>> {
        let objects: Vec<(&Id, Arc<Object>)> =
            self.0.objects.iter().map(|(id, object)| (id, Arc::new(object.renamed(rename)))).collect();
        let now: BTreeMap<&Id, Id> = objects.iter().map(|(id, object)| (*id, object.id())).collect();
        let name_now = |id: &Id| now.get(id).unwrap_or(id).clone();
        let known = self.known().map(|(id, needs)| (name_now(id), needs.map(name_now).collect())).collect();
        Self::knowing(objects.into_iter().map(|(_, object)| (object.id(), object)), known)
    }

    /// Other objects under the same knowledge of who needs whom.
    pub fn with_objects(&self, objects: impl IntoIterator<Item = Arc<Object>>) -> Result<Self, Vec<Duplicate>> {
        let objects: Vec<(Id, Arc<Object>)> = objects.into_iter().map(|object| (object.id(), object)).collect();
        let known = objects.iter().filter(|(id, _)| self.0.known.contains(id));
        let known = known.map(|(id, _)| (id.clone(), self.needs(id).cloned().collect())).collect();
        Self::knowing(objects, known)
    }

    /// The same without the objects of some kinds, and without what needs them.
    pub fn without(&self, kinds: &BTreeSet<Kind>) -> Self {
        let mut gone: BTreeSet<&Id> = self.0.objects.keys().filter(|id| kinds.contains(&id.kind)).collect();
        if gone.is_empty() {
            return self.clone();
        }
        let mut open: Vec<&Id> = gone.iter().copied().collect();
        while let Some(id) = open.pop() {
            open.extend(self.needed_by(id).filter(|other| gone.insert(*other)));
        }
        let left = self.iter().filter(|(id, _)| !gone.contains(id)).map(|(_, object)| object.clone());
        // A part of a schema has no id twice.
        self.with_objects(left).unwrap_or_default()
    }

    /// What an object needs, if that was known from elsewhere.
    pub fn known_needs(&self, id: &Id) -> Option<Vec<Id>> {
        self.0.known.contains(id).then(|| self.needs(id).cloned().collect())
    }

    /// What was known, and what follows from it.
    fn known(&self) -> impl Iterator<Item = (&Id, impl Iterator<Item = &Id>)> {
        self.0.known.iter().map(|id| (id, self.needs(id)))
    }

    /// The object that this one is a part of, through all owners: a comment's column's table.
    pub fn root(&self, id: &Id) -> Id {
        let mut root = id;
        while let Some(owner) = self.owner(root) {
            root = owner;
        }
        root.clone()
    }

    /// A hash of all objects, 64 hexadecimal digits. Cosmetic facts (the position of a column) don't count.
    pub fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        for object in self.0.objects.values() {
            hasher.update(object.fingerprint());
            hasher.update(b"\n");
        }
        hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Follows what the objects say they need; what is not part of the schema (`pg_catalog`) is left out.
    fn linked(objects: BTreeMap<Id, Arc<Object>>, mut known: Known) -> Self {
        // What an object needs may depend on the others, so they are all there before any of them is asked.
        let all = Self(Arc::new(Inner { objects, ..Inner::default() }));
        let (mut owners, mut needs, mut of_known) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        let mut needed_by: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for (id, object) in all.iter() {
            let owner = object.owner().and_then(|owner| all.shared(&owner));
            let mut of_it: Vec<Id> = match known.remove(id) {
                Some(known) => {
                    of_known.insert(id.clone());
                    let leaders = object.follows().into_iter().map(|follow| follow.leader);
                    let leaders = leaders.filter_map(|leader| all.shared(&leader));
                    known.iter().filter_map(|need| all.shared(need)).chain(owner.clone()).chain(leaders).collect()
                }
                None => object.needs(&all).iter().filter_map(|need| all.shared(need)).collect(),
            };
            of_it.sort();
            of_it.dedup();
            of_it.retain(|need| need != id);
            for need in &of_it {
                // Objects come by id, so each list is sorted and names nobody twice.
                needed_by.entry(need.clone()).or_default().push(id.clone());
            }
            if !of_it.is_empty() {
                needs.insert(id.clone(), of_it.into());
            }
            owners.extend(owner.map(|owner| (id.clone(), owner)));
        }
        let inner = Arc::unwrap_or_clone(all.0);
        Self(Arc::new(Inner { known: of_known, owners, needs, needed_by, ..inner }))
    }

    /// The id of an object that is there, as it is shared by all who name it.
    fn shared(&self, id: &Id) -> Option<Id> {
        self.0.objects.get_key_value(id).map(|(shared, _)| shared.clone())
    }
}
