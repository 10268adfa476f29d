//! As many rows as another database has: those that are there already, again and again, with other values where two rows
//! must not be alike.

use std::collections::BTreeMap;

use postgres::{Client, Transaction};

use super::super::ProofError;
use super::session::{self, Outcome};
use super::table::{self, Table};
use super::world::{self, Column, World};
use super::{Grown, order};
use crate::model::{Id, Schema};
use crate::sql::{self, Style};

/// How many of the rows that a foreign key can lead to are taken in turn.
const MOST_REFERENCED: usize = 10_000;

/// How new rows differ from those that they are made of. What comes first is most like real rows; what comes last is
/// most often accepted.
#[derive(Clone, Copy)]
struct Likeness {
    /// They lead to all rows that foreign keys can lead to, in turn.
    spread: bool,
    /// Texts, numbers of the day and the like differ everywhere, so that no index of later finds two alike.
    all: bool,
    /// Texts are digests, and else begin with a number.
    digests: bool,
}

const LIKENESSES: [Likeness; 5] = [
    Likeness { spread: true, all: true, digests: false },
    Likeness { spread: true, all: false, digests: false },
    Likeness { spread: true, all: false, digests: true },
    Likeness { spread: false, all: false, digests: false },
    Likeness { spread: false, all: false, digests: true },
];

/// See [`super::grow`].
pub(super) fn grow(client: &mut Client, schema: &Schema, sizes: &BTreeMap<Id, usize>) -> Result<Grown, ProofError> {
    let world = world::read(client)?;
    session::with_functions(client, |client| {
        let tables = table::all(&world, schema);
        let mut grown = Grown::default();
        for at in order::order(&tables, |table| world.root(table)).into_iter().flatten() {
            let table = &tables[at];
            let Some(wanted) = sizes.get(&table.id) else { continue };
            let mut transaction = session::transaction(client)?;
            let rows = grow_table(&mut transaction, &world, table, *wanted)?;
            transaction.commit().map_err(session::refused)?;
            grown.tables.insert(table.id.clone(), (rows, *wanted));
        }
        Ok(grown)
    })
}

/// How many rows there are then.
fn grow_table(transaction: &mut Transaction, world: &World, table: &Table, wanted: usize) -> Result<usize, ProofError> {
    let mut rows = count(transaction, &name(table))?;
    if rows == 0 {
        return Ok(0);
    }
    let keys = keys(transaction, table)?;
    for likeness in LIKENESSES {
        if rows >= wanted {
            break;
        }
        let text = statement(world, table, likeness, &keys, (rows, wanted));
        if let [Outcome::Rows(more)] = session::attempt(transaction, &[text])?.as_slice() {
            rows += more;
        }
    }
    Ok(rows)
}

fn name(table: &Table) -> String {
    Style::default().name(&table.relation.schema, &table.relation.name)
}

fn count(transaction: &mut Transaction, from: &str) -> Result<usize, ProofError> {
    let row = transaction.query_one(&format!("SELECT count(*) FROM {from}"), &[]).map_err(session::refused)?;
    Ok(usize::try_from(row.get::<_, i64>(0)).unwrap_or_default())
}

/// For a column with a foreign key of its own to another table: the query of its values, and how many they are.
type Keys = BTreeMap<usize, (String, usize)>;

fn keys(transaction: &mut Transaction, table: &Table) -> Result<Keys, ProofError> {
    let mut keys = Keys::new();
    for reference in table.references.iter().filter(|it| !table.refers_to_itself(it)) {
        let ([own], [theirs]) = (reference.columns.as_slice(), reference.to_columns.as_slice()) else { continue };
        let (theirs, to) = (sql::ident(theirs), Style::default().name(&reference.to.schema, &reference.to.name));
        let query = format!(
            "SELECT DISTINCT {theirs} AS key FROM {to} WHERE {theirs} IS NOT NULL ORDER BY 1 LIMIT {MOST_REFERENCED}"
        );
        let found = count(transaction, &format!("({query}) AS found"))?;
        if found > 0 {
            keys.entry(*own).or_insert((format!("SELECT array_agg(key ORDER BY key) FROM ({query}) AS found"), found));
        }
    }
    Ok(keys)
}

fn statement(world: &World, table: &Table, likeness: Likeness, keys: &Keys, (rows, wanted): (usize, usize)) -> String {
    let (name, missing) = (name(table), wanted - rows);
    let (columns, values): (Vec<&str>, Vec<String>) = values(world, table, likeness, keys).into_iter().unzip();
    if columns.is_empty() {
        return format!("INSERT INTO {name} SELECT FROM generate_series(1, {missing})");
    }
    let over = if table.relation.columns.iter().any(|it| it.always) { " OVERRIDING SYSTEM VALUE" } else { "" };
    format!(
        "INSERT INTO {name} ({}){over} SELECT {} FROM (SELECT one, row_number() OVER () + {rows} - 1 AS number \
         FROM (SELECT one FROM {name} AS one LIMIT 100) AS few, generate_series(1, {missing}) LIMIT {missing}) AS old \
         ON CONFLICT DO NOTHING",
        sql::idents(&columns),
        values.join(", ")
    )
}

/// The columns that a new row is given values for, and the expressions of these.
fn values<'t>(world: &World, table: &'t Table, likeness: Likeness, keys: &Keys) -> Vec<(&'t str, String)> {
    let (mut values, mut pace) = (Vec::new(), 1_usize);
    for (at, column) in table.relation.columns.iter().enumerate() {
        if column.generated.is_some() || table.numbered.contains(&at) {
            continue;
        }
        let value = match keys.get(&at).filter(|_| likeness.spread) {
            Some((query, found)) => {
                let place = format!("1 + (old.number / {pace}) % {found}");
                pace = pace.saturating_mul(*found);
                Some(format!("(({query}))[{place}]"))
            }
            None if differs(world, table, at, likeness) => another(world, column, &name(table), likeness),
            None => None,
        };
        let old = format!("(old.one).{}", sql::ident(&column.name));
        let value = value.map(|value| format!("CASE WHEN {old} IS NOT NULL THEN {value} END"));
        values.push((column.name.as_str(), value.unwrap_or(old)));
    }
    values
}

/// Whether new rows hold something else in a column than those that they are made of.
fn differs(world: &World, table: &Table, at: usize, likeness: Likeness) -> bool {
    let is_conditioned = table.conditions.iter().any(|it| it.columns.contains(&at));
    let is_reference = table.references.iter().any(|it| it.columns.contains(&at));
    let could = likeness.all && !is_conditioned && !is_number(world, table.column(at));
    !is_reference && (table.varied.contains(&at) || could)
}

/// An expression with a value of its own in each row, if the type has so many.
fn another(world: &World, column: &Column, table: &str, likeness: Likeness) -> Option<String> {
    let (own, ty) = (sql::ident(&column.name), &column.sql);
    let most = format!("(SELECT max({own}) FROM {table})");
    let value = match base(world, column)?.as_str() {
        "int2" | "int4" | "int8" | "numeric" | "float4" | "float8" => format!("{most} + old.number"),
        "date" => format!("{most} + old.number::integer"),
        "timestamp" | "timestamptz" => format!("{most} + old.number * interval '1 second'"),
        "uuid" => format!("md5(old.number || (old.one).{own}::text)"),
        "text" | "varchar" | "bpchar" | "name" | "citext" if likeness.digests => {
            format!("md5(old.number || (old.one).{own}::text)")
        }
        "text" | "varchar" | "bpchar" | "name" | "citext" => format!("old.number || '-' || (old.one).{own}::text"),
        "bytea" => format!("decode(md5(old.number || (old.one).{own}::text), 'hex')"),
        _ => return None,
    };
    Some(format!("({value})::{ty}"))
}

fn is_number(world: &World, column: &Column) -> bool {
    base(world, column).is_some_and(|name| name.starts_with("int") || name.starts_with("float") || name == "numeric")
}

/// The name of the type that a column's type is made of.
fn base(world: &World, column: &Column) -> Option<String> {
    world.chain(column.ty).last().map(|ty| ty.name.clone())
}
