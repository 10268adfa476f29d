//! What can go wrong between artifacts and files.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a run could not settle a file, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputError {
    /// The file, relative to the project root where it lies inside it.
    pub path: PathBuf,
    /// The place in the file, if the file could be read.
    pub position: Option<Position>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub help: String,
}

/// A place in a text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl OutputError {
    pub(super) fn new(path: &Path, what: impl Into<String>, help: impl Into<String>) -> Self {
        OutputError { path: path.to_owned(), position: None, what: what.into(), help: help.into() }
    }

    /// An error of the operating system while doing `what` ("cannot read the file").
    pub(super) fn io(path: &Path, what: &str, error: &io::Error) -> Self {
        OutputError::new(path, format!("{what}: {error}"), remedy(error))
    }

    pub(super) fn at(mut self, position: Position) -> Self {
        self.position = Some(position);
        self
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(Position { line, column }) = self.position {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}; {}", self.what, self.help)
    }
}

impl std::error::Error for OutputError {}

fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "make it and its folder accessible to this user, then run again"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "free some space, then run again"
        }
        io::ErrorKind::NotADirectory => "remove the file that stands where a folder is needed",
        _ => "mend that, then run again",
    }
}
