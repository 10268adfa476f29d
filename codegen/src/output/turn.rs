//! Two runs in one project take turns.

use std::fs::File;
use std::io;
use std::path::Path;

use super::error::OutputError;

/// Waits until no other run is in `root`; the turn ends when the file is dropped.
pub(super) fn alone(root: &Path) -> Result<File, OutputError> {
    take(root, File::lock)
}

/// Waits until no other run writes in `root`; readers share a turn.
pub(super) fn shared(root: &Path) -> Result<File, OutputError> {
    take(root, File::lock_shared)
}

fn take(root: &Path, lock: fn(&File) -> io::Result<()>) -> Result<File, OutputError> {
    let error = |error| OutputError::io(root, "cannot lock the project folder", &error);
    let file = open(root).map_err(error)?;
    lock(&file).map_err(error)?;
    Ok(file)
}

/// The folder itself is locked, so that taking a turn writes nothing.
#[cfg(unix)]
fn open(root: &Path) -> io::Result<File> {
    File::open(root)
}

/// Folders can't be opened as files here, so a file stands for the folder.
#[cfg(not(unix))]
fn open(root: &Path) -> io::Result<File> {
    File::options().create(true).truncate(false).write(true).open(root.join(".tablewright-lock"))
}
