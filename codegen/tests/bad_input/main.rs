//! What the command line does with input that is wrong: it names the place, says what to do, and writes nothing.

mod command_line;
mod comments;
mod declarations;
mod expressions;
mod files;
mod history;
mod intents;
mod new_project;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// Files by path.
type Files = BTreeMap<String, Vec<u8>>;

/// A project in a temporary folder.
struct Project(TempDir);

/// What a run said, and its exit code.
struct Run {
    code: i32,
    text: String,
}

/// Files of a project, what it is run with, and how it is refused.
struct Case<'a> {
    files: &'a [(&'a str, &'a str)],
    args: &'a [&'a str],
    code: i32,
    /// Every one of these has to be said: places as `file:line:column`, and parts of messages.
    says: &'a [&'a str],
}

impl Project {
    fn new(files: &[(&str, &str)]) -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        files.iter().for_each(|(path, text)| project.put(path, text));
        project
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn put(&self, path: &str, content: impl AsRef<[u8]>) {
        let file = self.root().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    }

    fn get(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_codegen"));
        command.args(args).arg("--root").arg(self.root()).env_remove("GITHUB_ACTIONS");
        command
    }

    fn run(&self, args: &[&str]) -> Run {
        Run::of(&self.command(args).output().unwrap())
    }

    /// Runs what has to succeed.
    #[track_caller]
    fn done(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!(run.code, 0, "{args:?}: {}", run.text);
        run.text
    }

    /// Runs what has to be refused, and shows that it wrote nothing.
    #[track_caller]
    fn refused(&self, args: &[&str], code: i32, says: &[&str]) {
        let before = self.everything();
        let run = self.run(args);
        let missing: Vec<_> = says.iter().filter(|it| !run.text.contains(**it)).collect();
        assert!(missing.is_empty() && run.code == code, "{missing:?} not in {}, exit code {}", run.text, run.code);
        assert_eq!(before, self.everything(), "something was written");
    }

    fn everything(&self) -> Files {
        let mut found = Files::new();
        walk(self.root(), &mut found);
        found
    }
}

impl Run {
    fn of(output: &Output) -> Self {
        let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        Self { code: output.status.code().unwrap_or(-1), text: text.into_owned() }
    }
}

fn walk(folder: &Path, found: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        }
        found.insert(path.display().to_string(), fs::read(&path).unwrap_or_default());
    }
}

/// Refuses each case; a failure names the case by its number, from 0.
#[track_caller]
fn refused(cases: &[Case]) {
    for (at, case) in cases.iter().enumerate() {
        eprintln!("case {at}");
        Project::new(case.files).refused(case.args, case.code, case.says);
    }
}

const TABLE: &str = "\
use tablewright_declare::prelude::*;

/// Notes
#[derive(Table)]
#[table(name = \"notes\")]
pub struct Note {
    #[column(primary_key)]
    pub id: Uuid,
    pub text: Option<Text>,
}
";

/// An intent with more fields; the first of them stands in line 5.
fn intent(number: u32, name: &str, fields: &str) -> String {
    format!(
        "pub const M: Migration = Migration {{\n    number: {number},\n    name: {name:?},\n    \
         title: \"A title\", reason: \"A reason\",\n{fields}\n    ..Migration::DEFAULT\n}};\n"
    )
}

/// A table with one more column, which stands in line 3.
fn column(attribute: &str, field: &str) -> String {
    format!(
        "#[derive(Table)] pub struct Note {{\n    #[column(primary_key)] pub id: Uuid,\n    {attribute} pub {field},\n}}\n"
    )
}

/// A table with an attribute, which stands in line 1.
fn table(attribute: &str) -> String {
    format!(
        "#[derive(Table)] {attribute}\npub struct Note {{ #[column(primary_key)] pub id: Uuid, pub size: Integer }}\n"
    )
}
