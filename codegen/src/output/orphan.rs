//! Files and regions that no artifact fills any more.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Owned;
use super::drift::{Drift, DriftKind};
use super::error::OutputError;
use super::index::{Index, hash};
use super::marker::{self, Region};
use super::place::Places;
use super::region;

/// Something that is there and should not be.
#[derive(Debug)]
pub(super) struct Orphan {
    pub(super) drift: Drift,
    /// Present when the whole file is known to be ours and unedited.
    pub(super) removal: Option<Removal>,
    /// The region's name, when it is only a region.
    pub(super) region: Option<String>,
}

/// A file that a run may remove.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Removal {
    pub(super) path: PathBuf,
    /// SHA-256 of the content that may be removed.
    pub(super) before: String,
}

impl Orphan {
    pub(super) fn region(path: &Path, name: String, region: &Region) -> Self {
        let mut drift = Drift::new(path, DriftKind::OrphanedRegion, None, None);
        drift.line = region.position.line;
        Orphan { drift, removal: None, region: Some(name) }
    }

    /// What a stranger's file holds is none of our business: it may be a device, or huge.
    fn stranger(path: &Path) -> Self {
        Orphan { drift: Drift::new(path, DriftKind::Foreign, None, None), removal: None, region: None }
    }

    fn file(path: &Path, kind: DriftKind, content: &[u8]) -> Self {
        let removal = (kind == DriftKind::Orphaned).then(|| Removal { path: path.to_owned(), before: hash(content) });
        Orphan { drift: Drift::new(path, kind, Some(content), None), removal, region: None }
    }
}

/// Those that may be removed, and the drifts of those that are left for a human.
pub(super) fn split(orphans: Vec<Orphan>) -> (Vec<Removal>, Vec<Drift>) {
    let mut removals = Vec::new();
    let mut left = Vec::new();
    for Orphan { drift, removal, .. } in orphans {
        match removal {
            Some(removal) => removals.push(removal),
            None => left.push(drift),
        }
    }
    (removals, left)
}

/// Every orphan, given the paths of this run's artifacts and the index of the last run.
pub(super) fn find(
    places: &mut Places,
    paths: &BTreeSet<PathBuf>,
    before: &Index,
    owned: &Owned,
) -> Result<Vec<Orphan>, Vec<OutputError>> {
    let ours = |path: &Path| !paths.contains(path) && !excepted(path, owned);
    let mut found = Vec::new();
    for (path, hash) in before.files.iter().filter(|(path, _)| ours(path)) {
        found.extend(recorded_file(places, path, hash));
    }
    for (path, names) in before.regions.iter().filter(|(path, _)| ours(path)) {
        found.extend(recorded_regions(places, path, names));
    }
    let mut errors = Vec::new();
    for folder in &owned.folders {
        match strangers(places, folder, paths, before, owned) {
            Ok(strangers) => found.extend(strangers),
            Err(error) => errors.push(error),
        }
    }
    match errors.is_empty() {
        true => Ok(found),
        false => Err(errors),
    }
}

/// A file that an earlier run wrote; `None` if it is gone or is nothing that a run could have written.
fn recorded_file(places: &mut Places, path: &Path, recorded: &str) -> Option<Orphan> {
    let target = places.target(path).ok().filter(|it| it.exists)?;
    let content = fs::read(&target.file).ok()?;
    let untouched = !target.linked && hash(&content) == recorded;
    let kind = match untouched {
        true => DriftKind::Orphaned,
        false => DriftKind::EditedOrphan,
    };
    Some(Orphan::file(path, kind, &content))
}

/// The regions of an earlier run that still stand in a file which no artifact visits any more.
fn recorded_regions(places: &mut Places, path: &Path, names: &BTreeSet<String>) -> Vec<Orphan> {
    let target = places.target(path).ok().filter(|it| it.exists);
    let bytes = target.and_then(|it| fs::read(it.file).ok());
    let text = bytes.and_then(|it| region::text(path, it).ok());
    let regions = text.and_then(|it| marker::regions(path, &it).ok());
    let regions = regions.unwrap_or_default().into_iter();
    let left = regions.filter(|(name, _)| names.contains(name));
    left.map(|(name, region)| Orphan::region(path, name, &region)).collect()
}

fn strangers(
    places: &mut Places,
    folder: &Path,
    paths: &BTreeSet<PathBuf>,
    before: &Index,
    owned: &Owned,
) -> Result<Vec<Orphan>, OutputError> {
    let mut files = Vec::new();
    let place = places.folder(folder)?;
    if place.exists() {
        list(&place, folder, &mut files)?;
    }
    files.retain(|path| !paths.contains(path) && !before.files.contains_key(path));
    files.retain(|path| !excepted(path, owned));
    files.sort();
    Ok(files.iter().map(|path| Orphan::stranger(path)).collect())
}

/// All files below a folder that are not hidden; links are files here, and not followed.
fn list(place: &Path, folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), OutputError> {
    let error = |error| OutputError::io(folder, "cannot list the folder", &error);
    for entry in fs::read_dir(place).map_err(error)? {
        let entry = entry.map_err(error)?;
        let path = folder.join(entry.file_name());
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        match entry.file_type().map_err(error)?.is_dir() {
            true => list(&entry.path(), &path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}

fn excepted(path: &Path, owned: &Owned) -> bool {
    owned.except.iter().any(|it| path.starts_with(it))
}
