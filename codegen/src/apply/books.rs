//! Our own books in the database: what was applied, and how far a migration of several parts has come.
//!
//! `tablewright.applied_migrations` is the table that the runner of the root package keeps (decision 0068), unchanged, so that
//! both can be used on one database.

use std::collections::BTreeMap;

use postgres::{Client, Error};

use super::text::{File, Text};
use super::way::{Way, Work};

/// The schema that holds the books, and the tables in it.
const BOOKS: &str = "
    CREATE SCHEMA IF NOT EXISTS tablewright;
    CREATE TABLE IF NOT EXISTS tablewright.applied_migrations (
        number bigint PRIMARY KEY,
        name text NOT NULL,
        sha256 text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE TABLE IF NOT EXISTS tablewright.progress (
        number bigint NOT NULL,
        direction text NOT NULL CHECK (direction IN ('up', 'down')),
        part integer NOT NULL,
        sha256 text NOT NULL,
        state text NOT NULL CHECK (state IN ('started', 'done')),
        found text,
        statement text NOT NULL,
        noted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (number, direction, part)
    );
    CREATE TABLE IF NOT EXISTS tablewright.rollbacks (
        number bigint PRIMARY KEY,
        sql text NOT NULL,
        losses text[] NOT NULL
    );";

/// What was noted of an applied migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Its name then.
    pub name: String,
    /// The hash of its text then.
    pub sha256: String,
    /// When, as the server prints it.
    pub at: String,
}

/// What was noted of a part of a migration that is not finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The hash of its text then.
    pub sha256: String,
    /// Whether it is known to be done; otherwise it has begun.
    pub is_done: bool,
    /// What stood in the place of what it makes or removes, before it began.
    pub found: Option<String>,
    /// Its first words.
    pub statement: String,
}

/// All that our books say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books {
    /// What was applied, by number.
    pub applied: BTreeMap<u32, Noted>,
    /// Migrations that have begun and not ended: their parts by number from 1.
    pub unfinished: BTreeMap<(u32, Way), BTreeMap<usize, Step>>,
    /// The ways down of open migrations, as they were when those were applied.
    pub rollbacks: BTreeMap<u32, Kept>,
}

/// The way down of an open migration as it was when that was applied, kept since the file may change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Its text.
    pub sql: String,
    /// What it destroys, in words.
    pub losses: Vec<String>,
}

impl Kept {
    /// As a text among others.
    pub fn text(&self, stem: &str) -> Text {
        let path = format!("the rollback of {stem} in tablewright.rollbacks");
        let file = File { path, sql: self.sql.clone(), is_right: true };
        Text { files: vec![file], hash: String::new() }
    }
}

/// Makes the books where they are not there yet; they are looked for first, since making asks for rights that a role may lack.
pub fn open(client: &mut Client) -> Result<(), Error> {
    let there = "SELECT count(*) FROM unnest(ARRAY['applied_migrations', 'progress', 'rollbacks']) AS name
        WHERE to_regclass('tablewright.' || name) IS NOT NULL";
    if client.query_one(there, &[])?.try_get::<_, i64>(0)? == 3 {
        return Ok(());
    }
    let mut transaction = client.transaction()?;
    // What is there is said in a notice, which would alarm for nothing.
    transaction.batch_execute("SET LOCAL client_min_messages = warning")?;
    transaction.batch_execute(BOOKS)?;
    transaction.commit()
}

/// What the books say; books that are not there say nothing.
pub fn read(client: &mut Client) -> Result<Books, Error> {
    let mut books = Books::default();
    let there = |client: &mut Client, table: &str| -> Result<bool, Error> {
        client.query_one("SELECT to_regclass('tablewright.' || $1::text) IS NOT NULL", &[&table])?.try_get(0)
    };
    // A number that is not one of ours was not written by us, and can't be one of the project's.
    let number = |row: &postgres::Row| Ok::<_, Error>(u32::try_from(row.try_get::<_, i64>(0)?).ok());
    if there(client, "applied_migrations")? {
        let query = "SELECT number, name, sha256, applied_at::timestamptz(0)::text FROM tablewright.applied_migrations";
        for row in client.query(query, &[])? {
            let noted = Noted { name: row.try_get(1)?, sha256: row.try_get(2)?, at: row.try_get(3)? };
            books.applied.extend(number(&row)?.map(|number| (number, noted)));
        }
    }
    if there(client, "progress")? {
        let query = "SELECT number, direction, part, sha256, state, found, statement FROM tablewright.progress";
        for row in client.query(query, &[])? {
            let way = if row.try_get::<_, &str>(1)? == "up" { Way::Up } else { Way::Down };
            let part = usize::try_from(row.try_get::<_, i32>(2)?).unwrap_or_default();
            let is_done = row.try_get::<_, &str>(4)? == "done";
            let step = Step { sha256: row.try_get(3)?, is_done, found: row.try_get(5)?, statement: row.try_get(6)? };
            if let Some(number) = number(&row)? {
                books.unfinished.entry((number, way)).or_default().insert(part, step);
            }
        }
    }
    if there(client, "rollbacks")? {
        for row in client.query("SELECT number, sql, losses FROM tablewright.rollbacks", &[])? {
            let kept = Kept { sql: row.try_get(1)?, losses: row.try_get(2)? };
            books.rollbacks.extend(number(&row)?.map(|number| (number, kept)));
        }
    }
    Ok(books)
}

/// Notes that a part has begun, and what was found in its place.
pub fn begun(client: &mut Client, work: &Work, part: usize, step: &Step) -> Result<(), Error> {
    note(client, work, part, step)
}

/// Notes that a part is done.
pub fn done(client: &mut Client, work: &Work, part: usize, step: &Step) -> Result<(), Error> {
    note(client, work, part, &Step { is_done: true, ..step.clone() })
}

/// Takes back that a part has begun: it is known that nothing has come of it.
pub fn not_begun(client: &mut Client, work: &Work, part: usize) -> Result<(), Error> {
    let query = "DELETE FROM tablewright.progress WHERE number = $1 AND direction = $2 AND part = $3";
    client.execute(query, &[&i64::from(work.number), &work.way.name(), &part_number(part)]).map(drop)
}

fn note(client: &mut Client, work: &Work, part: usize, step: &Step) -> Result<(), Error> {
    let query = "INSERT INTO tablewright.progress AS p (number, direction, part, sha256, state, found, statement)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (number, direction, part) DO UPDATE
        SET sha256 = excluded.sha256, state = excluded.state, found = excluded.found, statement = excluded.statement,
            noted_at = clock_timestamp()";
    let state = if step.is_done { "done" } else { "started" };
    let number = i64::from(work.number);
    let values: [&(dyn postgres::types::ToSql + Sync); 7] =
        [&number, &work.way.name(), &part_number(part), &step.sha256, &state, &step.found, &step.statement];
    client.execute(query, &values).map(drop)
}

/// Notes that a migration is applied, or that it is no longer: its last part is done.
pub fn finish(client: &mut Client, work: &Work) -> Result<(), Error> {
    let number = i64::from(work.number);
    let apart = "DELETE FROM tablewright.progress WHERE number = $1 AND direction = $2";
    client.execute(apart, &[&number, &work.way.name()])?;
    client.execute("DELETE FROM tablewright.rollbacks WHERE number = $1", &[&number])?;
    match work.way {
        Way::Up => {
            adopt(client, work.number, &work.name, &work.text.hash)?;
            if let Some(kept) = &work.rollback {
                let query = "INSERT INTO tablewright.rollbacks (number, sql, losses) VALUES ($1, $2, $3)";
                client.execute(query, &[&number, &kept.sql, &kept.losses])?;
            }
        }
        Way::Down => {
            client.execute("DELETE FROM tablewright.applied_migrations WHERE number = $1", &[&number])?;
        }
    }
    Ok(())
}

/// Notes a migration as applied.
pub fn adopt(client: &mut Client, number: u32, name: &str, sha256: &str) -> Result<(), Error> {
    let query = "INSERT INTO tablewright.applied_migrations (number, name, sha256) VALUES ($1, $2, $3)";
    client.execute(query, &[&i64::from(number), &name, &sha256]).map(drop)
}

fn part_number(part: usize) -> i32 {
    // A file of more parts than that could not be read.
    i32::try_from(part).unwrap_or(i32::MAX)
}
