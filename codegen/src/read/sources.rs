//! The text of a declared schema: its Rust files and the SQL files beside them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tablewright_syntax::FileId;

/// The folder of the declaration below a project's root: SQL files may stand anywhere in it.
const SCHEMA: &str = "schema";
/// The folder of its Rust files.
const SOURCE: &str = "schema/src";

/// Every file of a declaration, read once.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The project's name where it declares none: its root folder's.
    pub name: String,
    /// The Rust files, sorted by path; a [`FileId`] is a place in this list.
    pub files: Vec<SourceFile>,
    /// The SQL files beside them, by path.
    pub bodies: BTreeMap<String, String>,
    /// The SQL files that declare objects of their own (they begin with `-- object: ...`), sorted by path. A [`FileId`]
    /// behind the last Rust file is a place in this list.
    pub scripts: Vec<SourceFile>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Below the project's root, `/` between its parts.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// Why a declaration's text can't be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The project's folder is not there.
    #[error("there is no folder {}; name the project's folder with --root", .0.display())]
    NoRoot(PathBuf),
    /// There is nothing to read.
    #[error("there is no Rust file in {}; declare a table there (`init` begins a project), or name the project's folder with --root", .0.display())]
    Empty(PathBuf),
    /// A file or folder that the system doesn't give.
    #[error("can't read {}: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file that is not text.
    #[error("{path}:{line}:{column}: this is not UTF-8 text from here on; save it as UTF-8")]
    NotText {
        /// Which, below the project's root.
        path: String,
        /// The line of the first bad byte, from 1.
        line: usize,
        /// The character in that line, from 1.
        column: usize,
    },
}

impl Sources {
    /// Reads the declaration of the project in a folder. Hidden folders and `target` are left alone.
    ///
    /// Errors: every file that can't be read, or that there is none.
    pub fn read(root: &Path) -> Result<Self, Vec<SourceError>> {
        if !root.is_dir() {
            return Err(vec![SourceError::NoRoot(root.to_owned())]);
        }
        let mut errors = Vec::new();
        let mut paths = Vec::new();
        walk(&root.join(SCHEMA), &mut paths, &mut errors);
        let source = root.join(SOURCE);
        paths.retain(|path| path.extension().is_some_and(|it| it == "sql") || path.starts_with(&source));
        paths.sort();
        let mut sources = Sources { name: folder_name(root), ..Self::default() };
        for path in paths {
            match text(root, &path) {
                Ok(text) => sources.add(&relative(root, &path), text),
                Err(error) => errors.push(error),
            }
        }
        if sources.files.is_empty() && errors.is_empty() {
            errors.push(SourceError::Empty(source));
        }
        if errors.is_empty() { Ok(sources) } else { Err(errors) }
    }

    /// Sources that are in memory already: paths and texts.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut sources = Self { name: "project".into(), ..Self::default() };
        for (path, text) in files {
            sources.add(path, text.to_owned());
        }
        sources
    }

    /// A file by its number.
    pub fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.iter().chain(&self.scripts).nth(id.0)
    }

    fn add(&mut self, path: &str, text: String) {
        // A byte order mark is no part of the text, and columns would be counted from it.
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        if path.ends_with(".sql") && declares_objects(&text) {
            self.scripts.push(SourceFile { path: path.to_owned(), text });
        } else if path.ends_with(".sql") {
            self.bodies.insert(path.to_owned(), text);
        } else {
            self.files.push(SourceFile { path: path.to_owned(), text });
        }
    }
}

/// Whether the first line that is not empty begins so.
fn declares_objects(text: &str) -> bool {
    let first = text.trim_start().strip_prefix("--").map(str::trim_start);
    first.is_some_and(|line| line.starts_with("object:"))
}

/// Collects the Rust and SQL files of a folder and of those inside.
fn walk(folder: &Path, paths: &mut Vec<PathBuf>, errors: &mut Vec<SourceError>) {
    let entries = match fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
        Ok(entries) => entries,
        Err(source) if source.kind() == std::io::ErrorKind::NotFound => return,
        Err(source) => return errors.push(SourceError::Unreadable { path: folder.to_owned(), source }),
    };
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if name.starts_with('.') || name == "target" {
            continue;
        }
        // A link to a folder could lead back to where it is.
        if entry.file_type().is_ok_and(|it| it.is_dir()) {
            walk(&path, paths, errors);
        } else if name.ends_with(".rs") || name.ends_with(".sql") {
            paths.push(path);
        }
    }
}

fn text(root: &Path, path: &Path) -> Result<String, SourceError> {
    let bytes = fs::read(path).map_err(|source| SourceError::Unreadable { path: path.to_owned(), source })?;
    String::from_utf8(bytes).map_err(|error| {
        let good = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
        let (line, column) = end_of(&good);
        SourceError::NotText { path: relative(root, path), line, column }
    })
}

/// Line and column, both from 1, of what follows a text.
fn end_of(text: &str) -> (usize, usize) {
    let last = text.rsplit('\n').next().unwrap_or_default();
    (text.matches('\n').count() + 1, last.chars().count() + 1)
}

fn relative(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn folder_name(root: &Path) -> String {
    let whole = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    whole.file_name().map_or_else(|| "project".into(), |name| name.to_string_lossy().into_owned())
}
