//! What tables hold, and whether they still hold it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use postgres::Client;

use super::{ProofError, Stage, difference};
use crate::kinds::{Kind, Object, Renaming};
use crate::model::{Change, Id, Schema};
use crate::plan::{Aspect, Migration};
use crate::sql::{self, Style};

/// A value as PostgreSQL prints it; NULL is none.
type Value = Option<String>;

/// The rows of all tables, in the order of their text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    tables: BTreeMap<Id, Rows>,
}

/// The rows of one table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Rows {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

/// The columns whose values are compared, by table: their names then and now.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    tables: BTreeMap<Id, (Id, Vec<(String, String)>)>,
}

/// Rows of one table that are no longer what they were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedRows {
    /// The table, as it was called then.
    pub table: Id,
    /// How many rows are no longer there as they were.
    pub gone: usize,
    /// How many there were.
    pub of: usize,
    /// How many are there that were not, as they are now.
    pub come: usize,
    /// The columns whose values, taken together, are others.
    pub columns: Vec<String>,
}

impl Contents {
    /// Reads the rows of every table that holds rows itself. Generated columns are read as well.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn read(client: &mut Client, schema: &Schema, stage: Stage) -> Result<Self, ProofError> {
        let mut tables = BTreeMap::new();
        for (id, object) in schema.iter().filter(|(id, _)| id.kind == Kind::Table) {
            if matches!(object.as_ref(), Object::Table(table) if table.partition_by.is_none()) {
                tables.insert(id.clone(), Rows::read(client, schema, id, stage)?);
            }
        }
        Ok(Self { tables })
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.tables.values().map(|table| table.rows.len()).sum()
    }

    /// How many rows a table has, and how many of them have a value in a column; none if it is not there.
    pub fn count(&self, table: &Id, column: Option<&str>) -> Option<usize> {
        let table = self.tables.get(table)?;
        let Some(column) = column else { return Some(table.rows.len()) };
        let at = table.columns.iter().position(|name| name == column)?;
        Some(table.rows.iter().filter(|row| row[at].is_some()).count())
    }

    /// The tables that no longer hold in these columns what they held then.
    pub fn changed(&self, now: &Self, columns: &Columns) -> Vec<ChangedRows> {
        let none = Rows::default();
        let compared = columns.tables.iter().filter_map(|(then_id, (now_id, pairs))| {
            let (then, now) = (self.tables.get(then_id)?, now.tables.get(now_id).unwrap_or(&none));
            let (gone, come, columns) = then.changed(now, pairs)?;
            Some(ChangedRows { table: then_id.clone(), gone, of: then.rows.len(), come, columns })
        });
        compared.collect()
    }
}

impl Rows {
    fn read(client: &mut Client, schema: &Schema, table: &Id, stage: Stage) -> Result<Self, ProofError> {
        let mut columns: Vec<_> = schema.below(&Id::new(Kind::Column, table.path.iter())).collect();
        columns.sort_by_key(|(_, column)| column.position());
        let columns: Vec<String> = columns.into_iter().map(|(id, _)| id.name().to_owned()).collect();
        let list: Vec<String> = columns.iter().map(|name| format!("{}::text", sql::ident(name))).collect();
        let name = Style::default().name(&table.path[0], &table.path[1]);
        // Tables that inherit are tables of their own.
        let query = format!("SELECT {} FROM ONLY {name}", list.join(", "));
        let refused =
            |error: postgres::Error| ProofError::Refused { stage, reason: difference::refusal(&error, &query) };
        let found = client.query(&query, &[]).map_err(refused)?;
        let mut rows = Vec::with_capacity(found.len());
        for row in &found {
            rows.push(
                (0..columns.len()).map(|at| row.try_get(at)).collect::<Result<Vec<Value>, _>>().map_err(refused)?,
            );
        }
        rows.sort();
        Ok(Self { columns, rows })
    }

    /// How many rows are gone, how many have come, and the columns that have changed.
    fn changed(&self, now: &Self, pairs: &[(String, String)]) -> Option<(usize, usize, Vec<String>)> {
        let then_names: Vec<&str> = pairs.iter().map(|(then, _)| then.as_str()).collect();
        let now_names: Vec<&str> = pairs.iter().map(|(_, now)| now.as_str()).collect();
        let gone = self.missing(&then_names, now, &now_names);
        let come = now.missing(&now_names, self, &then_names);
        let differs = |(then, there): &&(String, String)| {
            self.missing(&[then], now, &[there]) > 0 || now.missing(&[there], self, &[then]) > 0
        };
        let columns = || pairs.iter().filter(differs).map(|(then, _)| then.clone()).collect();
        (gone > 0 || come > 0).then(|| (gone, come, columns()))
    }

    /// How many rows, as far as these columns tell, the other table does not have.
    fn missing(&self, columns: &[&str], other: &Self, others: &[&str]) -> usize {
        let mut left: BTreeMap<Vec<&Value>, usize> = BTreeMap::new();
        for row in other.projected(others) {
            *left.entry(row).or_default() += 1;
        }
        let mut missing = 0;
        for row in self.projected(columns) {
            match left.get_mut(&row).filter(|count| **count > 0) {
                Some(count) => *count -= 1,
                None => missing += 1,
            }
        }
        missing
    }

    fn projected(&self, columns: &[&str]) -> impl Iterator<Item = Vec<&Value>> {
        let places: Vec<Option<usize>> =
            columns.iter().map(|name| self.columns.iter().position(|column| column == name)).collect();
        const NONE: &Value = &None;
        self.rows.iter().map(move |row| places.iter().map(|at| at.map_or(NONE, |at| &row[at])).collect())
    }
}

impl Columns {
    /// The columns that are there before and after, without those that lose or get values on the way.
    pub fn kept(before: &Schema, after: &Schema, migration: &Migration, filled: &[Id]) -> Self {
        let renames = renames(migration);
        let kept = migration.kept.iter().map(|kept| &kept.id);
        let touched: BTreeSet<&Id> = losses(migration).chain(filled).chain(kept).collect();
        let mut columns = Self::default();
        for (old, object) in before.iter().filter(|(id, _)| id.kind == Kind::Column) {
            let new = renamed(old, &renames);
            let of_lost_type = stands_on_one_of(before, old, &touched);
            let lost =
                touched.contains(old) || touched.contains(&new) || renames_values(object, migration) || of_lost_type;
            if after.get(&new).is_some_and(|after| !is_computed_anew(object, after)) && !lost {
                columns.add(old, &new);
            }
        }
        columns
    }

    /// The columns that two schemas both have under one name, without some.
    pub fn common(before: &Schema, after: &Schema, without: &BTreeSet<Id>) -> Self {
        let mut columns = Self::default();
        let of_both = before.iter().filter(|(id, _)| id.kind == Kind::Column);
        for (id, then) in of_both.filter(|(id, _)| !without.contains(id)) {
            if after.get(id).is_some_and(|now| !is_computed_anew(then, now)) {
                columns.add(id, id);
            }
        }
        columns
    }

    /// The same columns under the names that they had at first.
    pub fn there_and_back(&self) -> Self {
        let back = |pairs: &[(String, String)]| pairs.iter().map(|(old, _)| (old.clone(), old.clone())).collect();
        Self { tables: self.tables.iter().map(|(id, (_, pairs))| (id.clone(), (id.clone(), back(pairs)))).collect() }
    }

    fn add(&mut self, old: &Id, new: &Id) {
        let table = |column: &Id| Id::new(Kind::Table, &column.path[..2]);
        let entry = self.tables.entry(table(old)).or_insert_with(|| (table(new), Vec::new()));
        entry.1.push((old.name().to_owned(), new.name().to_owned()));
    }
}

impl fmt::Display for ChangedRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.table.dotted())?;
        match (self.gone, self.come.saturating_sub(self.gone)) {
            (0, more) => write!(f, "{more} more than the {} rows", self.of)?,
            (gone, 0) => write!(f, "{gone} of {} rows", self.of)?,
            (gone, more) => write!(f, "{gone} of {} rows, and {more} more", self.of)?,
        }
        if self.columns.is_empty() { Ok(()) } else { write!(f, ", in {}", self.columns.join(", ")) }
    }
}

/// Whether an object needs one of these, itself or through what it needs.
pub(super) fn stands_on_one_of(schema: &Schema, id: &Id, ids: &BTreeSet<&Id>) -> bool {
    schema.needs(id).any(|need| ids.contains(need) || stands_on_one_of(schema, need, ids))
}

/// The renames of a migration, in order.
pub fn renames(migration: &Migration) -> Vec<Renaming> {
    let rename = |change: &Change| match change {
        // A name for the meantime is none of the names then and now.
        Change::Rename { from, to } if !migration.is_meanwhile(&from.id()) && !migration.is_meanwhile(&to.id()) => {
            Some(Renaming { from: from.id(), to: to.id().name().to_owned() })
        }
        _ => None,
    };
    migration.up.steps().filter_map(|step| rename(&step.change)).collect()
}

fn renamed(id: &Id, renames: &[Renaming]) -> Id {
    renames.iter().fold(id.clone(), |id, rename| rename.applied(&id).unwrap_or(id))
}

/// Whether the values of a column come from another expression than before.
fn is_computed_anew(before: &Object, after: &Object) -> bool {
    match (before, after) {
        (Object::Column(before), Object::Column(after)) => {
            after.generated.is_some() && after.generated != before.generated
        }
        _ => false,
    }
}

/// Whether a column holds values of an enum that get other names.
fn renames_values(column: &Object, migration: &Migration) -> bool {
    let Object::Column(column) = column else { return false };
    let needs = column.ty.needs();
    migration.up.steps().any(|step| match &step.change {
        Change::Rename { from, to } => from.id() == to.id() && needs.contains(&from.id()),
        _ => false,
    })
}

fn losses(migration: &Migration) -> impl Iterator<Item = &Id> {
    migration.losses.iter().filter(|loss| loss.aspect == Aspect::Data).map(|loss| &loss.id)
}
