//! The migrations, embedded, and how they get into a database.
//!
//! Each file runs in one transaction together with the row that says so, and no two services run one at once.
//! What a database has is written in `tablewright.applied_migrations`: in a schema of its own, so that it is no part
//! of what is declared.
//!
//! The embedded migrations are those in `generated/`. They begin where the project's history begins: a database must
//! be at the schema before the first of them. One that already has some of them, brought in by another runner,
//! is told so by [`adopt`].

mod books;
mod error;

use std::thread;
use std::time::Duration;

use postgres::{Client, IsolationLevel, Transaction};

pub use error::MigrateError;

/// Between two attempts to have one's turn.
const PAUSE: Duration = Duration::from_millis(50);

/// A migration as it was when this package was built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migration {
    /// Its place among the others.
    pub number: u32,
    /// Its file's name without the number.
    pub name: &'static str,
    /// The text of the file.
    pub sql: &'static str,
    /// The SHA-256 of the text, 64 hexadecimal digits.
    /// Comment lines and spaces at the end of a line don't count, as in the history.
    pub sha256: &'static str,
    /// Whether one transaction carries it out. Otherwise its text begins and commits transactions by itself, and
    /// `codegen apply` is what runs it.
    pub is_one_transaction: bool,
}

/// Every migration in `generated/`, by number.
pub const MIGRATIONS: &[Migration] = include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

/// What a run found and did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// The migrations that this run applied, in order.
    pub now: Vec<u32>,
    /// Those that were applied before, in order.
    pub before: Vec<u32>,
    /// Those that the database has and this package doesn't know, in order: a newer service was here.
    pub unknown: Vec<u32>,
}

/// Applies the embedded migrations that the database doesn't have, in order.
///
/// Names without a schema mean what the connection's `search_path` makes of them.
///
/// # Errors
/// When a migration was applied with another text, or the database refuses one. Those before it stay applied.
pub fn migrate(client: &mut Client) -> Result<Applied, MigrateError> {
    migrate_with(client, MIGRATIONS)
}

/// Applies other migrations than the embedded ones; see [`migrate`]. They are taken in the order of the list.
///
/// # Errors
/// See [`migrate`].
pub fn migrate_with(client: &mut Client, migrations: &[Migration]) -> Result<Applied, MigrateError> {
    each(client, migrations, |transaction, migration| {
        if !migration.is_one_transaction {
            return Err(MigrateError::InParts { number: migration.number, name: migration.name });
        }
        let refused = |source| MigrateError::Refused { number: migration.number, name: migration.name, source };
        transaction.batch_execute(migration.sql).map_err(refused)
    })
}

/// Notes the embedded migrations up to a number as applied, without running them.
///
/// This is for a database that another runner has brought there. What was noted before stays as it is.
///
/// # Errors
/// When a migration was applied with another text, or the database refuses the note.
pub fn adopt(client: &mut Client, through: u32) -> Result<Applied, MigrateError> {
    let migrations: Vec<Migration> = MIGRATIONS.iter().copied().filter(|it| it.number <= through).collect();
    each(client, &migrations, |_, _| Ok(()))
}

/// Runs `carry_out` for each migration that the database doesn't have, and notes it.
fn each(
    client: &mut Client,
    migrations: &[Migration],
    carry_out: impl Fn(&mut Transaction, &Migration) -> Result<(), MigrateError>,
) -> Result<Applied, MigrateError> {
    let mut opening = turn(client)?;
    books::open(&mut opening)?;
    let known = books::read(&mut opening)?;
    let unfinished = books::unfinished(&mut opening)?;
    opening.commit()?;
    if let Some(number) = unfinished {
        return Err(MigrateError::Unfinished { number });
    }
    error::tampered(migrations, &known)?;
    let unknown =
        known.keys().copied().filter(|number| !MIGRATIONS.iter().chain(migrations).any(|it| it.number == *number));
    let mut applied = Applied { unknown: unknown.collect(), ..Applied::default() };
    for migration in migrations {
        let mut transaction = turn(client)?;
        // Another service may have had its turn since.
        let known = books::read(&mut transaction)?;
        error::tampered(&[*migration], &known)?;
        if known.contains_key(&migration.number) {
            applied.before.push(migration.number);
            continue;
        }
        carry_out(&mut transaction, migration)?;
        books::note(&mut transaction, migration)?;
        transaction.commit()?;
        applied.now.push(migration.number);
    }
    Ok(applied)
}

/// A transaction that no other service's runs beside. The lock goes with it, however it ends.
fn turn(client: &mut Client) -> Result<Transaction<'_>, postgres::Error> {
    // Under a stricter level, what was read after the wait would be as old as the wait's beginning.
    let mut transaction = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start()?;
    // A session that waits in the server holds a snapshot, for which CREATE INDEX CONCURRENTLY of `codegen apply` would
    // wait in turn; one that asks again and again holds none in between.
    while !transaction.query_one("SELECT pg_try_advisory_xact_lock($1)", &[&books::LOCK])?.try_get::<_, bool>(0)? {
        thread::sleep(PAUSE);
    }
    Ok(transaction)
}
