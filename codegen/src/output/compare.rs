//! Compares what every file should be with what it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::drift::{Drift, DriftKind};
use super::error::OutputError;
use super::index::Index;
use super::marker;
use super::orphan::Orphan;
use super::place::{Places, Target, refuse_unusable};
use super::region;
use super::{Artifact, Content, Owned};

/// All artifacts of one file together.
#[derive(Debug)]
pub(super) enum FileContent {
    Whole(String),
    /// Texts by region name.
    Regions(BTreeMap<String, String>),
}

/// A file that has to change.
#[derive(Debug)]
pub(super) struct Difference {
    pub(super) path: PathBuf,
    /// Absolute, links followed.
    pub(super) file: PathBuf,
    pub(super) before: Option<Vec<u8>>,
    pub(super) after: Vec<u8>,
    /// The file holds text that people wrote, which can't be made again.
    pub(super) precious: bool,
}

/// The outcome over all files.
#[derive(Debug, Default)]
pub(super) struct Compared {
    pub(super) differences: Vec<Difference>,
    pub(super) unchanged: usize,
    pub(super) orphans: Vec<Orphan>,
    pub(super) errors: Vec<OutputError>,
}

impl Difference {
    pub(super) fn drift(&self) -> Drift {
        let kind = match self.before {
            None => DriftKind::Missing,
            Some(_) => DriftKind::Stale,
        };
        Drift::new(&self.path, kind, self.before.as_deref(), Some(&self.after))
    }
}

/// Brings the artifacts of each file together, and refuses those that contradict each other.
pub(super) fn by_file(artifacts: Vec<Artifact>) -> Result<BTreeMap<PathBuf, FileContent>, Vec<OutputError>> {
    let mut files = BTreeMap::new();
    let mut errors = Vec::new();
    for Artifact { path, content } in artifacts {
        let added = refuse_unusable(&path)
            .and_then(|()| refuse_unfit(&path, &content))
            .and_then(|()| add(&mut files, path, content));
        errors.extend(added.err());
    }
    errors.extend(files.keys().filter_map(|path| below_a_file(path, &files)));
    match errors.is_empty() {
        true => Ok(files),
        false => Err(errors),
    }
}

/// Compares each file with what is there.
pub(super) fn compare(
    places: &mut Places,
    files: BTreeMap<PathBuf, FileContent>,
    before: Option<&Index>,
    owned: &Owned,
) -> Compared {
    let mut compared = Compared::default();
    let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
    for (path, content) in files {
        let result = places.target(&path).map_err(|error| vec![error]);
        let result = result.and_then(|target| match seen.insert(target.file.clone()) {
            true => one_file(path, target, content, &mut compared),
            false => Err(vec![same_file(&path)]),
        });
        compared.errors.extend(result.err().unwrap_or_default());
    }
    if owned.index.is_some() {
        let strangers = compared.differences.iter().filter(|it| a_strangers(it, before, owned));
        compared.errors.extend(strangers.map(not_ours));
    }
    compared
}

/// Compares the index, which is an artifact too, with what is there.
pub(super) fn compare_index(places: &mut Places, index: &Index, owned: &Owned, compared: &mut Compared) {
    let Some(path) = &owned.index else { return };
    let nothing = *index == Index::default();
    let result = places.target(path).map_err(|error| vec![error]);
    let result = result.and_then(|target| match nothing && !target.exists {
        true => Ok(()),
        false => one_file(path.clone(), target, FileContent::Whole(index.text()), compared),
    });
    compared.errors.extend(result.err().unwrap_or_default());
}

fn add(files: &mut BTreeMap<PathBuf, FileContent>, path: PathBuf, content: Content) -> Result<(), OutputError> {
    match (files.get_mut(&path), content) {
        (None, Content::Whole(text)) => {
            files.insert(path, FileContent::Whole(text));
        }
        (None, Content::Region { name, text }) => {
            files.insert(path, FileContent::Regions(BTreeMap::from([(name, text)])));
        }
        (Some(FileContent::Regions(texts)), Content::Region { name, text }) if !texts.contains_key(&name) => {
            texts.insert(name, text);
        }
        (Some(_), Content::Region { name, .. }) => {
            return Err(twice(&path, &format!("two artifacts fill region `{name}` or the file")));
        }
        (Some(_), Content::Whole(_)) => return Err(twice(&path, "two artifacts fill the file")),
    }
    Ok(())
}

fn twice(path: &Path, what: &str) -> OutputError {
    OutputError::new(path, what, "give one of them another path or region name")
}

fn refuse_unfit(path: &Path, content: &Content) -> Result<(), OutputError> {
    let Content::Region { name, text } = content else {
        return Ok(());
    };
    if name.is_empty() || name.contains(char::is_whitespace) {
        let what = format!("`{}` can't name a region", name.escape_debug());
        return Err(OutputError::new(path, what, "use one word"));
    }
    if marker::holds_marker(path, text) {
        let what = format!("the text of region `{name}` holds a marker line itself");
        let help = "change the comment or name that brings it in";
        return Err(OutputError::new(path, what, help));
    }
    Ok(())
}

fn below_a_file(path: &Path, files: &BTreeMap<PathBuf, FileContent>) -> Option<OutputError> {
    let above = path.ancestors().skip(1).find(|it| files.contains_key(*it))?;
    let what = format!("{} is a file of this run, not a folder", above.display());
    Some(OutputError::new(path, what, "give one of them another path"))
}

fn same_file(path: &Path) -> OutputError {
    let what = "a symbolic link makes this the file of another artifact";
    OutputError::new(path, what, "remove the link")
}

fn one_file(
    path: PathBuf,
    target: Target,
    content: FileContent,
    compared: &mut Compared,
) -> Result<(), Vec<OutputError>> {
    let before = read(&path, &target).map_err(|error| vec![error])?;
    let precious = matches!(content, FileContent::Regions(_));
    let after = match content {
        FileContent::Whole(text) => text.into_bytes(),
        FileContent::Regions(texts) => filled(&path, before.as_deref(), &texts, compared)?,
    };
    if before.as_deref() == Some(after.as_slice()) {
        compared.unchanged += 1;
        return Ok(());
    }
    let file = target.file;
    compared.differences.push(Difference { path, file, before, after, precious });
    Ok(())
}

fn filled(
    path: &Path,
    before: Option<&[u8]>,
    texts: &BTreeMap<String, String>,
    compared: &mut Compared,
) -> Result<Vec<u8>, Vec<OutputError>> {
    let before = before.ok_or_else(|| vec![region::no_file(path, texts)])?;
    let text = region::text(path, before.to_vec()).map_err(|error| vec![error])?;
    let filled = region::fill(path, text, texts)?;
    let unfilled = filled.unfilled.into_iter();
    compared.orphans.extend(unfilled.map(|(name, it)| Orphan::region(path, name, &it)));
    Ok(filled.text.into_bytes())
}

fn read(path: &Path, target: &Target) -> Result<Option<Vec<u8>>, OutputError> {
    if !target.exists {
        return Ok(None);
    }
    let error = |error| OutputError::io(path, "cannot read the file", &error);
    fs::read(&target.file).map(Some).map_err(error)
}

/// Outside the owned folders a file that stands in the way may be somebody's work.
fn a_strangers(difference: &Difference, before: Option<&Index>, owned: &Owned) -> bool {
    let path = &difference.path;
    let known = before.is_some_and(|index| index.files.contains_key(path));
    let ours = known || owned.folders.iter().any(|it| path.starts_with(it));
    difference.before.is_some() && !difference.precious && !ours && owned.index.as_ref() != Some(path)
}

fn not_ours(difference: &Difference) -> OutputError {
    let what = "the file exists, differs, and was not written by an earlier run";
    let help = "move it away, or keep it and put a managed region into it";
    OutputError::new(&difference.path, what, help)
}
