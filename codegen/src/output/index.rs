//! The record of what a run wrote, which tells a later run what it may remove.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::compare::FileContent;
use super::error::OutputError;
use super::orphan::Orphan;
use super::place::Places;
use super::{DriftKind, Owned};

/// Paths with `/`, relative to the project root.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Index {
    /// Whole files, with the SHA-256 of what was written.
    pub(super) files: BTreeMap<PathBuf, String>,
    /// The regions that were filled in files that people write.
    pub(super) regions: BTreeMap<PathBuf, BTreeSet<String>>,
}

impl Index {
    /// The index that stands in the project; `None` if there is none that can be read.
    /// One that is damaged (by a merge conflict, say) only means that nothing is known to be ours.
    pub(super) fn read(places: &mut Places, owned: &Owned) -> Result<Option<Self>, OutputError> {
        let Some(path) = &owned.index else {
            return Ok(None);
        };
        let target = places.target(path)?;
        if !target.exists {
            return Ok(None);
        }
        let bytes =
            std::fs::read(&target.file).map_err(|error| OutputError::io(path, "cannot read the index", &error))?;
        Ok(serde_json::from_slice(&bytes).ok())
    }

    /// The index of what these files are going to be.
    pub(super) fn of(files: &BTreeMap<PathBuf, FileContent>) -> Self {
        let mut index = Index::default();
        for (path, content) in files {
            match content {
                FileContent::Whole(text) => {
                    index.files.insert(path.clone(), hash(text.as_bytes()));
                }
                FileContent::Regions(texts) => {
                    let names = texts.keys().cloned().collect();
                    index.regions.insert(path.clone(), names);
                }
            }
        }
        index
    }

    /// Remembers what was left for a human, so that the next run reports it again.
    pub(super) fn keep(&mut self, before: &Index, orphans: &[Orphan]) {
        for Orphan { drift, region, .. } in orphans {
            if let Some(name) = region {
                let names = self.regions.entry(drift.path.clone()).or_default();
                names.insert(name.clone());
            }
            if drift.kind == DriftKind::EditedOrphan
                && let Some(hash) = before.files.get(&drift.path)
            {
                self.files.insert(drift.path.clone(), hash.clone());
            }
        }
    }

    pub(super) fn text(&self) -> String {
        let json = serde_json::to_string_pretty(self);
        json.expect("maps from UTF-8 paths to strings are JSON, and artifact paths are UTF-8") + "\n"
    }
}

/// SHA-256 in lower-case hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}
