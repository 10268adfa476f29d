//! The texts of one way of a migration: of one file, or of one after the other.

use super::parts::{Part, parts};
use crate::read::history;

/// One way of a migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its files, in the order that they run in.
    pub files: Vec<File>,
    /// The hash of what it says; comment lines and spaces at the end of a line don't count.
    pub hash: String,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path below the project's root.
    pub path: String,
    /// What it says.
    pub sql: String,
    /// Whether it says what it should: what was sealed, or what the declaration asks for.
    pub is_right: bool,
}

impl Text {
    /// The way that these files are, each with its hash.
    pub fn of(files: Vec<(File, String)>) -> Self {
        let (files, hashes) = files.into_iter().unzip();
        Self { files, hash: history::of_files(hashes) }
    }

    /// Where it stands, for people.
    pub fn path(&self) -> String {
        self.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// The parts that it is run in, in order, each with the number of its file from 0.
    ///
    /// # Errors
    /// All places that can't be run as a part of a migration.
    pub fn parts(&self) -> Result<Vec<(usize, Part)>, Vec<String>> {
        let (mut all, mut faults) = (Vec::new(), Vec::new());
        for (number, file) in self.files.iter().enumerate() {
            match parts(&file.path, &file.sql) {
                Ok(parts) => all.extend(parts.into_iter().map(|part| (number, part))),
                Err(found) => faults.extend(found),
            }
        }
        if faults.is_empty() { Ok(all) } else { Err(faults) }
    }

    /// The same as one text, which begins and commits the transactions of its files itself if there are several.
    pub fn as_one(&self) -> String {
        let [only] = &self.files[..] else { return self.files.iter().map(File::bounded).collect() };
        only.sql.clone()
    }
}

impl File {
    fn bounded(&self) -> String {
        let is_transaction = matches!(parts(&self.path, &self.sql).as_deref(), Ok([Part::Together { .. }]));
        if is_transaction { format!("BEGIN;\n{}\nCOMMIT;\n", self.sql) } else { format!("{}\n", self.sql) }
    }
}
