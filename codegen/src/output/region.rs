//! Fills the managed regions of a file that people write, and leaves all else byte for byte alone.

use std::collections::BTreeMap;
use std::path::Path;

use super::error::{OutputError, Position};
use super::marker::{self, Region};

/// A file with its regions filled.
#[derive(Debug)]
pub(super) struct Filled {
    pub(super) text: String,
    /// Regions that stand in the file and that no artifact fills.
    pub(super) unfilled: Vec<(String, Region)>,
}

/// The file's bytes as text; the error names the first byte that is not UTF-8.
pub(super) fn text(path: &Path, bytes: Vec<u8>) -> Result<String, OutputError> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
        let what = "the file is not UTF-8, so its regions can't be filled";
        OutputError::new(path, what, "save the file as UTF-8").at(end_of(&before))
    })
}

/// Puts the texts of `wanted` into the regions of `old` that carry their names.
pub(super) fn fill(path: &Path, old: String, wanted: &BTreeMap<String, String>) -> Result<Filled, Vec<OutputError>> {
    let regions = marker::regions(path, &old)?;
    let missing: Vec<&String> = wanted.keys().filter(|it| !regions.contains_key(*it)).collect();
    let (filled, unfilled): (Vec<_>, Vec<_>) = regions.into_iter().partition(|(name, _)| wanted.contains_key(name));
    if !missing.is_empty() {
        let spare: Vec<&(String, Region)> = unfilled.iter().collect();
        return Err(missing.iter().map(|name| absent(path, name, &spare, &old)).collect());
    }
    let text = replace(old, filled, wanted);
    Ok(Filled { text, unfilled })
}

/// The error for a region whose file does not exist.
pub(super) fn no_file(path: &Path, names: &BTreeMap<String, String>) -> OutputError {
    let lines = names.keys().flat_map(|name| marker::marker_lines(path, name));
    let lines: Vec<String> = lines.collect();
    let what = "the file with a managed region does not exist";
    let help = format!("make the file and add the lines\n{}", lines.join("\n"));
    OutputError::new(path, what, help)
}

/// Replaces from the last region to the first, so that the ranges of the others stay right.
fn replace(mut text: String, mut regions: Vec<(String, Region)>, wanted: &BTreeMap<String, String>) -> String {
    regions.sort_by_key(|(_, region)| std::cmp::Reverse(region.inside.start));
    for (name, region) in regions {
        let lines = wanted.get(&name).map_or("", String::as_str);
        let inside = dressed(lines, &region);
        text.replace_range(region.inside, &inside);
    }
    text
}

fn dressed(text: &str, region: &Region) -> String {
    let mut dressed = String::with_capacity(text.len());
    for line in text.lines() {
        if !line.is_empty() {
            dressed.push_str(&region.indent);
        }
        dressed.push_str(line);
        dressed.push_str(region.newline);
    }
    dressed
}

fn absent(path: &Path, name: &str, spare: &[&(String, Region)], text: &str) -> OutputError {
    let what = format!("no region is called `{name}`");
    let near = spare
        .iter()
        .map(|it| (strsim::damerau_levenshtein(name, &it.0), it))
        .filter(|(distance, _)| *distance <= 1 + name.chars().count() / 4)
        .min_by_key(|(distance, _)| *distance);
    match near {
        Some((_, (other, region))) => {
            let help = format!("did you mean this region, `{other}`? rename it in both its markers");
            OutputError::new(path, what, help).at(region.position)
        }
        None => {
            let [begin, end] = marker::marker_lines(path, name);
            let help = format!("add the lines\n{begin}\n{end}");
            OutputError::new(path, what, help).at(end_of(text))
        }
    }
}

fn end_of(text: &str) -> Position {
    let last = text.rsplit('\n').next().unwrap_or_default();
    Position { line: text.matches('\n').count() + 1, column: last.chars().count() + 1 }
}
