//! The table that says what was applied.

use std::collections::BTreeMap;

use postgres::{Error, Transaction};

use super::Migration;

/// Whoever holds this advisory lock may migrate: the letters `tablewri` as a number.
pub const LOCK: i64 = 0x7461_626c_6577_7269;

/// What was noted of an applied migration.
pub struct Noted {
    /// Its name then.
    pub name: String,
    /// The hash of its text then.
    pub sha256: String,
}

/// Makes the table where it is not there yet.
///
/// It is looked for first, since CREATE SCHEMA IF NOT EXISTS asks for the right to create even where there is
/// nothing to create.
pub fn open(transaction: &mut Transaction) -> Result<(), Error> {
    let found = transaction.query_one("SELECT to_regclass('tablewright.applied_migrations') IS NOT NULL", &[])?;
    if found.try_get(0)? {
        return Ok(());
    }
    transaction.batch_execute(
        "CREATE SCHEMA IF NOT EXISTS tablewright;
        CREATE TABLE tablewright.applied_migrations (
            number bigint PRIMARY KEY,
            name text NOT NULL,
            sha256 text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        );",
    )
}

/// What was applied, by number.
pub fn read(transaction: &mut Transaction) -> Result<BTreeMap<u32, Noted>, Error> {
    let rows = transaction.query("SELECT number, name, sha256 FROM tablewright.applied_migrations", &[])?;
    let mut noted = BTreeMap::new();
    for row in rows {
        // A number that is not one of ours was not written by us, and can't be one of the embedded.
        if let Ok(number) = u32::try_from(row.try_get::<_, i64>(0)?) {
            noted.insert(number, Noted { name: row.try_get(1)?, sha256: row.try_get(2)? });
        }
    }
    Ok(noted)
}

/// A migration that `codegen apply` has begun and not ended: it keeps its own book of that.
pub fn unfinished(transaction: &mut Transaction) -> Result<Option<i64>, Error> {
    if transaction.query_one("SELECT to_regclass('tablewright.progress') IS NULL", &[])?.try_get(0)? {
        return Ok(None);
    }
    transaction.query_one("SELECT min(number) FROM tablewright.progress", &[])?.try_get(0)
}

/// Notes that a migration was applied.
pub fn note(transaction: &mut Transaction, migration: &Migration) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO tablewright.applied_migrations (number, name, sha256) VALUES ($1, $2, $3)",
        &[&i64::from(migration.number), &migration.name, &migration.sha256],
    )?;
    Ok(())
}
