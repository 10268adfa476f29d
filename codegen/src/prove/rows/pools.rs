//! The values that each column is tried with: of all candidates those that its type takes.

use std::collections::{BTreeMap, BTreeSet};

use postgres::Client;

use super::super::ProofError;
use super::table::Table;
use super::world::World;
use super::{candidates, session};

/// One value to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// None: NULL.
    pub value: Option<String>,
    /// Some row should have it: a label, a truth value, what a condition names, NULL.
    pub notable: bool,
}

/// What the columns of all tables are tried with, the plainest first; by table and column.
#[derive(Debug, Default)]
pub(super) struct Pools(BTreeMap<(i64, usize), Vec<Choice>>);

/// Where in the order of a column's choices NULL stands: the first row has a value everywhere.
const PLACE_OF_NULL: usize = 1;
/// How many of a type's plainest values come before those next to what conditions name.
const PLAIN: usize = 6;

impl Pools {
    /// Asks PostgreSQL for each type which texts are values of it, all in one query.
    pub fn read(client: &mut Client, world: &World, tables: &[Table]) -> Result<Self, ProofError> {
        let mut of_type: BTreeMap<(i64, &str), Vec<String>> = BTreeMap::new();
        let mut texts: BTreeMap<(i64, usize), Vec<Text>> = BTreeMap::new();
        for table in tables {
            for (at, column) in table.relation.columns.iter().enumerate().filter(|(_, it)| it.generated.is_none()) {
                let key = (column.ty, column.sql.as_str());
                let plain = of_type.entry(key).or_insert_with(|| candidates::of_type(world, column.ty, &column.sql));
                texts.insert((table.relation.oid, at), in_order(world, table, at, plain));
            }
        }
        let column = |key: &(i64, usize)| &world.relations[&key.0].columns[key.1];
        let asked: BTreeSet<(&str, &str)> = texts
            .iter()
            .flat_map(|(key, all)| all.iter().map(|it| (column(key).sql.as_str(), it.text.as_str())))
            .collect();
        let values = values(client, &asked)?;
        let choices = texts.iter().map(|(key, texts)| {
            let column = column(key);
            let nullable = !column.not_null && world.chain(column.ty).all(|ty| !ty.not_null);
            (*key, choices(texts, nullable, |text| values.get(&(column.sql.as_str(), text)).cloned().flatten()))
        });
        Ok(Self(choices.collect()))
    }

    pub fn of(&self, table: &Table, column: usize) -> &[Choice] {
        self.0.get(&(table.relation.oid, column)).map_or(&[], Vec::as_slice)
    }
}

struct Text {
    text: String,
    notable: bool,
}

/// What conditions name, the plainest values, what is next to what conditions name, all others.
fn in_order(world: &World, table: &Table, at: usize, plain: &[String]) -> Vec<Text> {
    let conditions = table.conditions.iter().map(|it| (&it.sql, &it.columns));
    let conditions = conditions.chain(table.wishes.iter().map(|it| (&it.sql, &it.columns)));
    let conditions: BTreeSet<&str> =
        conditions.filter(|(_, columns)| columns.contains(&at)).map(|(sql, _)| sql.as_str()).collect();
    let mut named: Vec<String> = Vec::new();
    let mut near: Vec<String> = Vec::new();
    for condition in &conditions {
        let (exact, other) = candidates::of_column(condition, &table.column(at).name);
        named.extend(exact);
        near.extend(other);
    }
    let is_listed = world.chain(table.column(at).ty).any(|ty| !ty.labels.is_empty() || ty.name == "bool");
    let text = |notable: bool| move |text: String| Text { text, notable };
    let (first, rest) = plain.split_at(if is_listed { plain.len() } else { plain.len().min(PLAIN) });
    let named = named.into_iter().map(text(true));
    let first = first.iter().cloned().map(text(is_listed));
    named.chain(first).chain(near.into_iter().map(text(false))).chain(rest.iter().cloned().map(text(false))).collect()
}

fn choices(texts: &[Text], nullable: bool, value: impl Fn(&str) -> Option<String>) -> Vec<Choice> {
    let mut seen = BTreeSet::new();
    let mut choices: Vec<Choice> = Vec::new();
    for text in texts {
        if let Some(value) = value(&text.text).filter(|value| seen.insert(value.clone())) {
            choices.push(Choice { value: Some(value), notable: text.notable });
        }
    }
    if nullable {
        choices.insert(PLACE_OF_NULL.min(choices.len()), Choice { value: None, notable: true });
    }
    choices
}

/// The texts as PostgreSQL writes them itself; none for those that are no value of the type.
fn values<'a>(
    client: &mut Client,
    asked: &BTreeSet<(&'a str, &'a str)>,
) -> Result<BTreeMap<(&'a str, &'a str), Option<String>>, ProofError> {
    let types: Vec<&str> = asked.iter().map(|(ty, _)| *ty).collect();
    let texts: Vec<&str> = asked.iter().map(|(_, text)| *text).collect();
    let mut transaction = session::transaction(client)?;
    let query = "SELECT pg_temp.tablewright_value(ty, value) \
                 FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked(ty, value, at) ORDER BY at";
    let rows = transaction.query(query, &[&types, &texts]).map_err(session::refused)?;
    Ok(asked.iter().copied().zip(rows.iter().map(|row| row.get(0))).collect())
}
