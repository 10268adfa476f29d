//! The history door: one file per sealed migration, with the schema after it.
//!
//! There is no journal that two branches would both change: each entry names the hash of the schema that it follows,
//! so a fork shows in the entries themselves.

mod chain;
mod text;

pub use text::entry_text;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::kinds::Object;
use crate::model::Schema;

/// The folder of the entries below a project's root.
pub const FOLDER: &str = "schema/history";

/// What is known of a sealed migration without reading its objects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Sealed {
    /// The migration's number.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// The hash of the schema that it follows.
    pub before: String,
    /// The hash of the schema after it.
    pub after: String,
    /// The files that were made for it, each with the hash of its text ([`text_hash`]).
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// The side tables in which it keeps what its rollback needs, schema and all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<String>,
    /// The side tables of earlier migrations that it gives up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given_up: Vec<String>,
    /// The intent that it is one of several migrations of, if it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub step_of: String,
    /// Which of these were still to come when it was sealed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_come: Vec<String>,
}

/// A sealed migration and the schema after it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The migration's number.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// The hash of the schema that it follows.
    pub before: String,
    /// The hash of the schema after it.
    pub after: String,
    /// The files that were made for it, each with the hash of its text ([`text_hash`]).
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// The side tables in which it keeps what its rollback needs, schema and all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<String>,
    /// The side tables of earlier migrations that it gives up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given_up: Vec<String>,
    /// The intent that it is one of several migrations of, if it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub step_of: String,
    /// Which of these were still to come when it was sealed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_come: Vec<String>,
    /// The upserts and interface queries of the version that it makes, by their file: what runs meanwhile when the next
    /// migration is deployed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub statements: BTreeMap<String, String>,
    /// The objects of the schema after it, by id.
    pub objects: Vec<Object>,
}

/// All sealed migrations of a project.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// What is known of each, by number.
    pub sealed: Vec<Sealed>,
    last: Option<Entry>,
    schema: Schema,
}

/// What is wrong with the history.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {message}; {help}")]
pub struct HistoryFault {
    /// The file, below the project's root; with line and column, if it can't be read as JSON.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl History {
    /// The last sealed migration.
    pub fn last(&self) -> Option<&Entry> {
        self.last.as_ref()
    }

    /// The schema after the last sealed migration; empty if there is none.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }
}

impl Entry {
    /// An entry for a schema; the hash and the objects are the schema's.
    pub fn of(
        number: u32,
        name: impl Into<String>,
        before: &Schema,
        after: &Schema,
        files: BTreeMap<String, String>,
    ) -> Self {
        let objects = after.iter().map(|(_, object)| object.as_ref().clone()).collect();
        Self {
            number,
            name: name.into(),
            before: before.hash(),
            after: after.hash(),
            files,
            kept: Vec::new(),
            given_up: Vec::new(),
            step_of: String::new(),
            to_come: Vec::new(),
            statements: BTreeMap::new(),
            objects,
        }
    }

    /// The entry's file below the project's root.
    pub fn path(&self) -> String {
        path_of(self.number, &self.name)
    }
}

/// Reads the history of the project in a folder. The objects of the last entry alone are read: a long history costs
/// little more than a short one. The others are read by [`entry`].
///
/// Errors: every file that can't be read or was edited, two entries with one number, and every fork.
pub fn history(root: &Path) -> Result<History, Vec<HistoryFault>> {
    let mut faults = Vec::new();
    let mut sealed = Vec::new();
    for name in entry_names(root, &mut faults) {
        match read_sealed(root, &name) {
            Ok(one) => sealed.push(one),
            Err(fault) => faults.push(fault),
        }
    }
    sealed.sort_by(|a, b| (a.number, &a.name).cmp(&(b.number, &b.name)));
    chain::check(&sealed, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let Some(newest) = sealed.last() else { return Ok(History::default()) };
    let (last, schema) = entry(root, newest).map_err(|fault| vec![fault])?;
    Ok(History { sealed, last: Some(last), schema })
}

/// Reads one entry and the schema after it.
///
/// Errors: the file can't be read, or its objects are not those that its hash was made of.
pub fn entry(root: &Path, sealed: &Sealed) -> Result<(Entry, Schema), HistoryFault> {
    let path = path_of(sealed.number, &sealed.name);
    let text = read_text(root, &path)?;
    let entry: Entry = serde_json::from_str(&text).map_err(|error| invalid(&path, &error))?;
    let schema = Schema::new(entry.objects.iter().cloned()).map_err(|twice| {
        let twice: Vec<String> = twice.iter().map(ToString::to_string).collect();
        edited(&path, &twice.join(", "))
    })?;
    let hash = schema.hash();
    if hash != entry.after {
        return Err(edited(&path, &format!("its objects have the hash {hash}, and `after` says {}", entry.after)));
    }
    Ok((entry, schema))
}

/// The hash of a project's file as it stands, or None where there is none that can be read. See [`text_hash`].
pub fn file_hash(root: &Path, path: &str) -> Option<String> {
    fs::read_to_string(root.join(path)).ok().map(|text| text_hash(path, &text))
}

/// The hash of a file's text, 64 hexadecimal digits. Line ends, spaces at the end of a line and, in SQL, lines that are
/// comments don't count.
pub fn text_hash(path: &str, text: &str) -> String {
    let is_sql = path.ends_with(".sql");
    let mut hasher = Sha256::new();
    let lines = text.lines().map(str::trim_end).filter(|line| !(is_sql && line.trim_start().starts_with("--")));
    for line in lines {
        hasher.update(line.as_bytes());
        hasher.update(b"\n");
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash of what several files say in order, by their own hashes; one file has its own.
pub fn of_files(hashes: Vec<String>) -> String {
    match <[String; 1]>::try_from(hashes) {
        Ok([hash]) => hash,
        Err(hashes) if hashes.is_empty() => String::new(),
        Err(hashes) => text_hash("", &hashes.join("\n")),
    }
}

/// The file of an entry below the project's root.
fn path_of(number: u32, name: &str) -> String {
    format!("{FOLDER}/{number:03}_{name}.json")
}

/// The names of the entries' files, sorted.
fn entry_names(root: &Path, faults: &mut Vec<HistoryFault>) -> Vec<String> {
    let entries = match fs::read_dir(root.join(FOLDER)).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            faults.push(unreadable(FOLDER, &error));
            return Vec::new();
        }
    };
    let names = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".json") && !name.starts_with('.')).collect();
    names.sort();
    names
}

fn read_sealed(root: &Path, name: &str) -> Result<Sealed, HistoryFault> {
    let path = format!("{FOLDER}/{name}");
    let text = read_text(root, &path)?;
    let sealed: Sealed = serde_json::from_str(&text).map_err(|error| invalid(&path, &error))?;
    let expected = path_of(sealed.number, &sealed.name);
    if expected == path {
        return Ok(sealed);
    }
    let message = format!("it holds migration {} `{}`", sealed.number, sealed.name);
    Err(HistoryFault { path, message, help: format!("rename it to {expected}") })
}

fn read_text(root: &Path, path: &str) -> Result<String, HistoryFault> {
    fs::read_to_string(root.join(path)).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &str, error: &std::io::Error) -> HistoryFault {
    let help = "make it readable, or restore it from version control".into();
    HistoryFault { path: path.into(), message: format!("can't read it: {error}"), help }
}

fn invalid(path: &str, error: &serde_json::Error) -> HistoryFault {
    let help = "entries are never edited by hand: restore it from version control".into();
    let path = format!("{path}:{}:{}", error.line().max(1), error.column().max(1));
    HistoryFault { path, message: format!("this is not a history entry: {error}"), help }
}

fn edited(path: &str, message: &str) -> HistoryFault {
    let help = "entries are never edited by hand: restore it from version control".into();
    HistoryFault { path: path.into(), message: format!("it was changed after it was sealed: {message}"), help }
}
