//! What a live database differs in from what it should be: drift. It is only read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::foreign;
use crate::compare::{self, CompareError, Side, Sides};
use crate::connect::Target;
use crate::emit::migration::script;
use crate::kinds::{Kind, Object};
use crate::model::{Id, Schema};
use crate::plan::Policy;
use crate::prove::{Difference, Positions, differences};
use crate::read::catalog::CatalogReading;
use crate::run::Project;
use crate::sql::Style;

/// What a database differs in.
#[derive(Clone, Debug, Default)]
pub struct Drift {
    /// The objects, by id.
    pub differences: Vec<Difference>,
    /// What it holds that no kind describes, by what it is: that is not compared.
    pub unmodelled: BTreeMap<String, usize>,
    /// What was left out of the comparison, and why.
    pub left_out: Vec<String>,
    sides: Sides,
}

/// What databases of one server's major should hold.
///
/// # Errors
/// When there is no throw-away server, or the schema can't be built on it.
pub fn expected(side: &Side, project: &Project, target: &Target) -> Result<CatalogReading, CompareError> {
    compare::reading(side, Some(project), &project.root, compare::major(target)?)
}

/// Compares a database with what it should hold.
///
/// # Errors
/// When it can't be reached or read.
pub fn drift(target: &Target, expected: &CatalogReading, root: &Path) -> Result<Drift, CompareError> {
    let found = compare::reading(&Side::Database(target.clone()), None, root, None)?;
    let hidden: BTreeSet<Kind> = found.hidden.union(&expected.hidden).copied().collect();
    let expected_schema = expected.schema.without(&hidden);
    let (schema, mut left_out) = without_foreign_book(&found.schema.without(&hidden), &expected_schema);
    let (schema, owner) = as_owner(&schema, &expected_schema);
    left_out.extend(owner);
    let mut differences = differences(&expected_schema, &schema, Positions::Ignored);
    differences.retain(|difference| !difference.is_of_chosen_names());
    let from = CatalogReading { schema, ..Default::default() };
    let to = CatalogReading { schema: expected_schema, ..Default::default() };
    let sides = Sides { from, to, style: Style { unchecked_bodies: true, ..Style::default() } };
    Ok(Drift { differences, unmodelled: found.unmodelled, left_out, sides })
}

impl Drift {
    /// Without what is not declared at all: of a database of which others declare a part, too. What somebody has added to
    /// something that is declared, a column or a trigger, stays.
    pub fn of_declared(mut self) -> Self {
        let (found, expected) = (&self.sides.from.schema, &self.sides.to.schema);
        let is_foreign = |id: &Id| !expected.contains(id) && !expected.contains(&found.root(id));
        let count = found.iter().filter(|(id, _)| is_foreign(id)).count();
        if count > 0 {
            self.left_out.push(format!("{count} objects that nothing declared has to do with"));
        }
        self.differences.retain(|difference| difference.expected.is_some() || !is_foreign(&difference.id));
        self.sides.from.schema = left(found, |id| !is_foreign(id));
        self
    }

    /// The differences that say all: a table that is missing or too much speaks for its parts, whose number stands beside.
    pub fn folded(&self) -> Vec<(&Difference, usize)> {
        let whole: BTreeSet<&Id> = self.differences.iter().filter(|it| is_whole(it)).map(|it| &it.id).collect();
        let speaker = |it: &Difference| {
            let schema = if it.expected.is_some() { &self.sides.to.schema } else { &self.sides.from.schema };
            let root = schema.root(&it.id);
            (is_whole(it) && root != it.id && whole.contains(&root)).then_some(root)
        };
        let mut parts: BTreeMap<Id, usize> = BTreeMap::new();
        self.differences.iter().filter_map(speaker).for_each(|root| *parts.entry(root).or_default() += 1);
        let speaking = self.differences.iter().filter(|it| speaker(it).is_none());
        speaking.map(|it| (it, parts.get(&it.id).copied().unwrap_or_default())).collect()
    }

    /// The SQL that makes the database what it should be.
    ///
    /// # Errors
    /// When there is no way.
    pub fn mend(&self, from: &str, to: &str) -> Result<String, CompareError> {
        let comparison = compare::plan(&self.sides, Policy::default(), Vec::new())?;
        Ok(script::up(&comparison.migration, from, to).concat())
    }
}

/// Whether it is missing or too much, rather than different.
fn is_whole(difference: &Difference) -> bool {
    difference.expected.is_none() || difference.found.is_none()
}

/// Without the book of another runner, which that runner makes and nobody declares. Ours are in a schema that is never read.
fn without_foreign_book(found: &Schema, expected: &Schema) -> (Schema, Vec<String>) {
    let is_book = |id: &&Id| id.kind == Kind::Table && id.name() == foreign::TABLE && !expected.contains(id);
    let books: Vec<Id> = found.iter().map(|(id, _)| id).filter(is_book).cloned().collect();
    if books.is_empty() {
        return (found.clone(), Vec::new());
    }
    let said = books.iter().map(|id| format!("{id} is the book of another runner")).collect();
    let is_owned = |object: &Object| match object {
        Object::Ownership(it) => books.contains(&Id::new(Kind::Table, [&it.schema, &it.table])),
        _ => false,
    };
    let sequences = found.iter().filter(|(_, object)| is_owned(object));
    let sequences: Vec<Id> = sequences.map(|(id, _)| Id { kind: Kind::Sequence, path: id.path.clone() }).collect();
    let mut gone: BTreeSet<&Id> = books.iter().chain(&sequences).collect();
    let mut open: Vec<&Id> = gone.iter().copied().collect();
    while let Some(id) = open.pop() {
        open.extend(found.needed_by(id).filter(|other| gone.insert(*other)));
    }
    (left(found, |id| !gone.contains(id)), said)
}

/// As the role would see it that owns everything, if the role that reads owns nothing: owners are told relative to who reads
/// (decision 0110), and a role that may only look is not the one that migrates.
fn as_owner(found: &Schema, expected: &Schema) -> (Schema, Option<String>) {
    let tables = || found.iter().map(|(id, _)| id).filter(|id| id.kind == Kind::Table);
    let owner_of = |table: &Id| match found.get(&Id::new(Kind::Owner, owner_path(table))).map(AsRef::as_ref) {
        Some(Object::Owner(it)) => it.role.clone(),
        _ => None,
    };
    let owners: Vec<Option<String>> = tables().map(owner_of).collect();
    let Some(owners) = owners.into_iter().collect::<Option<Vec<String>>>() else { return (found.clone(), None) };
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    owners.iter().for_each(|owner| *counts.entry(owner).or_default() += 1);
    let Some((role, _)) = counts.into_iter().max_by_key(|(_, count)| *count) else { return (found.clone(), None) };
    let is_plain = |id: &Id| match found.get(id).map(AsRef::as_ref) {
        Some(Object::Owner(it)) => it.role.as_ref() == Some(role) && !expected.contains(id),
        _ => false,
    };
    let said = format!("this role owns no table, so that `{role}` is taken as the one that migrates");
    (left(found, |id| !is_plain(id)), Some(said))
}

fn owner_path(table: &Id) -> Vec<String> {
    std::iter::once(Kind::Table.name().to_owned()).chain(table.path.iter().cloned()).collect()
}

/// The part of a schema whose ids are wanted.
fn left(schema: &Schema, is_wanted: impl Fn(&Id) -> bool) -> Schema {
    let objects = schema.iter().filter(|(id, _)| is_wanted(id)).map(|(_, object)| object.clone());
    // A part of a schema has no id twice.
    schema.with_objects(objects).unwrap_or_default()
}
