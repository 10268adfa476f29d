//! Rows that both schemas accept: what the schema after asks of the columns that are there before is asked of the rows
//! already while they are put in.

use std::sync::Arc;

use postgres::Client;

use crate::kinds::{Alteration, Check, Column, Context, Kind, Object, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::prove::rows::{Filled, fill};
use crate::prove::{self, ProofError, Stage};
use crate::sql::{self, Style};

/// Fills a database that is as before with rows that the way up accepts, and leaves nothing else behind.
///
/// # Errors
/// When the server is gone.
pub fn fill_for_both(
    client: &mut Client,
    before: &Schema,
    after: &Schema,
    renames: &[Renaming],
    wanted: usize,
) -> Result<Filled, ProofError> {
    let after = renames.iter().rev().fold(after.clone(), |schema, rename| {
        let back = Renaming { from: rename.target(), to: rename.from.name().to_owned() };
        schema.renamed(&back).unwrap_or(schema)
    });
    let asked = asked(before, &after);
    let mut taken = Vec::new();
    // What watches schema changes has nothing to do with these, and could refuse them.
    let session = |role: &str| format!("SET session_replication_role = {role};\n");
    prove::run(client, Stage::Seed, &session("replica"))?;
    for (ask, take_back) in asked {
        // What can't be asked of the schema before, such as a key over a column that is not there, is left out.
        if client.batch_execute(&ask).is_ok() {
            taken.push(take_back);
        }
    }
    let tight = super::ground::read(client)?;
    prove::run(client, Stage::Seed, &session("DEFAULT"))?;
    let filled = fill(client, &tight, wanted)?;
    taken.reverse();
    prove::run(client, Stage::Seed, &(session("replica") + &taken.concat() + &session("DEFAULT")))?;
    Ok(filled)
}

/// What the schema after asks more than the one before, each with what takes it back.
fn asked(before: &Schema, after: &Schema) -> Vec<(String, String)> {
    let mut asked = Vec::new();
    for (number, (id, object)) in after.iter().enumerate() {
        let then = before.get(id);
        match object.as_ref() {
            Object::Column(now) => {
                if let Some(Object::Column(then)) = then.map(AsRef::as_ref).filter(|it| is_own(it)) {
                    asked.extend(of_column(then, now, after));
                }
            }
            Object::PrimaryKey(_)
            | Object::Unique(_)
            | Object::Check(_)
            | Object::Exclusion(_)
            | Object::ForeignKey(_) => asked.extend(of_part(before, then, object, number)),
            Object::Index(index) if index.unique => asked.extend(of_part(before, then, object, number)),
            _ => {}
        }
    }
    asked
}

/// Whether a column is its table's own, and not what a parent hands on.
fn is_own(object: &Object) -> bool {
    matches!(object, Object::Column(column) if column.lineage.is_none())
}

/// A constraint or unique index that comes or changes, if its table is there. It gets a name of its own, since one that is
/// there may have that name.
fn of_part(before: &Schema, then: Option<&Arc<Object>>, now: &Object, number: usize) -> Option<(String, String)> {
    if then.is_some_and(|then| then.same(now)) {
        return None;
    }
    before.get(&table_of(now)?)?;
    let asked = now.renamed(&Renaming { from: now.id(), to: format!("tablewright_asked_{number}") });
    let style = Style::default();
    Some((sql(asked.create(&style)), sql(Object::drop(&asked, &style))))
}

fn table_of(object: &Object) -> Option<Id> {
    let id = object.id();
    match object {
        Object::Index(index) => Some(Id::new(Kind::Table, [&index.schema, &index.table])),
        _ => id.path.get(..2).map(|path| Id::new(Kind::Table, path)),
    }
}

/// NOT NULL, and values that fit the type that comes.
fn of_column(then: &Column, now: &Column, after: &Schema) -> Vec<(String, String)> {
    let (style, mut asked) = (Style::default(), Vec::new());
    if now.not_null && !then.not_null {
        let schema = Schema::default();
        let context = Context { style: &style, from: &schema, to: &schema };
        let required = Object::from(Column { not_null: true, not_null_constraint: None, ..then.clone() });
        let then = Object::from(then.clone());
        let way = |from: &Object, to: &Object| match Object::alter(&context, from, to) {
            Alteration::InPlace(statements) => sql(statements),
            _ => String::new(),
        };
        asked.push((way(&then, &required), way(&required, &then)));
    }
    let labels = labels(now, after);
    if then.ty != now.ty || labels.is_some() {
        let check = Object::from(fits(then, now, labels));
        asked.push((sql(check.create(&style)), sql(Object::drop(&check, &style))));
    }
    asked
}

/// That each value fits the type that comes.
fn fits(then: &Column, now: &Column, labels: Option<Vec<String>>) -> Check {
    let name = sql::ident(&then.name);
    let expression = match labels {
        Some(labels) => format!("{name} IS NULL OR {name}::text IN ({})", labels.join(", ")),
        // A value that does not fit raises an error, which refuses the row as well.
        None => format!("{name} IS NULL OR ({name}::text::{}) IS NOT NULL", now.ty.sql(&Style::default())),
    };
    Check {
        schema: then.schema.clone(),
        table: then.table.clone(),
        relation: then.relation,
        name: format!("tablewright_fits_{}", then.position),
        expression,
        not_valid: false,
        not_enforced: false,
        no_inherit: false,
        lineage: None,
    }
}

fn sql(statements: Vec<Statement>) -> String {
    statements.into_iter().map(|statement| format!("{};\n", statement.sql)).collect()
}

/// The labels of the enum that a column is of, as literals.
fn labels(column: &Column, schema: &Schema) -> Option<Vec<String>> {
    let of = column.ty.needs().into_iter().find_map(|id| match schema.get(&id).map(AsRef::as_ref) {
        Some(Object::Enumeration(it)) => Some(it.values.iter().map(|value| sql::literal(value)).collect()),
        _ => None,
    });
    of.filter(|_| column.ty.dimensions == 0)
}
