//! What can stand on one side of a comparison.

use std::fmt;
use std::path::PathBuf;

use crate::connect::{Environment, Target};

/// One side of a comparison.
#[derive(Clone, Debug)]
pub enum Side {
    /// A live database.
    Database(Target),
    /// The declaration of the project.
    Declared,
    /// The schema after a sealed migration, by its number.
    History(u32),
    /// A file of SQL.
    Script(PathBuf),
    /// A folder of migrations.
    Migrations(PathBuf),
}

impl Side {
    /// What a text on the command line means.
    ///
    /// # Errors
    /// Says what could be written instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text == "declared" {
            return Ok(Side::Declared);
        }
        if let Some(number) = text.strip_prefix("history:") {
            let number = number.split('_').next().unwrap_or(number);
            return number
                .parse()
                .map(Side::History)
                .map_err(|_| format!("`{number}` is no number of a migration; write `history:152`"));
        }
        let path = PathBuf::from(text);
        if path.is_dir() {
            return Ok(Side::Migrations(path));
        }
        if path.exists() {
            return Ok(Side::Script(path));
        }
        if Target::is_written_in(text) {
            return Target::parse(text, &Environment::of_process())
                .map(Side::Database)
                .map_err(|error| error.to_string());
        }
        Err(format!(
            "`{text}` is neither `declared`, nor `history:NNN`, nor a database URL, nor an .sql file or folder of migrations that is there"
        ))
    }

    /// What was noticed about how to reach it: a password file that others can read.
    pub fn warnings(&self) -> &[String] {
        match self {
            Side::Database(target) => target.warnings(),
            _ => &[],
        }
    }

    /// Whether it is text of this project, which the declaration's own door reads.
    pub fn is_ours(&self) -> bool {
        matches!(self, Side::Declared | Side::History(_))
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Side::Database(target) => write!(f, "{target}"),
            Side::Declared => f.write_str("declared"),
            Side::History(number) => write!(f, "history:{number:03}"),
            Side::Script(path) | Side::Migrations(path) => write!(f, "{}", path.display()),
        }
    }
}
