//! `output::settle`: what it writes, what it leaves alone, and that it is all or nothing.

mod crash;
mod drifts;
mod files;
mod orphans;
mod refused;
mod regions;

use std::fs;
use std::path::{Path, PathBuf};

use codegen::output::{Artifact, Content, Drift, DriftKind, Mode, Owned, Report, settle};
use tempfile::TempDir;

/// A project in a temporary folder, with `generated` as its owned folder.
struct Project {
    folder: TempDir,
    owned: Owned,
}

impl Project {
    fn new() -> Self {
        let owned = Owned {
            folders: vec!["generated".into()],
            except: Vec::new(),
            index: Some("generated/.tablewright.json".into()),
        };
        Project { folder: tempfile::tempdir().unwrap(), owned }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn put(&self, path: &str, content: impl AsRef<[u8]>) {
        let file = self.root().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    }

    fn get(&self, path: &str) -> String {
        let bytes = fs::read(self.root().join(path)).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    fn exists(&self, path: &str) -> bool {
        self.root().join(path).exists()
    }

    fn write(&self, artifacts: &[Artifact]) -> Report {
        let report = settle(self.root(), artifacts.to_vec(), &self.owned, Mode::Write);
        assert_eq!(self.leftovers(), Vec::<PathBuf>::new());
        report.unwrap()
    }

    fn check(&self, artifacts: &[Artifact]) -> Vec<Drift> {
        let before = self.everything();
        let report = settle(self.root(), artifacts.to_vec(), &self.owned, Mode::Check);
        assert_eq!(before, self.everything(), "a check writes nothing");
        report.unwrap().drifts
    }

    /// The errors of a run in write mode, which must leave everything as it was.
    fn refused(&self, artifacts: &[Artifact]) -> Vec<String> {
        let before = self.everything();
        let result = settle(self.root(), artifacts.to_vec(), &self.owned, Mode::Write);
        assert_eq!(before, self.everything(), "an error leaves everything as it was");
        result.unwrap_err().iter().map(ToString::to_string).collect()
    }

    /// All files and folders with their content, links not followed.
    fn everything(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        walk(self.root(), &mut found);
        found.sort();
        found
    }

    fn leftovers(&self) -> Vec<PathBuf> {
        let names = self.everything().into_iter().map(|(path, _)| path);
        let ours = |path: &PathBuf| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.starts_with(".tablewright-")
        };
        names.filter(ours).collect()
    }
}

fn walk(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = fs::symlink_metadata(&path).unwrap().file_type();
        if kind.is_dir() {
            walk(&path, found);
        }
        let content = if kind.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
        found.push((path, content));
    }
}

fn whole(path: &str, text: &str) -> Artifact {
    Artifact { path: path.into(), content: Content::Whole(text.to_owned()) }
}

fn region(path: &str, name: &str, text: &str) -> Artifact {
    let (name, text) = (name.to_owned(), text.to_owned());
    Artifact { path: path.into(), content: Content::Region { name, text } }
}

fn kinds(drifts: &[Drift]) -> Vec<(String, DriftKind)> {
    drifts.iter().map(|it| (it.path.display().to_string(), it.kind)).collect()
}

/// A single error that begins as said and holds all of the parts.
#[track_caller]
fn assert_one(errors: &[String], parts: &[&str]) {
    assert_eq!(errors.len(), 1, "{errors:#?}");
    for part in parts {
        assert!(errors[0].contains(part), "`{part}` is not in `{}`", errors[0]);
    }
}
