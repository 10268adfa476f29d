//! The compatibility window, tried: the statements of the version before run on the schema after, and the other way round.
//!
//! While a version is rolled out, both run. Which of the two may come first, the database or the code, is decided here
//! by what PostgreSQL says, and not by a list of rules.

use std::collections::{BTreeMap, BTreeSet};

use postgres::Client;
use postgres::error::SqlState;

use super::ground::{Ground, read};
use super::{Subject, Way};
use crate::emit::proof::{Deploy, StatementRefused};
use crate::kinds::{Column, Kind, Object, Term};
use crate::model::{Id, Schema};
use crate::prove::rows::{Sample, fill, sample};
use crate::prove::{self, ProofError};
use crate::scratch::Server;
use crate::sql::{self, Style};

/// A statement of one version.
struct Spoken {
    what: String,
    sql: String,
}

/// Tries both versions on both schemas. Nothing, if the way up does not lead anywhere.
///
/// # Errors
/// When the server is gone.
pub fn tried(server: &Server, ground: &Ground, subject: &Subject, way: &Way) -> Result<Option<Deploy>, ProofError> {
    let (old, new) = (ground.copy(server)?, ground.copy(server)?);
    let (mut old, mut new) = (old.connect().map(|client| (old, client))?, new.connect().map(|client| (new, client))?);
    if prove::refused(&mut new.1, "up", &way.up).is_some() {
        return Ok(None);
    }
    let after = read(&mut new.1)?;
    // Tables that are new have no rows yet, and others may refer to them.
    fill(&mut new.1, &after, 2)?;
    let (known_before, known_after) = match &subject.versions {
        Some((before, after)) => (built(server, before)?, built(server, after)?),
        None => (ground.before.clone(), after),
    };
    let touched = touched(&known_before, &known_after);
    let mut of_old = spoken(&mut old.1, &known_before, &touched)?;
    of_old.extend(own(&subject.statements_before));
    let mut of_new = spoken(&mut new.1, &known_after, &touched)?;
    of_new.extend(own(&subject.statements_after));
    // What a version can't do on its own schema tells nothing about the other.
    of_old.retain(|it| refusal(&mut old.1, &it.sql).is_none());
    of_new.retain(|it| refusal(&mut new.1, &it.sql).is_none());
    let counts = [of_old.len(), of_new.len()];
    Ok(Some(verdict(counts, refused(&mut new.1, of_old), refused(&mut old.1, of_new))))
}

/// The schema of a version as its code meets it.
fn built(server: &Server, schema: &Schema) -> Result<Schema, ProofError> {
    prove::built(server, schema).map_err(|refused| refused.error)
}

fn verdict(tried: [usize; 2], old_on_new: Vec<StatementRefused>, new_on_old: Vec<StatementRefused>) -> Deploy {
    let (verdict, meaning) = match (old_on_new.is_empty(), new_on_old.is_empty()) {
        (true, true) => ("either order", "each version works on both schemas"),
        (true, false) => {
            ("database first", "the version before works on both schemas, the version after needs the new one")
        }
        (false, true) => {
            ("code first", "the version after works on both schemas, the version before needs the old one")
        }
        (false, false) => (
            "two steps",
            "neither version works on the other's schema; stop what writes while both change, or split the migration so that the schema in between serves both",
        ),
    };
    Deploy { verdict: verdict.to_owned(), meaning: meaning.to_owned(), tried, old_on_new, new_on_old }
}

fn refused(client: &mut Client, statements: Vec<Spoken>) -> Vec<StatementRefused> {
    let tried = statements.into_iter().map(|it| (refusal(client, &it.sql), it.what));
    tried.filter_map(|(reason, statement)| Some(StatementRefused { statement, reason: reason? })).collect()
}

/// Why the server refuses a statement because of the schema. Nothing is left of the statement.
fn refusal(client: &mut Client, sql: &str) -> Option<String> {
    let mut transaction = client.transaction().ok()?;
    let error = transaction.batch_execute(sql).err()?;
    let answer = error.as_db_error()?;
    // Rows that are there, or are not, stand in the way of this row; another would do.
    let of_rows = [SqlState::UNIQUE_VIOLATION, SqlState::FOREIGN_KEY_VIOLATION, SqlState::EXCLUSION_VIOLATION];
    (!of_rows.contains(answer.code())).then(|| answer.message().to_owned())
}

/// The tables that differ from one schema to the other, or a part of them does.
fn touched(before: &Schema, after: &Schema) -> BTreeSet<Id> {
    let roots = crate::diff::diff(before, after).into_iter().flat_map(|change| {
        let id = change.id();
        [before.root(&id), after.root(&id)]
    });
    roots.filter(|id| id.kind == Kind::Table).collect()
}

/// The statements that came with the project, as they are.
fn own(statements: &BTreeMap<String, String>) -> impl Iterator<Item = Spoken> {
    let spoken = |(name, text): (&String, &String)| {
        // Only what it names is asked for: its parameters are left to PostgreSQL.
        Spoken {
            what: name.clone(),
            sql: format!("DEALLOCATE ALL; PREPARE tablewright_tried AS {}", text.trim().trim_end_matches(';')),
        }
    };
    statements.iter().map(spoken).collect::<Vec<_>>().into_iter()
}

/// What a version that uses all of its tables says to them.
fn spoken(client: &mut Client, schema: &Schema, tables: &BTreeSet<Id>) -> Result<Vec<Spoken>, ProofError> {
    let mut statements = Vec::new();
    for table in tables.iter().filter(|table| schema.contains(table)) {
        let columns = columns(schema, table);
        statements.push(select(table, &columns));
        if let Ok(row) = sample(client, schema, table)? {
            statements.extend(writes(schema, table, &columns, &row));
        }
    }
    Ok(statements)
}

fn columns<'a>(schema: &'a Schema, table: &Id) -> Vec<&'a Column> {
    let columns = schema.below(&Id::new(Kind::Column, table.path.iter()));
    let mut columns: Vec<&Column> = columns
        .filter_map(|(_, object)| match object.as_ref() {
            Object::Column(column) => Some(column.as_ref()),
            _ => None,
        })
        .collect();
    columns.sort_by_key(|column| column.position);
    columns
}

fn name_of(table: &Id) -> String {
    Style::default().name(&table.path[0], &table.path[1])
}

fn select(table: &Id, columns: &[&Column]) -> Spoken {
    let names: Vec<String> = columns.iter().map(|column| sql::ident(&column.name)).collect();
    Spoken {
        what: format!("select of every column of {}", table.dotted()),
        sql: format!("SELECT {} FROM {} LIMIT 1", names.join(", "), name_of(table)),
    }
}

fn writes(schema: &Schema, table: &Id, columns: &[&Column], row: &Sample) -> Vec<Spoken> {
    let value = |column: &Column| {
        let (_, value) = row.iter().find(|(name, _)| *name == column.name)?;
        let literal = value.as_deref().map_or_else(|| "NULL".to_owned(), sql::literal);
        Some((sql::ident(&column.name), format!("{literal}::{}", column.ty.sql(&Style::default()))))
    };
    let settable = |column: &&&Column| {
        column.generated.is_none() && column.identity.as_ref().is_none_or(|identity| !identity.always)
    };
    let is_required = |column: &&&Column| column.not_null && column.default.is_none() && column.identity.is_none();
    let all: Vec<(String, String)> = columns.iter().filter(settable).filter_map(|it| value(it)).collect();
    let required: Vec<(String, String)> =
        columns.iter().filter(settable).filter(is_required).filter_map(|it| value(it)).collect();
    if all.is_empty() {
        return Vec::new();
    }
    let name = table.dotted();
    let insert = |values: &[(String, String)]| {
        let (names, values): (Vec<&str>, Vec<&str>) =
            values.iter().map(|(name, value)| (name.as_str(), value.as_str())).unzip();
        format!("INSERT INTO {} ({}) VALUES ({})", name_of(table), names.join(", "), values.join(", "))
    };
    let mut statements = vec![Spoken { what: format!("insert of {name} with every column"), sql: insert(&all) }];
    if !required.is_empty() && required.len() < all.len() {
        let what = format!("insert of {name} with the required columns");
        statements.push(Spoken { what, sql: insert(&required) });
    }
    let set: Vec<String> = all.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    statements.push(Spoken {
        what: format!("update of every column of {name}"),
        sql: format!("UPDATE {} SET {} WHERE false", name_of(table), set.join(", ")),
    });
    for key in keys(schema, table) {
        let taken: Vec<String> = all.iter().map(|(name, _)| format!("{name} = EXCLUDED.{name}")).collect();
        statements.push(Spoken {
            what: format!("upsert of {name} by ({key})"),
            sql: format!("{} ON CONFLICT ({key}) DO UPDATE SET {}", insert(&all), taken.join(", ")),
        });
    }
    statements
}

/// The conflict targets of a table: its keys that are checked at once, and its unique indexes of all rows.
fn keys(schema: &Schema, table: &Id) -> Vec<String> {
    let constraints = [Kind::PrimaryKey, Kind::Unique].into_iter();
    let constraints = constraints.flat_map(|kind| schema.below(&Id::new(kind, table.path.iter())));
    let constraints = constraints.filter_map(|(_, object)| match object.as_ref() {
        Object::PrimaryKey(key) if key.deferrable.is_not() && !key.without_overlaps => Some(sql::idents(&key.columns)),
        Object::Unique(key) if key.deferrable.is_not() && !key.without_overlaps => Some(sql::idents(&key.columns)),
        _ => None,
    });
    let indexes = schema.iter().filter_map(|(_, object)| match object.as_ref() {
        Object::Index(index)
            if index.unique
                && index.predicate.is_none()
                && [&index.schema, &index.table] == [&table.path[0], &table.path[1]] =>
        {
            let part = |term: &Term| match term {
                Term::Column(name) => sql::ident(name),
                Term::Expression(text) => format!("({text})"),
            };
            Some(index.key.iter().map(|it| part(&it.term)).collect::<Vec<_>>().join(", "))
        }
        _ => None,
    });
    let all: BTreeSet<String> = constraints.chain(indexes).collect();
    all.into_iter().collect()
}
