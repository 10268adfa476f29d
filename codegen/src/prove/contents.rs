//! The rows that a migration leaves alone.

use std::collections::{BTreeMap, BTreeSet};

use postgres::Client;

use super::{ProofError, Stage, difference};
use crate::kinds::{Kind, Object, Renaming};
use crate::model::{Change, Id, Schema};
use crate::plan::{Aspect, Migration};
use crate::sql::{self, Style};

/// The columns whose values must survive, by table: their names before and after the way up.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    tables: BTreeMap<Id, (Id, Vec<(String, String)>)>,
}

/// What the columns hold, by table: a hash of all rows, whatever their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Contents {
    tables: BTreeMap<Id, String>,
}

impl Columns {
    /// The columns that are there before and after, without those that lose or get values on the way.
    pub(super) fn kept(before: &Schema, after: &Schema, migration: &Migration, filled: &[Id]) -> Self {
        let renames = renames(migration);
        let touched: BTreeSet<&Id> = losses(migration).chain(filled).collect();
        let mut columns = Self::default();
        for (old, object) in before.iter().filter(|(id, _)| id.kind == Kind::Column) {
            let new = renamed(old, &renames);
            let lost = touched.contains(old) || touched.contains(&new) || renames_values(object, migration);
            if after.get(&new).is_some_and(|after| !is_computed_anew(object, after)) && !lost {
                let table = |column: &Id| Id::new(Kind::Table, &column.path[..2]);
                let entry = columns.tables.entry(table(old)).or_insert_with(|| (table(&new), Vec::new()));
                entry.1.push((old.name().to_owned(), new.name().to_owned()));
            }
        }
        columns
    }

    /// Reads them under the names that they have before the way up.
    pub(super) fn read_before(&self, client: &mut Client, stage: Stage) -> Result<Contents, ProofError> {
        self.read(client, stage, |old, _, columns| query(old, columns.iter().map(|(name, _)| name)))
    }

    /// Reads them under the names that they have after it.
    pub(super) fn read_after(&self, client: &mut Client, stage: Stage) -> Result<Contents, ProofError> {
        self.read(client, stage, |_, new, columns| query(new, columns.iter().map(|(_, name)| name)))
    }

    fn read(
        &self,
        client: &mut Client,
        stage: Stage,
        query: impl Fn(&Id, &Id, &[(String, String)]) -> String,
    ) -> Result<Contents, ProofError> {
        let mut tables = BTreeMap::new();
        for (old, (new, columns)) in &self.tables {
            let query = query(old, new, columns);
            let refused =
                |error: postgres::Error| ProofError::Refused { stage, reason: difference::refusal(&error, &query) };
            tables.insert(old.clone(), client.query_one(&query, &[]).map_err(refused)?.get(0));
        }
        Ok(Contents { tables })
    }
}

impl Contents {
    /// The tables that hold something else.
    pub(super) fn changed(&self, found: &Self) -> Vec<String> {
        let same = |(table, hash): &(&Id, &String)| found.tables.get(table) != Some(hash);
        self.tables.iter().filter(same).map(|(table, _)| table.dotted()).collect()
    }
}

/// Values are compared as text, since a type may change without changing what is meant.
fn query<'a>(table: &Id, columns: impl Iterator<Item = &'a String>) -> String {
    let columns: Vec<String> = columns.map(|name| format!("{}::text", sql::ident(name))).collect();
    let table = Style::default().name(&table.path[0], &table.path[1]);
    format!(
        "SELECT md5(coalesce(string_agg(line, E'\\n' ORDER BY line COLLATE \"C\"), '')) \
         FROM (SELECT ROW({})::text FROM {table}) AS found(line)",
        columns.join(", ")
    )
}

fn renames(migration: &Migration) -> Vec<Renaming> {
    let rename = |change: &Change| match change {
        Change::Rename { from, to } => Some(Renaming { from: from.id(), to: to.id().name().to_owned() }),
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
