//! Which combinations of values the conditions of a component accept: PostgreSQL tries them.

use postgres::Transaction;

use super::super::ProofError;
use super::choose::{self, Candidate, Solutions};
use super::component::{Component, Dimension, GENERATED, ROW};
use super::session;
use super::table::Table;
use crate::sql;

/// How many combinations are tried; all, if there are no more.
const MOST_TRIED: usize = 20_000;
/// How many, where an expression fails on some of them and each has to be tried alone.
const MOST_TRIED_ALONE: usize = 2_000;
/// Options that each dimension keeps when there are too many combinations, besides the notable ones.
const LEAST_OPTIONS: usize = 2;
/// A prime, so that sampled combinations differ in all dimensions.
const PRIME: usize = 2_147_483_647;

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
    let combinations = Combinations::new(&component.dimensions);
    if combinations.count == 0 {
        return Ok(Solutions::default());
    }
    let candidates = tried(transaction, table, component, &combinations)?;
    Ok(choose::covering(component, &combinations, &candidates))
}

/// How a number names a combination.
pub(super) struct Combinations {
    lengths: Vec<usize>,
    count: usize,
    is_sample: bool,
}

impl Combinations {
    fn new(dimensions: &[Dimension]) -> Self {
        let lengths: Vec<usize> = dimensions.iter().map(|it| it.options.len()).collect();
        let all = lengths.iter().try_fold(1_usize, |all, length| all.checked_mul(*length));
        let is_sample = all.is_none_or(|all| all > MOST_TRIED);
        Self { lengths, count: all.unwrap_or(MOST_TRIED).min(MOST_TRIED), is_sample }
    }

    /// Which option of a dimension it is.
    pub fn option(&self, number: usize, dimension: usize) -> usize {
        let (step, factor) = self.arithmetic(dimension);
        number * factor % PRIME / step % self.lengths[dimension]
    }

    /// The same in SQL.
    fn option_sql(&self, dimension: usize) -> String {
        let (step, factor) = self.arithmetic(dimension);
        format!("(number * {factor} % {PRIME} / {step} % {})::integer", self.lengths[dimension])
    }

    /// What the number is divided by, and multiplied with.
    fn arithmetic(&self, dimension: usize) -> (usize, usize) {
        if self.is_sample {
            return (1, 48_271 + 7_919 * 104_729 * (dimension + 1) % 65_521);
        }
        (self.lengths[..dimension].iter().product(), 1)
    }
}

/// Leaves out options from the end of the longest lists, until all combinations can be tried.
fn trim(dimensions: &mut [Dimension]) {
    let count = |dimensions: &[Dimension]| {
        dimensions.iter().try_fold(1_usize, |all, it| all.checked_mul(it.options.len())).unwrap_or(usize::MAX)
    };
    let slack = |it: &Dimension| it.options.len().saturating_sub(it.notable.iter().rposition(|it| *it).map_or(0, |at| at + 1).max(LEAST_OPTIONS));
    while count(dimensions) > MOST_TRIED {
        let Some(longest) = dimensions.iter_mut().filter(|it| slack(it) > 0).max_by_key(|it| it.options.len()) else { return };
        let length = longest.options.len() - slack(longest).div_ceil(4);
        longest.options.truncate(length);
        longest.notable.truncate(length);
    }
}

fn tried(
    transaction: &mut Transaction,
    table: &Table,
    component: &Component,
    combinations: &Combinations,
) -> Result<Vec<Candidate>, ProofError> {
    let query = query(table, component, combinations);
    let last = i64::try_from(combinations.count - 1).unwrap_or(i64::MAX);
    let mut attempt = transaction.transaction().map_err(session::refused)?;
    let found = match attempt.query(&query, &[&0_i64, &last]) {
        Ok(found) => found,
        Err(_) => {
            attempt.rollback().map_err(session::refused)?;
            let last = last.min(MOST_TRIED_ALONE as i64);
            let each = "SELECT number, bits FROM pg_temp.tablewright_each($1, $2)";
            transaction.query(each, &[&query, &last]).map_err(session::refused)?
        }
    };
    Ok(found.iter().map(candidate).collect())
}

fn candidate(row: &postgres::Row) -> Candidate {
    let bits: String = row.get(1);
    Candidate {
        number: usize::try_from(row.get::<_, i64>(0)).unwrap_or_default(),
        wishes: bits.bytes().map(|bit| bit == b't').collect(),
    }
}

/// The numbers between two that are accepted, and which wishes each of them fulfils.
fn query(table: &Table, component: &Component, combinations: &Combinations) -> String {
    let dimensions = component.dimensions.iter().enumerate();
    let columns: Vec<String> =
        dimensions.flat_map(|(at, it)| columns(table, it, &combinations.option_sql(at))).collect();
    let generated: Vec<String> = component.generated.iter().map(|at| generated(table, *at)).collect();
    let generated = match generated.join(", ") {
        none if none.is_empty() => String::new(),
        list => format!(", LATERAL (SELECT {list} OFFSET 0) AS {GENERATED}"),
    };
    let wishes: Vec<String> =
        component.wishes.iter().map(|wish| format!("CASE WHEN {wish} THEN 't' ELSE 'f' END")).collect();
    let conditions: Vec<String> = component.conditions.iter().map(|it| format!("({it}) IS NOT FALSE")).collect();
    format!(
        "SELECT tablewright_number, concat({}) FROM (SELECT number AS tablewright_number, {} \
         FROM generate_series($1::bigint, $2::bigint) AS series(number) OFFSET 0) AS {ROW}{generated} \
         WHERE {}",
        if wishes.is_empty() { "''".to_owned() } else { wishes.join(", ") },
        columns.join(", "),
        if conditions.is_empty() { "true".to_owned() } else { conditions.join(" AND ") }
    )
}

fn columns(table: &Table, dimension: &Dimension, option: &str) -> Vec<String> {
    let column = |(at, place): (usize, &usize)| {
        let column = table.column(*place);
        let values: Vec<String> = dimension.options.iter().map(|option| literal(&option[at])).collect();
        let name = sql::ident(&column.name);
        format!("((ARRAY[{}]::text[])[1 + {option}])::{} AS {name}", values.join(", "), column.sql)
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
