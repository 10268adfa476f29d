//! Puts rows into one table: together if all of them go in, else one by one, and then once more with other values.

use std::collections::BTreeSet;

use postgres::Transaction;

use super::super::ProofError;
use super::choose::{MOST_ROWS, Solutions, Values};
use super::component::Component;
use super::session::{self, Outcome};
use super::solve::literal;
use super::table::Table;
use crate::sql::{self, Style};

/// A component with what it is given.
pub(super) type Solved = (Component, Solutions);

/// Which solution of each component a row has.
pub(super) type Row = Vec<usize>;

/// How often what did not go in is tried again with other values.
const ROUNDS: usize = 3;

/// What became of the rows of a table.
#[derive(Debug, Default)]
pub(super) struct Inserted {
    pub rows: usize,
    /// The first message of the server.
    pub refused: Option<String>,
    /// A row was accepted and is not there: a trigger or a rule has taken it.
    pub taken: bool,
    /// The first row that went in.
    pub good: Option<Row>,
}

/// Puts at least `wanted` rows in, and as many as it takes to show everything.
pub(super) fn insert(
    transaction: &mut Transaction,
    table: &Table,
    solved: &[Solved],
    wanted: usize,
) -> Result<Inserted, ProofError> {
    let mut done = Inserted::default();
    let enough = solved.iter().map(|(_, it)| it.enough).max().unwrap_or(1);
    let rows: Vec<Row> = (0..enough.max(wanted).min(MOST_ROWS)).map(|at| diagonal(solved, at)).collect();
    if together(transaction, table, solved, &rows)? {
        done.rows = rows.len();
    } else {
        let mut shown = BTreeSet::new();
        one_by_one(transaction, table, solved, &rows, &mut shown, &mut done)?;
        let mixed: Vec<Row> = (0..MOST_ROWS / 4).map(|at| mixed(solved, at)).collect();
        for some in mixed.chunks(wanted.max(1)) {
            if done.good.is_some() {
                break;
            }
            one_by_one(transaction, table, solved, some, &mut shown, &mut done)?;
        }
        for round in 0..ROUNDS {
            let again = again(solved, &shown, &done, rows.len() * (round + 1));
            one_by_one(transaction, table, solved, &again, &mut shown, &mut done)?;
        }
        for one in changed_in_one(solved, &done) {
            if done.rows >= wanted {
                break;
            }
            one_by_one(transaction, table, solved, &[one], &mut shown, &mut done)?;
        }
    }
    let defaults = by_default(table, solved, &diagonal(solved, rows.len()));
    let outcomes = session::attempt(transaction, &defaults.into_iter().collect::<Vec<_>>())?;
    done.rows += outcomes.iter().filter(|it| matches!(it, Outcome::Rows(1..))).count();
    Ok(done)
}

/// The statements that each put one row in, for whoever needs only one.
pub(super) fn singles(table: &Table, solved: &[Solved]) -> Vec<(String, Values)> {
    // The plainest values may be there already; the others come in turn.
    let longest = solved.iter().map(|(_, it)| it.values.len()).max().unwrap_or(1);
    let rows = (0..longest).map(|at| diagonal(solved, at)).chain((0..longest).map(|at| mixed(solved, at)));
    rows.map(|row| (statement(table, &[values(solved, &row)], ""), values(solved, &row))).collect()
}

/// Each component in its own order.
fn diagonal(solved: &[Solved], at: usize) -> Row {
    solved.iter().map(|(_, it)| at % it.values.len().max(1)).collect()
}

/// Each component at its own pace.
fn mixed(solved: &[Solved], at: usize) -> Row {
    solved.iter().enumerate().map(|(place, (_, it))| at * (2 * place + 1) % it.values.len().max(1)).collect()
}

fn together(transaction: &mut Transaction, table: &Table, solved: &[Solved], rows: &[Row]) -> Result<bool, ProofError> {
    let values: Vec<_> = rows.iter().map(|row| values(solved, row)).collect();
    let mut attempt = transaction.transaction().map_err(session::refused)?;
    let text = statement(table, &values, " ON CONFLICT DO NOTHING");
    let outcomes = session::attempt(&mut attempt, &[text])?;
    let all = outcomes == [Outcome::Rows(rows.len())];
    if all { attempt.commit() } else { attempt.rollback() }.map_err(session::refused)?;
    Ok(all)
}

fn one_by_one(
    transaction: &mut Transaction,
    table: &Table,
    solved: &[Solved],
    rows: &[Row],
    shown: &mut BTreeSet<(usize, usize)>,
    done: &mut Inserted,
) -> Result<(), ProofError> {
    let texts: Vec<String> = rows.iter().map(|row| statement(table, &[values(solved, row)], "")).collect();
    for (row, outcome) in rows.iter().zip(session::attempt(transaction, &texts)?) {
        match outcome {
            Outcome::Rows(0) => done.taken = true,
            Outcome::Rows(_) => {
                done.rows += 1;
                done.good.get_or_insert_with(|| row.clone());
                shown.extend(row.iter().copied().enumerate());
            }
            Outcome::Refused(message) => {
                done.refused.get_or_insert(message);
            }
        }
    }
    Ok(())
}

/// For each solution that no row shows one row: the others as in the row that went in, but other than before where two
/// rows must differ.
fn again(solved: &[Solved], shown: &BTreeSet<(usize, usize)>, done: &Inserted, from: usize) -> Vec<Row> {
    let good = |at: usize| done.good.as_ref().map_or(0, |row| row[at]);
    let open =
        solved.iter().enumerate().flat_map(|(at, (_, it))| (0..it.enough.min(it.values.len())).map(move |n| (at, n)));
    let open = open.filter(|it| !shown.contains(it)).take(MOST_ROWS / 4).enumerate();
    let row = |(turn, (own, solution)): (usize, (usize, usize))| {
        let of = |(at, (component, it)): (usize, &Solved)| match at {
            at if at == own => solution,
            _ if component.varied => (from + turn) % it.values.len().max(1),
            _ => good(at),
        };
        solved.iter().enumerate().map(of).collect()
    };
    open.map(row).collect()
}

/// The row that went in with another solution of one component in which rows must differ.
fn changed_in_one(solved: &[Solved], done: &Inserted) -> Vec<Row> {
    let Some(good) = &done.good else { return Vec::new() };
    let varied = solved.iter().enumerate().filter(|(_, (component, _))| component.varied);
    let other = |(at, (_, it)): (usize, &Solved)| {
        let other = move |solution: usize| {
            let mut row = good.clone();
            row[at] = solution;
            row
        };
        (0..it.values.len().min(MOST_ROWS / 4)).map(other).collect::<Vec<_>>()
    };
    varied.flat_map(other).collect()
}

fn values(solved: &[Solved], row: &Row) -> Values {
    let of = |((_, it), at): (&Solved, &usize)| it.values.get(*at).cloned().unwrap_or_default();
    let mut values: Values = solved.iter().zip(row).flat_map(of).collect();
    values.sort();
    values
}

/// A row in which all defaults have their turn; none, if there are no defaults. What others refer to keeps its value,
/// since they could not be told what it is.
fn by_default(table: &Table, solved: &[Solved], row: &Row) -> Option<String> {
    let mut values = values(solved, row);
    let before = values.len();
    let has_turn =
        |at: usize| table.column(at).default.is_some() && (!table.referenced.contains(&at) || is_constant(table, at));
    values.retain(|(at, _)| !has_turn(*at));
    (values.len() < before).then(|| statement(table, &[values], ""))
}

fn is_constant(table: &Table, at: usize) -> bool {
    let default = table.column(at).default.as_deref().unwrap_or_default();
    let names = crate::expression::names(default);
    names.functions.is_empty() && names.columns.is_empty()
}

fn statement(table: &Table, rows: &[Values], end: &str) -> String {
    let name = Style::default().name(&table.relation.schema, &table.relation.name);
    let columns: Vec<usize> = rows.first().map(|row| row.iter().map(|(at, _)| *at).collect()).unwrap_or_default();
    if columns.is_empty() {
        return format!("INSERT INTO {name} DEFAULT VALUES{end}");
    }
    let over = if columns.iter().any(|at| table.column(*at).always) { " OVERRIDING SYSTEM VALUE" } else { "" };
    let names: Vec<&str> = columns.iter().map(|at| table.column(*at).name.as_str()).collect();
    let row =
        |row: &Values| format!("({})", row.iter().map(|(_, value)| literal(value)).collect::<Vec<_>>().join(", "));
    let rows: Vec<String> = rows.iter().map(row).collect();
    format!("INSERT INTO {name} ({}){over} VALUES {}{end}", sql::idents(&names), rows.join(", "))
}
