//! Which combinations of values the conditions of a component accept: PostgreSQL tries them.

use postgres::Transaction;

use super::super::ProofError;
use super::choose::{self, Candidate, Solutions};
use super::component::{Component, Dimension, GENERATED, ROW};
use super::table::Table;
use super::{climb, combinations, session};
use crate::sql;

/// How many combinations are tried; all, if there are no more.
const MOST_TRIED: usize = 20_000;
/// How many, where an expression fails on some of them and each has to be tried alone.
const MOST_TRIED_ALONE: usize = 2_000;
/// Options that each dimension keeps when there are too many combinations, besides the notable ones.
const LEAST_OPTIONS: usize = 2;
/// Options that it has besides them where rows need not differ.
const PLAIN_OPTIONS: usize = 24;
/// How many of the accepted ones are looked around at, where only a sample was tried.
const MOST_CENTERS: usize = 24;

/// The values that a component gets, row by row.
pub(super) fn solve(
    transaction: &mut Transaction,
    table: &Table,
    component: &mut Component,
) -> Result<Solutions, ProofError> {
    if component.conditions.is_empty() && component.wishes.is_empty() && component.dimensions.len() == 1 {
        return Ok(choose::in_order(&component.dimensions[0]));
    }
    trim(&mut component.dimensions);
    let lengths: Vec<usize> = component.dimensions.iter().map(|it| it.options.len()).collect();
    let (tries, are_all) = combinations::first(&lengths, MOST_TRIED);
    if tries.is_empty() {
        return Ok(Solutions::default());
    }
    let mut candidates = tried(transaction, table, component, &tries)?;
    if !are_all {
        candidates.extend(climb::climb(transaction, table, component, &candidates)?);
        let centers = choose::centers(component, &candidates, MOST_CENTERS);
        let around = combinations::around(&centers, &lengths);
        candidates.extend(tried(transaction, table, component, &around)?);
    }
    Ok(choose::covering(component, &candidates))
}

/// How many options can be left out: those behind the last notable one, but for a few.
fn slack(it: &Dimension) -> usize {
    let notable = it.notable.iter().rposition(|it| *it).map_or(0, |at| at + 1);
    it.options.len().saturating_sub(notable.max(LEAST_OPTIONS))
}

/// Where rows need not differ, a few plain options are as good as many.
fn shorten(it: &mut Dimension) {
    if !it.varied {
        let length = it.options.len() - slack(it).saturating_sub(PLAIN_OPTIONS);
        it.options.truncate(length);
        it.notable.truncate(length);
    }
}

/// Leaves out options from the end of the longest lists, until all combinations can be tried.
fn trim(dimensions: &mut [Dimension]) {
    if dimensions.len() > 1 {
        dimensions.iter_mut().for_each(shorten);
    }
    let count = |dimensions: &[Dimension]| {
        dimensions.iter().try_fold(1_usize, |all, it| all.checked_mul(it.options.len())).unwrap_or(usize::MAX)
    };
    while count(dimensions) > MOST_TRIED {
        let Some(longest) = dimensions.iter_mut().filter(|it| slack(it) > 0).max_by_key(|it| it.options.len()) else {
            return;
        };
        let length = longest.options.len() - slack(longest).div_ceil(4);
        longest.options.truncate(length);
        longest.notable.truncate(length);
    }
}

/// Those of some combinations that the conditions of a component accept, and which wishes they fulfil.
pub(super) fn tried(
    transaction: &mut Transaction,
    table: &Table,
    component: &Component,
    tries: &[Vec<usize>],
) -> Result<Vec<Candidate>, ProofError> {
    let query = query(table, component);
    let texts: Vec<String> = tries.iter().map(|options| combinations::text(options)).collect();
    let mut attempt = transaction.transaction().map_err(session::refused)?;
    let found = match attempt.query(&query, &[&texts]) {
        Ok(found) => found,
        Err(_) => {
            attempt.rollback().map_err(session::refused)?;
            let each = "SELECT number, bits FROM pg_temp.tablewright_each($1, $2)";
            transaction
                .query(each, &[&query, &&texts[..texts.len().min(MOST_TRIED_ALONE)]])
                .map_err(session::refused)?
        }
    };
    let candidate = |row: &postgres::Row| {
        let bits: String = row.get(1);
        // Numbers count from 1.
        let options = tries.get(usize::try_from(row.get::<_, i64>(0)).ok()?.checked_sub(1)?)?.clone();
        Some(Candidate { options, wishes: bits.bytes().map(|bit| bit == b't').collect() })
    };
    Ok(found.iter().filter_map(candidate).collect())
}

/// The numbers of the tries that are accepted, and which wishes each of them fulfils.
fn query(table: &Table, component: &Component) -> String {
    let dimensions = component.dimensions.iter().enumerate();
    let columns: Vec<String> = dimensions.flat_map(|(at, it)| columns(table, it, at)).collect();
    let generated: Vec<String> = component.generated.iter().map(|at| generated(table, *at)).collect();
    let generated = match generated.join(", ") {
        none if none.is_empty() => String::new(),
        list => format!(", LATERAL (SELECT {list} OFFSET 0) AS {GENERATED}"),
    };
    let wishes: Vec<String> =
        component.wishes.iter().map(|wish| format!("CASE WHEN {} THEN 't' ELSE 'f' END", wish.sql)).collect();
    let conditions: Vec<String> = component.conditions.iter().map(|it| format!("({it}) IS NOT FALSE")).collect();
    format!(
        "SELECT tablewright_number, concat({}) FROM (SELECT number AS tablewright_number, {} \
         FROM (SELECT number, text::integer[] AS options FROM unnest($1::text[]) WITH ORDINALITY AS tries(text, number) \
         OFFSET 0) AS tries OFFSET 0) AS {ROW}{generated} WHERE {} ORDER BY 1",
        if wishes.is_empty() { "''".to_owned() } else { wishes.join(", ") },
        columns.join(", "),
        if conditions.is_empty() { "true".to_owned() } else { conditions.join(" AND ") }
    )
}

fn columns(table: &Table, dimension: &Dimension, place: usize) -> Vec<String> {
    let column = |(at, of_table): (usize, &usize)| {
        let column = table.column(*of_table);
        let values: Vec<String> = dimension.options.iter().map(|option| literal(&option[at])).collect();
        let name = sql::ident(&column.name);
        format!("((ARRAY[{}]::text[])[1 + options[{}]])::{} AS {name}", values.join(", "), place + 1, column.sql)
    };
    dimension.columns.iter().enumerate().map(column).collect()
}

fn generated(table: &Table, at: usize) -> String {
    let column = table.column(at);
    let expression = column.generated.as_deref().unwrap_or("NULL");
    format!("({expression})::{} AS {}", column.sql, sql::ident(&column.name))
}

/// A value as it stands in a statement, which gives it its type by where it stands.
pub(super) fn literal(value: &Option<String>) -> String {
    value.as_ref().map_or_else(|| "NULL".to_owned(), |value| sql::literal(value))
}
