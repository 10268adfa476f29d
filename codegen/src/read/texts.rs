//! Texts that stand in a project besides its declaration and its history.

use std::fs;
use std::path::Path;

/// The folder of the rows that a team wants its migrations to be proved with.
pub const FIXTURES: &str = "schema/fixtures";

/// The files of a folder below a project's root that end like this, as paths and texts, by name. What can't be read as text
/// is left out.
pub fn files(root: &Path, folder: &str, ending: &str) -> Vec<(String, String)> {
    let names = names(root, folder, ending).into_iter();
    let texts = names.filter_map(|name| {
        let path = format!("{folder}/{name}");
        Some((path.clone(), text(root, &path).ok()?))
    });
    texts.collect()
}

/// The team's own rows for a migration, as files of SQL by name: those that begin with its number.
///
/// # Errors
/// A file that can't be read.
pub fn fixtures(root: &Path, number: u32) -> Result<Vec<(String, String)>, String> {
    let mut names = names(root, FIXTURES, ".sql");
    names.retain(|name| self::number(name) == number);
    let read = |name: String| {
        let path = format!("{FIXTURES}/{name}");
        Ok((path.clone(), text(root, &path)?))
    };
    names.into_iter().map(read).collect()
}

/// The text of a file below a project's root.
///
/// # Errors
/// Names the file and says why it can't be read.
pub fn text(root: &Path, path: &str) -> Result<String, String> {
    fs::read_to_string(root.join(path)).map_err(|error| format!("{path}: can't be read: {error}"))
}

/// The number that a file's name begins with; 0, if it begins with none.
pub fn number(name: &str) -> u32 {
    let digits = name.split(|letter: char| !letter.is_ascii_digit()).next().unwrap_or_default();
    digits.parse().unwrap_or(0)
}

fn names(root: &Path, folder: &str, ending: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return Vec::new() };
    let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.retain(|name| name.ends_with(ending));
    names.sort();
    names
}
