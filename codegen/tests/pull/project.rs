//! A folder to pull into, with the program run in it.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A folder that goes with this value.
pub struct Project(TempDir);

impl Project {
    /// An empty one.
    pub fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file.
    pub fn put(&self, path: &str, text: &str) {
        fs::write(self.path().join(path), text).unwrap();
    }

    /// Reads a file.
    pub fn get(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs the program: exit code, and all that it said.
    pub fn run(&self, arguments: &[&str]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_codegen"));
        command.args(arguments).current_dir(self.path()).env_remove("CARGO_PKG_NAME").env_remove("GITHUB_ACTIONS");
        let output = command.output().unwrap();
        let said = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap()).concat();
        (output.status.code().unwrap(), said)
    }

    /// Runs the program, which has to exit so and to say so.
    pub fn expect(&self, arguments: &[&str], code: i32, said: &[&str]) {
        let (found, text) = self.run(arguments);
        assert_eq!(found, code, "{arguments:?}: {text}");
        for part in said {
            assert!(text.contains(part), "{arguments:?} does not say `{part}`: {text}");
        }
    }
}
