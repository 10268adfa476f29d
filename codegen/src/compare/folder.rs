//! A folder of migrations, as the common runners keep them.

use std::cmp::Ordering;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::CompareError;

/// The texts of all ways up, in the order of their names: each an `.sql` file, or a folder with an `up.sql` in it.
///
/// Ways down are left out: `*.down.sql`, `*_down.sql`, `*.undo.sql`, `down.sql`.
///
/// # Errors
/// A folder or file that can't be read, or a folder without migrations.
pub fn texts(folder: &Path) -> Result<Vec<(String, String)>, CompareError> {
    let mut ways_up = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| unread(folder, error))? {
        let path = entry.map_err(|error| unread(folder, error))?.path();
        ways_up.extend(way_up(path));
    }
    if ways_up.is_empty() {
        return Err(CompareError::Side(format!(
            "there is no migration in {}: no .sql file, no folder with an up.sql",
            folder.display()
        )));
    }
    ways_up.sort_by(|a, b| naturally(&a.to_string_lossy(), &b.to_string_lossy()));
    ways_up.iter().map(|path| text(path)).collect()
}

/// The name of a file, and what it says.
///
/// # Errors
/// A file that can't be read.
pub fn text(path: &Path) -> Result<(String, String), CompareError> {
    let text = fs::read_to_string(path).map_err(|error| unread(path, error))?;
    Ok((path.display().to_string(), text))
}

fn unread(path: &Path, error: io::Error) -> CompareError {
    CompareError::Side(format!("can't read {}: {error}", path.display()))
}

fn way_up(path: PathBuf) -> Option<PathBuf> {
    let inside = path.join("up.sql");
    if inside.is_file() {
        return Some(inside);
    }
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let down = [".down.sql", "_down.sql", ".undo.sql"].iter().any(|end| name.ends_with(end)) || name == "down.sql";
    (path.is_file() && name.ends_with(".sql") && !down).then_some(path)
}

/// Numbers in names count as numbers: 9 comes before 10.
fn naturally(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        match (piece(left), piece(right)) {
            (None, None) => return a.cmp(b),
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some((one, rest)), Some((other, more))) => {
                let order = match (one.parse::<u128>(), other.parse::<u128>()) {
                    (Ok(one), Ok(other)) => one.cmp(&other),
                    _ => one.cmp(other),
                };
                if order != Ordering::Equal {
                    return order;
                }
                (left, right) = (rest, more);
            }
        }
    }
}

/// The digits, or what is not digits, at the start of a text, and the rest.
fn piece(text: &str) -> Option<(&str, &str)> {
    let digits = text.chars().next()?.is_ascii_digit();
    let end = text.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(text.len());
    Some(text.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_are_ordered_as_numbers() {
        let mut names = ["V10__b.sql", "V9__a.sql", "V9__a b.sql", "V010__a.sql"];
        names.sort_by(|a, b| naturally(a, b));
        assert_eq!(names, ["V9__a b.sql", "V9__a.sql", "V010__a.sql", "V10__b.sql"]);
    }

    #[test]
    fn ways_down_are_no_migrations() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["1_a.up.sql", "1_a.down.sql", "2_b.sql", "readme.md"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        fs::create_dir(folder.path().join("3_c")).unwrap();
        fs::write(folder.path().join("3_c/up.sql"), "c").unwrap();
        let found: Vec<String> = texts(folder.path()).unwrap().into_iter().map(|(_, text)| text).collect();
        assert_eq!(found, ["1_a.up.sql", "2_b.sql", "c"]);
    }
}
