//! Why a database is not where it should be.

use std::collections::BTreeMap;

use super::Migration;
use super::books::Noted;

/// Why a run stopped.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// Migrations whose text has changed since they were applied.
    #[error("{}", in_words(.0))]
    Tampered(Vec<Tampered>),
    /// The database refuses a migration; nothing of it stays.
    #[error("the database refuses migration {number:03}_{name}, and nothing of it was applied: {}", reason(source))]
    Refused {
        /// Its number.
        number: u32,
        /// Its name.
        name: &'static str,
        /// What the database says.
        source: postgres::Error,
    },
    /// `codegen apply` or `codegen rollback` was cut off in a migration.
    #[error("migration {number:03} has stopped half-way; finish it with codegen apply (codegen status says more)")]
    Unfinished {
        /// Its number.
        number: i64,
    },
    /// A migration that is not one transaction.
    #[error(
        "migration {number:03}_{name} is not one transaction; apply it with codegen apply, which can go on where it stops"
    )]
    InParts {
        /// Its number.
        number: u32,
        /// Its name.
        name: &'static str,
    },
    /// The connection, or the table that says what was applied.
    #[error("can't tell or note which migrations the database has: {}", reason(.0))]
    Database(#[from] postgres::Error),
}

/// A migration that was applied with another text than the embedded one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tampered {
    /// Its number.
    pub number: u32,
    /// The embedded migration's name.
    pub name: &'static str,
    /// The name under which it was applied.
    pub applied_as: String,
}

/// Refuses migrations that the database knows with another text.
pub fn tampered(migrations: &[Migration], known: &BTreeMap<u32, Noted>) -> Result<(), MigrateError> {
    let changed = |it: &&Migration| known.get(&it.number).is_some_and(|noted| noted.sha256 != it.sha256);
    let tampered = |it: &Migration| {
        let applied_as = known.get(&it.number).map(|noted| noted.name.clone()).unwrap_or_default();
        Tampered { number: it.number, name: it.name, applied_as }
    };
    let all: Vec<Tampered> = migrations.iter().filter(changed).map(tampered).collect();
    if all.is_empty() { Ok(()) } else { Err(MigrateError::Tampered(all)) }
}

fn in_words(all: &[Tampered]) -> String {
    let one = |it: &Tampered| {
        let (number, name, applied) = (it.number, it.name, &it.applied_as);
        let under = if applied == name { String::new() } else { format!(" (applied as {number:03}_{applied})") };
        format!("migration {number:03}_{name} is not the one that was applied{under}")
    };
    let list: Vec<String> = all.iter().map(one).collect();
    format!("{}; restore the text that was applied and make a new migration for the change", list.join("; "))
}

/// What the server says, or what the driver says if it was not the server.
fn reason(error: &postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), |it| format!("{}: {}", it.severity(), it.message()))
}
