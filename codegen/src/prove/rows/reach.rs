//! Looks at the rows that are there and says what they reach.

use std::collections::BTreeMap;

use postgres::{Client, Transaction};

use super::super::ProofError;
use super::expressions::conjuncts;
use super::fill::{Note, Notes};
use super::table::{Table, places};
use super::world::{Relation, World};
use super::{Filled, Unreached, session};
use crate::kinds::Kind;
use crate::model::{Id, Schema};
use crate::sql::{self, Style};

/// Something to be reached: an aggregate over a table that is true if it is.
struct Goal {
    id: Id,
    part: Option<String>,
    sql: String,
    /// The condition that has to be true for a row, if it is one.
    condition: Option<String>,
}

/// Where a type's own constraints may be reached: in one of several columns.
type Shared = BTreeMap<(Id, Option<String>), Option<String>>;

/// See [`Filled`].
pub(super) fn measure(
    client: &mut Client,
    world: &World,
    schema: &Schema,
    tables: &[Table],
    notes: &Notes,
) -> Result<Filled, ProofError> {
    let mut transaction = session::transaction(client)?;
    let (mut filled, mut shared) = (Filled::default(), Shared::new());
    let owners: BTreeMap<i64, &Table> = tables.iter().map(|table| (table.relation.oid, table)).collect();
    for relation in world.relations.values().filter(|it| !it.foreign) {
        let id = Id::new(Kind::Table, [&relation.schema, &relation.name]);
        let Some(table) = owners.get(&world.root(relation.oid)).filter(|_| schema.contains(&id)) else { continue };
        let none = Note::default();
        let note = notes.get(&table.relation.oid).unwrap_or(&none);
        let goals = goals(world, schema, relation);
        let (count, met) = look(&mut transaction, relation, &goals)?;
        if !relation.partitioned {
            filled.tables.insert(id, count);
        }
        for (goal, met) in goals.into_iter().zip(met) {
            let why = (!met).then(|| reason(&goal, count, note));
            if matches!(goal.id.kind, Kind::Domain | Kind::Enumeration) {
                let entry = shared.entry((goal.id, goal.part)).or_insert_with(|| why.clone());
                *entry = entry.take().and(why);
            } else {
                filled.note(goal.id, goal.part, why);
            }
        }
    }
    shared.into_iter().for_each(|((id, part), why)| filled.note(id, part, why));
    filled.unreached.sort();
    Ok(filled)
}

impl Filled {
    fn note(&mut self, id: Id, part: Option<String>, why: Option<String>) {
        match why {
            None => self.reached += 1,
            Some(why) => self.unreached.push(Unreached { id, part, why }),
        }
    }
}

/// Why something is not reached.
fn reason(goal: &Goal, count: usize, note: &Note) -> String {
    let refused = || note.inserted.refused.as_ref().map(|message| format!("PostgreSQL refuses rows: {message}"));
    let unfulfilled = || {
        let parts = goal.condition.as_ref().map(|it| conjuncts(it)).unwrap_or_default();
        let part = parts.into_iter().find(|part| note.unfulfilled.contains(part))?;
        Some(format!("no value that was tried makes it true: {part}"))
    };
    let taken = || note.inserted.taken.then(|| "a trigger or a rule takes rows away".to_owned());
    let found = match count {
        0 => note.hopeless.clone().or_else(refused).or_else(taken).map(|why| format!("the table is empty: {why}")),
        _ => unfulfilled().or_else(refused).or_else(taken),
    };
    found.unwrap_or_else(|| "no row that was made reaches it".to_owned())
}

fn goals(world: &World, schema: &Schema, relation: &Relation) -> Vec<Goal> {
    let mut goals = Vec::new();
    constraints(world, relation, &mut goals);
    indexes(world, relation, &mut goals);
    columns(world, relation, &mut goals);
    if relation.parent.is_some() {
        let id = Id::new(Kind::Partition, [&relation.schema, &relation.name]);
        goals.push(Goal { id, part: None, sql: "count(*) > 0".into(), condition: None });
    }
    goals.retain(|goal| schema.contains(&goal.id));
    goals
}

fn constraints(world: &World, relation: &Relation, goals: &mut Vec<Goal>) {
    let of = world.constraints(relation.oid).iter().filter(|it| it.enforced);
    // What a partition has from its root is reached there; an heir has rows of its own.
    for it in of.filter(|it| !(it.inherited && relation.parent.is_some())) {
        let id = |kind| Id::new(kind, [&relation.schema, &relation.name, &it.name]);
        let goal = match (it.sort.as_str(), &it.expression) {
            ("c", Some(check)) => Goal {
                id: id(Kind::Check),
                part: None,
                sql: format!("count(*) FILTER (WHERE {check}) > 0"),
                condition: Some(check.clone()),
            },
            ("f", _) => Goal {
                id: id(Kind::ForeignKey),
                part: None,
                sql: format!("count(*) FILTER (WHERE {}) > 0", all_present(relation, &it.columns)),
                condition: None,
            },
            _ => continue,
        };
        goals.push(goal);
    }
}

fn indexes(world: &World, relation: &Relation, goals: &mut Vec<Goal>) {
    let of = world.indexes(relation.oid).iter().filter(|it| (it.unique || it.exclusion) && !it.inherited);
    for index in of {
        let constraint =
            world.constraints(relation.oid).iter().find(|it| it.index == Some(index.oid) && it.sort != "f");
        let named = |kind| Id::new(kind, [&relation.schema, &relation.name, &index.name]);
        let id = match constraint.map(|it| it.sort.as_str()) {
            Some("p") => named(Kind::PrimaryKey),
            Some("u") => named(Kind::Unique),
            Some("x") => named(Kind::Exclusion),
            _ => Id::new(Kind::Index, [&index.schema, &index.name]),
        };
        let present = all_present(relation, &index.columns);
        let within = index.predicate.as_ref().map(|it| format!(" AND ({it})")).unwrap_or_default();
        let sql = format!("count(*) FILTER (WHERE {present}{within}) > 1");
        goals.push(Goal { id, part: None, sql, condition: index.predicate.clone() });
    }
}

fn columns(world: &World, relation: &Relation, goals: &mut Vec<Goal>) {
    for column in &relation.columns {
        let name = sql::ident(&column.name);
        if column.not_null && relation.parent.is_none() {
            let id = Id::new(Kind::Column, [&relation.schema, &relation.name, &column.name]);
            goals.push(Goal { id, part: None, sql: "count(*) > 0".into(), condition: None });
        }
        for ty in world.chain(column.ty) {
            for (check, _) in &ty.checks {
                let id = Id::new(Kind::Domain, [&ty.schema, &ty.name]);
                goals.push(Goal {
                    id,
                    part: Some(check.clone()),
                    sql: format!("count(*) FILTER (WHERE {name} IS NOT NULL) > 0"),
                    condition: None,
                });
            }
            for label in &ty.labels {
                let id = Id::new(Kind::Enumeration, [&ty.schema, &ty.name]);
                let sql = format!("count(*) FILTER (WHERE {name}::text = {}) > 0", sql::literal(label));
                goals.push(Goal { id, part: Some(label.clone()), sql, condition: None });
            }
        }
    }
}

/// That none of these columns is NULL.
fn all_present(relation: &Relation, numbers: &[i16]) -> String {
    let present = places(relation, numbers)
        .into_iter()
        .map(|at| format!("{} IS NOT NULL", sql::ident(&relation.columns[at].name)));
    let present: Vec<String> = present.collect();
    if present.is_empty() { "true".to_owned() } else { present.join(" AND ") }
}

/// The number of rows, and which goals they meet. What fails to be looked at is not met.
fn look(transaction: &mut Transaction, relation: &Relation, goals: &[Goal]) -> Result<(usize, Vec<bool>), ProofError> {
    let only = if relation.partitioned { "" } else { "ONLY " };
    let name = Style::default().name(&relation.schema, &relation.name);
    let query = |goals: &[&Goal]| {
        let goals: Vec<&str> = goals.iter().map(|goal| goal.sql.as_str()).collect();
        format!("SELECT count(*), ARRAY[{}]::boolean[] FROM {only}{name}", goals.join(", "))
    };
    let mut ask = |goals: &[&Goal]| -> Result<Option<(i64, Vec<bool>)>, ProofError> {
        let mut attempt = transaction.transaction().map_err(session::refused)?;
        let row = attempt.query_one(&query(goals), &[]).ok().map(|row| (row.get(0), row.get(1)));
        attempt.rollback().map_err(session::refused)?;
        Ok(row)
    };
    let all: Vec<&Goal> = goals.iter().collect();
    if let Some((count, met)) = ask(&all)? {
        return Ok((usize::try_from(count).unwrap_or_default(), met));
    }
    let count = ask(&[])?.map_or(0, |(count, _)| usize::try_from(count).unwrap_or_default());
    let met = goals.iter().map(|goal| Ok(ask(&[goal])?.is_some_and(|(_, met)| met == [true])));
    Ok((count, met.collect::<Result<_, ProofError>>()?))
}
