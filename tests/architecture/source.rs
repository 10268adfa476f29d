//! The files that the guards look at.

use std::fs;
use std::path::{Path, PathBuf};

use super::tokens::{Token, code_tokens};

/// One file of the project.
pub struct Source {
    /// Below the project's root, `/` between its parts.
    pub path: String,
    /// What is in it.
    pub text: String,
}

impl Source {
    /// A source for the tests of the guards.
    pub fn example(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Whether it is in one of these folders (they end with `/`) or is one of these files.
    pub fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.path == *place || (place.ends_with('/') && self.path.starts_with(place)))
    }

    /// The tokens of the code that ships: no comments, no tests.
    pub fn code(&self) -> Vec<Token> {
        if self.is_test() { Vec::new() } else { code_tokens(&self.text).expect("the project's sources are Rust") }
    }

    /// A fault of this source.
    pub fn fault(&self, line: usize, what: impl AsRef<str>) -> String {
        format!("{}:{line}: {}", self.path, what.as_ref())
    }

    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/") || self.path.starts_with("tests/")
    }
}

/// The generator's own sources.
pub fn codegen() -> Vec<Source> {
    rust("codegen/src")
}

/// All sources that ship.
pub fn shipped() -> Vec<Source> {
    ["codegen/src", "src", "schema"].into_iter().flat_map(rust).collect()
}

/// The Rust files of a folder, sorted.
pub fn rust(folder: &str) -> Vec<Source> {
    let sources: Vec<Source> = below(folder).into_iter().filter(|source| source.path.ends_with(".rs")).collect();
    assert!(!sources.is_empty(), "no Rust file in {folder}: the guard looks at nothing");
    sources
}

/// Every text file below a folder of the project (`.` is the root), sorted; what builds and tools make is left out.
pub fn below(folder: &str) -> Vec<Source> {
    let mut paths = Vec::new();
    walk(&root().join(folder), &mut paths);
    paths.sort();
    paths.into_iter().filter_map(read).collect()
}

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Fails with every fault on a line of its own.
pub fn assert_none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn read(path: PathBuf) -> Option<Source> {
    let text = String::from_utf8(fs::read(&path).expect("a file of the project can be read")).ok()?;
    let path = path.strip_prefix(root()).expect("the walk started at the root");
    Some(Source { path: path.to_string_lossy().replace('\\', "/"), text })
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("a folder of the project can be listed").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if ["target", "node_modules", ".git"].contains(&&*name) || path.is_symlink() {
            continue;
        }
        if path.is_dir() { walk(&path, paths) } else { paths.push(path) }
    }
}
