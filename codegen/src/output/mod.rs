//! The only part of the crate that writes files.
//!
//! [`settle`] brings a project folder in line with the artifacts of a run, or says how far it is from that.
//!
//! Architecture invariant: a run changes all of its files or none, whatever stops it.
//! A run that was stopped half-way through its renames is finished by the next one (`journal.rs`).
//! This module stands alone: it imports nothing else of the crate.

mod compare;
mod drift;
mod error;
mod index;
mod journal;
mod marker;
mod orphan;
mod place;
mod put;
mod region;
mod turn;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub use drift::{Drift, DriftKind, github_annotation};
pub use error::{OutputError, Position};
pub use put::put;

use compare::{Compared, Difference};
use index::Index;
use place::Places;

/// One generated file, or one managed region of a hand-written file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Where it belongs, relative to the project root, always with `/`.
    pub path: PathBuf,
    /// What belongs there.
    pub content: Content,
}

/// How much of a file an artifact fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The whole file, byte for byte.
    Whole(String),
    /// The lines between the two marker lines of a region in a file that people write.
    Region {
        /// The name that both marker lines carry.
        name: String,
        /// The lines, with `\n`; they take on the line ending and the indentation of the begin marker.
        text: String,
    },
}

/// What the tool owns of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owned {
    /// Folders in which every file has to be an artifact, relative to the project root.
    /// Hidden files in them are nobody's business.
    pub folders: Vec<PathBuf>,
    /// Files and folders that are never called orphans, relative to the project root.
    pub except: Vec<PathBuf>,
    /// The file that records what a run wrote, so that a later run knows what it may remove.
    /// Without it nothing is ever removed.
    pub index: Option<PathBuf>,
}

/// Whether a run may change files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Make the files what the artifacts say.
    Write,
    /// Only say where they differ.
    Check,
}

/// What a run did or found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that were made or replaced, sorted.
    pub written: Vec<PathBuf>,
    /// Files of an earlier run that were removed, sorted.
    pub removed: Vec<PathBuf>,
    /// How many files were already right.
    pub unchanged: usize,
    /// [`Mode::Check`]: every difference. [`Mode::Write`]: what was left for a human to decide.
    pub drifts: Vec<Drift>,
    /// An earlier run had been stopped; this one finished it or cleaned up after it.
    pub recovered: bool,
}

/// Brings the files under `root` in line with `artifacts`, or lists where they are not.
///
/// # Errors
/// Every problem that was found, with its place; then no file has changed, except when an error says
/// that the run stopped between two renames: the next run in [`Mode::Write`] finishes it.
pub fn settle(root: &Path, artifacts: Vec<Artifact>, owned: &Owned, mode: Mode) -> Result<Report, Vec<OutputError>> {
    let places = Places::new(root).map_err(|error| vec![error])?;
    match mode {
        Mode::Write => write(places, artifacts, owned),
        Mode::Check => check(places, artifacts, owned),
    }
}

fn write(mut places: Places, artifacts: Vec<Artifact>, owned: &Owned) -> Result<Report, Vec<OutputError>> {
    let _turn = turn::alone(places.root()).map_err(|error| vec![error])?;
    let recovered = journal::recover(&mut places)?;
    let survey = survey(&mut places, artifacts, owned)?;
    let (removals, left) = orphan::split(survey.orphans);
    let removed = removals.iter().map(|it| it.path.clone()).collect();
    journal::carry_out(&mut places, &survey.differences, removals)?;
    Ok(Report {
        written: survey.differences.into_iter().map(|it| it.path).collect(),
        removed,
        unchanged: survey.unchanged,
        drifts: left,
        recovered,
    })
}

fn check(mut places: Places, artifacts: Vec<Artifact>, owned: &Owned) -> Result<Report, Vec<OutputError>> {
    let _turn = turn::shared(places.root()).map_err(|error| vec![error])?;
    let mut drifts: Vec<Drift> = journal::interrupted(places.root()).into_iter().collect();
    let survey = survey(&mut places, artifacts, owned)?;
    drifts.extend(survey.differences.iter().map(Difference::drift));
    drifts.extend(survey.orphans.into_iter().map(|orphan| orphan.drift));
    drifts.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    Ok(Report { unchanged: survey.unchanged, drifts, ..Report::default() })
}

/// Compares files with artifacts, orphans and the index included.
fn survey(places: &mut Places, artifacts: Vec<Artifact>, owned: &Owned) -> Result<Compared, Vec<OutputError>> {
    let before = Index::read(places, owned).map_err(|error| vec![error])?;
    let files = compare::by_file(artifacts)?;
    let mut after = Index::of(&files);
    let mut paths: BTreeSet<PathBuf> = files.keys().cloned().collect();
    paths.extend(owned.index.clone());
    let mut compared = compare::compare(places, files, before.as_ref(), owned);
    let before = before.unwrap_or_default();
    match orphan::find(places, &paths, &before, owned) {
        Ok(found) => compared.orphans.extend(found),
        Err(errors) => compared.errors.extend(errors),
    }
    after.keep(&before, &compared.orphans);
    compare::compare_index(places, &after, owned, &mut compared);
    match compared.errors.is_empty() {
        true => Ok(compared),
        false => Err(compared.errors),
    }
}
