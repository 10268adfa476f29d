//! The story: read, pool, order, solve, insert, measure.

use std::collections::BTreeMap;

use postgres::{Client, Transaction};

use super::super::ProofError;
use super::component::{self, Around, Rows};
use super::insert::{self, Inserted, Solved};
use super::pools::Pools;
use super::session::{self, Outcome};
use super::table::{self, Table};
use super::world::{self, Relation, World};
use super::{Filled, Sample, order, reach, solve};
use crate::model::{Id, Schema};
use crate::sql::{self, Style};

/// What was learned about tables while they were filled.
#[derive(Debug, Default)]
pub(super) struct Note {
    pub inserted: Inserted,
    /// Why no row could be made at all.
    pub hopeless: Option<String>,
    /// Conditions that no combination of values makes true.
    pub unfulfilled: Vec<String>,
}

/// By the number of the table.
pub(super) type Notes = BTreeMap<i64, Note>;

/// How many of the rows that a foreign key can lead to are looked at.
const MOST_REFERENCED: usize = 40;

/// See [`super::fill`].
pub(super) fn fill(client: &mut Client, schema: &Schema, wanted: usize) -> Result<Filled, ProofError> {
    let world = world::read(client)?;
    session::with_functions(client, |client| {
        let tables = table::all(&world, schema);
        let pools = Pools::read(client, &world, &tables)?;
        let mut notes = Notes::new();
        for together in order::order(&tables, |table| world.root(table)) {
            let together: Vec<&Table> = together.into_iter().map(|at| &tables[at]).collect();
            match together.as_slice() {
                [table] => fill_one(client, table, &pools, wanted, &mut notes)?,
                circle => fill_circle(client, circle, &pools, wanted, &mut notes)?,
            }
        }
        reach::measure(client, &world, schema, &tables, &notes)
    })
}

/// See [`super::sample`].
pub(super) fn sample(client: &mut Client, schema: &Schema, id: &Id) -> Result<Result<Sample, String>, ProofError> {
    let world = world::read(client)?;
    session::with_functions(client, |client| {
        let mut tables = table::all(&world, schema);
        tables.retain(|table| table.id == *id);
        let pools = Pools::read(client, &world, &tables)?;
        let Some(table) = tables.first() else { return Ok(Err("there is no such table to put rows into".into())) };
        let mut transaction = session::transaction(client)?;
        let mut note = Note::default();
        let around = around(&mut transaction, table)?;
        let Some(solved) = solved(&mut transaction, table, &pools, &around, &mut note)? else {
            return Ok(Err(note.hopeless.unwrap_or_default()));
        };
        accepted(&mut transaction, table, &solved)
    })
}

/// The first row that goes in; it is taken out again.
fn accepted(
    transaction: &mut Transaction,
    table: &Table,
    solved: &[Solved],
) -> Result<Result<Sample, String>, ProofError> {
    let mut reason = "a trigger or a rule takes each row away".to_owned();
    for (text, values) in insert::singles(table, solved) {
        let mut attempt = transaction.transaction().map_err(session::refused)?;
        let outcome = session::attempt(&mut attempt, &[text])?;
        attempt.rollback().map_err(session::refused)?;
        match outcome.as_slice() {
            [Outcome::Rows(1..)] => {
                let named = values.into_iter().map(|(at, value)| (table.column(at).name.clone(), value));
                return Ok(Ok(named.collect()));
            }
            [Outcome::Refused(message)] => reason.clone_from(message),
            _ => {}
        }
    }
    Ok(Err(reason))
}

fn fill_one(
    client: &mut Client,
    table: &Table,
    pools: &Pools,
    wanted: usize,
    notes: &mut Notes,
) -> Result<(), ProofError> {
    let mut transaction = session::transaction(client)?;
    let around = around(&mut transaction, table)?;
    fill_table(&mut transaction, table, pools, &around, wanted, notes.entry(table.relation.oid).or_default())?;
    transaction.commit().map_err(session::refused)
}

/// Tables that can't be without each other: foreign keys wait until all of them are filled.
fn fill_circle(
    client: &mut Client,
    circle: &[&Table],
    pools: &Pools,
    wanted: usize,
    notes: &mut Notes,
) -> Result<(), ProofError> {
    let mut transaction = session::transaction(client)?;
    transaction.batch_execute("SET CONSTRAINTS ALL DEFERRED").map_err(session::refused)?;
    for (at, table) in circle.iter().enumerate() {
        let mut around = around(&mut transaction, table)?;
        around.is_deferred = true;
        around.dangling = dangling(&mut transaction, table, &circle[..at])?;
        fill_table(&mut transaction, table, pools, &around, wanted, notes.entry(table.relation.oid).or_default())?;
    }
    let outcome = session::attempt(&mut transaction, &["SET CONSTRAINTS ALL IMMEDIATE".to_owned()])?;
    if let [Outcome::Refused(message)] = outcome.as_slice() {
        transaction.rollback().map_err(session::refused)?;
        for table in circle {
            let inserted = Inserted { refused: Some(message.clone()), ..Inserted::default() };
            let note = notes.entry(table.relation.oid).or_default();
            *note = Note { inserted, hopeless: note.hopeless.take(), ..Note::default() };
        }
        return Ok(());
    }
    transaction.commit().map_err(session::refused)
}

/// What rows of other tables refer to and is not there yet.
fn dangling(
    transaction: &mut Transaction,
    table: &Table,
    others: &[&Table],
) -> Result<Vec<(Vec<usize>, Rows)>, ProofError> {
    let mut found = Vec::new();
    for other in others {
        for reference in other.references.iter().filter(|it| it.to.oid == table.relation.oid) {
            let own: Vec<&str> = reference.columns.iter().map(|at| other.column(*at).name.as_str()).collect();
            let query = rows_of(0, other.relation, &own);
            let rows = transaction.query(&query, &[]).map_err(session::refused)?;
            found.push((table.targets(reference), rows.iter().map(|row| row.get(1)).collect()));
        }
    }
    Ok(found)
}

fn fill_table(
    transaction: &mut Transaction,
    table: &Table,
    pools: &Pools,
    around: &Around,
    wanted: usize,
    note: &mut Note,
) -> Result<(), ProofError> {
    note.hopeless = table.has_no_room.then(|| "it is partitioned and has no partition that takes rows".to_owned());
    if let Some(solved) = solved(transaction, table, pools, around, note)? {
        let inserted = insert::insert(transaction, table, &solved, wanted)?;
        note.inserted.rows += inserted.rows;
        note.inserted.taken |= inserted.taken;
        note.inserted.refused = note.inserted.refused.take().or(inserted.refused);
    }
    Ok(())
}

/// What each component of a table can be given; none, if one of them can be given nothing.
fn solved(
    transaction: &mut Transaction,
    table: &Table,
    pools: &Pools,
    around: &Around,
    note: &mut Note,
) -> Result<Option<Vec<Solved>>, ProofError> {
    if note.hopeless.is_some() {
        return Ok(None);
    }
    let mut solved = Vec::new();
    note.unfulfilled.clear();
    for mut component in component::components(table, pools, around) {
        let solutions = solve::solve(transaction, table, &mut component)?;
        note.unfulfilled.extend(solutions.unfulfilled.iter().cloned());
        if solutions.values.is_empty() {
            let reason = component.missing.clone().unwrap_or_else(|| nothing_fits(table, &component));
            note.hopeless.get_or_insert(reason);
        }
        solved.push((component, solutions));
    }
    Ok(note.hopeless.is_none().then_some(solved))
}

fn nothing_fits(table: &Table, component: &component::Component) -> String {
    let columns = component.dimensions.iter().flat_map(|it| &it.columns).map(|at| table.column(*at).name.as_str());
    let columns: Vec<String> = columns.map(sql::ident).collect();
    let columns = columns.join(", ");
    match component.conditions.as_slice() {
        [] => format!("no value was found for {columns}"),
        conditions => format!("no values of {columns} were found for which {}", conditions.join(" AND ")),
    }
}

/// The rows that the foreign keys of a table can lead to, in one query.
fn around(transaction: &mut Transaction, table: &Table) -> Result<Around, ProofError> {
    let mut referenced: Vec<Rows> = vec![Vec::new(); table.references.len()];
    let references = table.references.iter().enumerate();
    let queries: Vec<String> = references.map(|(at, it)| rows_of(at, it.to, &it.to_columns)).collect();
    if queries.is_empty() {
        return Ok(Around::default());
    }
    for row in transaction.query(&queries.join(" UNION ALL "), &[]).map_err(session::refused)? {
        let at = usize::try_from(row.get::<_, i32>(0)).unwrap_or_default();
        referenced[at].push(row.get(1));
    }
    Ok(Around { referenced, ..Around::default() })
}

fn rows_of(at: usize, relation: &Relation, columns: &[&str]) -> String {
    let columns: Vec<String> = columns.iter().map(|name| sql::ident(name)).collect();
    let texts: Vec<String> = columns.iter().map(|name| format!("{name}::text COLLATE \"C\"")).collect();
    let present: Vec<String> = columns.iter().map(|name| format!("{name} IS NOT NULL")).collect();
    format!(
        "(SELECT DISTINCT {at}::integer, ARRAY[{}] AS key FROM {} WHERE {} ORDER BY key LIMIT {MOST_REFERENCED})",
        texts.join(", "),
        Style::default().name(&relation.schema, &relation.name),
        present.join(" AND ")
    )
}

impl World {
    /// The table at the root of the tree of partitions that a table is part of.
    pub fn root(&self, table: i64) -> i64 {
        let parent = |table: &i64| self.relations.get(table).and_then(|it| it.parent);
        std::iter::successors(Some(table), parent).last().unwrap_or(table)
    }
}
