//! What the journal holds.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::super::compare::Difference;
use super::super::error::OutputError;
use super::super::index::hash;
use super::super::orphan::Removal;
use super::super::place::refuse_unusable;

/// All that has to be known to finish a run, or to clean up after it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Record {
    /// Folders to make, parents first.
    pub(super) folders: Vec<PathBuf>,
    pub(super) moves: Vec<Move>,
    pub(super) removals: Vec<Removal>,
}

/// A staged file and the file that it replaces.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Move {
    /// File name beside the target.
    pub(super) staged: String,
    /// Relative to the project root.
    pub(super) target: PathBuf,
    /// SHA-256 of the target when the run began, so that an edit made since is never overwritten.
    pub(super) before: Option<String>,
}

/// The record of a run that is going to make these changes.
pub(super) fn plan(root: &Path, differences: &[Difference], removals: Vec<Removal>) -> Record {
    let mut folders = Vec::new();
    let mut moves = Vec::new();
    for (number, difference) in differences.iter().enumerate() {
        let target = inside(root, &difference.file);
        let missing = target.ancestors().skip(1);
        let missing: Vec<_> = missing.take_while(|it| !root.join(it).exists()).collect();
        folders.extend(missing.into_iter().map(Path::to_owned));
        moves.push(Move {
            staged: format!(".tablewright-{number}.staged"),
            before: difference.before.as_deref().map(hash),
            target: target.to_owned(),
        });
    }
    folders.sort();
    folders.dedup();
    Record { folders, moves, removals }
}

/// Every target was resolved to a place inside the root.
fn inside<'a>(root: &Path, file: &'a Path) -> &'a Path {
    file.strip_prefix(root).unwrap_or(file)
}

/// The record called `name`, if there is one.
pub(super) fn read(root: &Path, name: &str) -> Result<Option<Record>, OutputError> {
    let path = Path::new(name);
    let bytes = match fs::read(root.join(name)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(OutputError::io(path, "cannot read the record", &error)),
    };
    let record = serde_json::from_slice(&bytes).ok().filter(is_sane);
    let what = "the record of an interrupted run is damaged";
    let help = "delete it and every `.tablewright-*.staged`, then run again";
    record.map(Some).ok_or_else(|| OutputError::new(path, what, help))
}

/// A record from elsewhere must not reach outside the project.
fn is_sane(record: &Record) -> bool {
    let targets = record.moves.iter().map(|it| &it.target);
    let removed = record.removals.iter().map(|it| &it.path);
    let mut paths = targets.chain(removed).chain(&record.folders);
    let plain = |name: &str| refuse_unusable(Path::new(name)).is_ok() && !name.contains('/');
    paths.all(|path| refuse_unusable(path).is_ok()) && record.moves.iter().all(|it| plain(&it.staged))
}
