//! A copy of the repository to tamper with.

#![allow(dead_code, reason = "no test needs all of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use codegen::scratch::BIN_VARIABLE;
use tempfile::TempDir;

use super::program::{Answer, binaries, ended, installed, program, root, started};

/// What the program needs of this repository, in a temporary folder.
pub struct Copy {
    folder: TempDir,
}

/// Every file with its content and when it was written.
pub type Seen = BTreeMap<PathBuf, (Vec<u8>, SystemTime)>;

impl Copy {
    /// The repository as it is.
    pub fn as_committed() -> Self {
        let copy = Self { folder: tempfile::tempdir().unwrap() };
        for folder in ["schema", "docs", "generated"] {
            copy_folder(&root().join(folder), &copy.path(folder));
        }
        copy
    }

    /// Another project, of these files.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let copy = Self { folder: tempfile::tempdir().unwrap() };
        files.iter().for_each(|(path, text)| copy.put(path, text));
        copy
    }

    /// The repository after a run, so that what a test finds is what it did itself.
    pub fn generated() -> Self {
        let copy = Self::as_committed();
        copy.run(&[]).ends_with(0);
        copy
    }

    /// The same after the open migration was sealed.
    pub fn sealed() -> Self {
        let copy = Self::generated();
        copy.run(&["seal"]).ends_with(0);
        copy
    }

    pub fn run(&self, arguments: &[&str]) -> Answer {
        self.answer(program(arguments))
    }

    /// Runs a command that starts servers, which the copy has none of.
    pub fn run_with_servers(&self, arguments: &[&str]) -> Answer {
        let mut command = program(arguments);
        command.current_dir(self.folder.path()).env(BIN_VARIABLE, &binaries().bindir);
        self.answer(command)
    }

    /// Runs it as somebody who did not come by cargo.
    pub fn run_installed(&self, arguments: &[&str]) -> Answer {
        self.answer(installed(arguments))
    }

    pub fn run_on_github(&self, arguments: &[&str]) -> Answer {
        let mut command = program(arguments);
        command.env("GITHUB_ACTIONS", "1");
        self.answer(command)
    }

    /// Runs a command that must write nothing.
    pub fn run_untouched(&self, arguments: &[&str]) -> Answer {
        let before = self.seen();
        let answer = self.run(arguments);
        let after = self.seen();
        let touched: Vec<&PathBuf> =
            before.keys().chain(after.keys()).filter(|path| before.get(*path) != after.get(*path)).collect();
        assert!(touched.is_empty(), "{arguments:?} has touched {touched:?}");
        answer
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn put(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// Replaces the first place where a text stands, which must be there.
    pub fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        assert!(text.contains(from), "{path} does not hold {from:?}");
        self.put(path, &text.replacen(from, to, 1));
    }

    pub fn seen(&self) -> Seen {
        let mut seen = Seen::new();
        look(self.folder.path(), &mut seen);
        seen
    }

    fn answer(&self, mut command: Command) -> Answer {
        command.arg("--root").arg(self.folder.path());
        ended(started(command))
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn look(folder: &Path, seen: &mut Seen) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            look(&path, seen);
        } else {
            let written = fs::metadata(&path).unwrap().modified().unwrap();
            seen.insert(path.clone(), (fs::read(&path).unwrap(), written));
        }
    }
}
