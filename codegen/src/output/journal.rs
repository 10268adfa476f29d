//! Changes all files of a run, or none.
//!
//! 1. A record of what is going to happen is written (`STAGING`).
//! 2. Every new content is written to a file beside its target: a full disk or a read-only folder shows here.
//! 3. Renaming the record to `JOURNAL` commits the run.
//! 4. Every staged file is renamed over its target, orphans are removed, then the journal.
//!
//! A run that finds `STAGING` undoes step 2; one that finds `JOURNAL` repeats step 4, which is idempotent.
//! `docs/decisions/0020-all-files-or-none.md` says why, and what a power failure may do.

mod record;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::compare::Difference;
use super::drift::{Drift, DriftKind};
use super::error::OutputError;
use super::index::hash;
use super::orphan::Removal;
use super::place::Places;
use record::{Move, Record};

/// The record while it is being written: worthless.
const DRAFT: &str = ".tablewright-draft";
/// The record of a run that may have staged files, and has changed nothing.
const STAGING: &str = ".tablewright-staging";
/// The record of a run that has to be finished.
const JOURNAL: &str = ".tablewright-journal";

/// Carries out a run. Without anything to do it touches nothing.
pub(super) fn carry_out(
    places: &mut Places,
    differences: &[Difference],
    removals: Vec<Removal>,
) -> Result<(), Vec<OutputError>> {
    if differences.is_empty() && removals.is_empty() {
        return Ok(());
    }
    let record = record::plan(places.root(), differences, removals);
    announce(places.root(), &record).map_err(|error| vec![error])?;
    let staged = stage(places.root(), &record, differences).and_then(|()| rename(places.root(), STAGING, JOURNAL));
    if let Err(error) = staged {
        undo(places.root(), &record);
        return Err(vec![error]);
    }
    let edited = finish(places, &record)?;
    match edited.is_empty() {
        true => Ok(()),
        false => Err(edited),
    }
}

/// Finishes or undoes what an earlier run left; says whether there was anything.
pub(super) fn recover(places: &mut Places) -> Result<bool, Vec<OutputError>> {
    let root = places.root().to_owned();
    let one = |error| vec![error];
    if let Some(record) = record::read(&root, JOURNAL).map_err(one)? {
        // A file that somebody edited since keeps the edit: this run compares it afresh.
        finish(places, &record)?;
        return Ok(true);
    }
    if let Some(record) = record::read(&root, STAGING).map_err(one)? {
        undo(&root, &record);
        return Ok(true);
    }
    Ok(fs::remove_file(root.join(DRAFT)).is_ok())
}

/// The drift that says that an earlier run has to be finished or undone.
pub(super) fn interrupted(root: &Path) -> Option<Drift> {
    let left = [JOURNAL, STAGING, DRAFT].into_iter();
    let name = left.map(Path::new).find(|name| root.join(name).exists())?;
    Some(Drift::new(name, DriftKind::Interrupted, None, None))
}

fn announce(root: &Path, record: &Record) -> Result<(), OutputError> {
    let error = |error| OutputError::io(Path::new(DRAFT), "cannot write the record", &error);
    let text = serde_json::to_vec(record).map_err(|it| error(it.into()))?;
    let written = create(&root.join(DRAFT)).and_then(|mut file| {
        file.write_all(&text)?;
        // A record that exists under its name is whole, whatever happens to the power.
        file.sync_all()
    });
    if let Err(it) = written {
        let _ = fs::remove_file(root.join(DRAFT));
        return Err(error(it));
    }
    rename(root, DRAFT, STAGING)
}

fn stage(root: &Path, record: &Record, differences: &[Difference]) -> Result<(), OutputError> {
    for folder in &record.folders {
        let made = fs::create_dir(root.join(folder));
        made.map_err(|error| OutputError::io(folder, "cannot make the folder", &error))?;
    }
    for (it, difference) in record.moves.iter().zip(differences) {
        let staged = difference.file.with_file_name(&it.staged);
        stage_one(&staged, difference)
            .map_err(|error| OutputError::io(&difference.path, "cannot write the file", &error))?;
    }
    Ok(())
}

fn stage_one(staged: &Path, difference: &Difference) -> io::Result<()> {
    let mut file = create(staged)?;
    file.write_all(&difference.after)?;
    if difference.before.is_some() {
        file.set_permissions(fs::metadata(&difference.file)?.permissions())?;
    }
    match difference.precious {
        // What people wrote can't be made again, so a power failure must not lose it.
        true => file.sync_all(),
        false => Ok(()),
    }
}

/// Makes a file that did not exist: a leftover, or a link that was put there, is replaced.
fn create(path: &Path) -> io::Result<File> {
    match File::create_new(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            File::create_new(path)
        }
        other => other,
    }
}

/// Removes what was staged, as far as it exists, and then the record.
/// The record stays if something could not be removed, so that the next run tries again.
fn undo(root: &Path, record: &Record) {
    let staged = |it: &Move| root.join(&it.target).with_file_name(&it.staged);
    let files = record.moves.iter().map(|it| fs::remove_file(staged(it)));
    let folders = record.folders.iter().rev().map(|it| fs::remove_dir(root.join(it)));
    // A folder that somebody put a file into meanwhile may stay.
    let gone = |kind| matches!(kind, io::ErrorKind::NotFound | io::ErrorKind::DirectoryNotEmpty);
    let failed = |it: &io::Result<()>| it.as_ref().is_err_and(|error| !gone(error.kind()));
    if files.chain(folders).filter(failed).count() == 0 {
        let _ = fs::remove_file(root.join(STAGING));
    }
}

/// Step 4. The errors of `Ok` tell of files that were edited since, and were left as they are;
/// those of `Err` tell why the run is not finished.
fn finish(places: &mut Places, record: &Record) -> Result<Vec<OutputError>, Vec<OutputError>> {
    let mut edited = Vec::new();
    let mut errors = Vec::new();
    for it in &record.moves {
        match finish_move(places, it) {
            Ok(true) => {}
            Ok(false) => edited.push(edited_since(&it.target)),
            Err(error) => errors.push(error),
        }
    }
    for removal in &record.removals {
        match finish_removal(places, removal) {
            Ok(true) => {}
            Ok(false) => edited.push(edited_since(&removal.path)),
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    fs::remove_file(places.root().join(JOURNAL)).map_err(|error| vec![unfinished(Path::new(JOURNAL), &error)])?;
    Ok(edited)
}

/// False if the target was edited since.
fn finish_move(places: &mut Places, it: &Move) -> Result<bool, OutputError> {
    let error = |error| unfinished(&it.target, &error);
    let target = places.target(&it.target)?.file;
    let staged = target.with_file_name(&it.staged);
    if !staged.exists() {
        return Ok(true);
    }
    if current(&target).map_err(error)? != it.before {
        fs::remove_file(&staged).map_err(error)?;
        return Ok(false);
    }
    fs::rename(&staged, &target).map_err(error)?;
    Ok(true)
}

/// False if the file was edited since.
fn finish_removal(places: &mut Places, removal: &Removal) -> Result<bool, OutputError> {
    let error = |error| unfinished(&removal.path, &error);
    let file = places.target(&removal.path)?.file;
    match current(&file).map_err(error)? {
        None => Ok(true),
        Some(now) if now != removal.before => Ok(false),
        Some(_) => {
            fs::remove_file(&file).map_err(error)?;
            let parents = file.ancestors().skip(1).take_while(|it| *it != places.root());
            // The first folder that still holds something ends this.
            let _ = parents.map(fs::remove_dir).take_while(Result::is_ok).count();
            Ok(true)
        }
    }
}

fn current(file: &Path) -> io::Result<Option<String>> {
    match fs::read(file) {
        Ok(bytes) => Ok(Some(hash(&bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn edited_since(path: &Path) -> OutputError {
    let what = "somebody else changed the file while this run was writing, so it was left alone";
    OutputError::new(path, what, "run again")
}

fn unfinished(path: &Path, error: &io::Error) -> OutputError {
    let mut error = OutputError::io(path, "the run stopped half-way", error);
    error.help += "; the next run finishes this one";
    error
}

fn rename(root: &Path, from: &str, to: &str) -> Result<(), OutputError> {
    fs::rename(root.join(from), root.join(to))
        .map_err(|error| OutputError::io(Path::new(from), "cannot rename the record", &error))
}

#[cfg(test)]
mod tests;
