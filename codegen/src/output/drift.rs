//! How a file differs from what it should be, for people and for GitHub.

use std::fmt::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use similar::{Algorithm, DiffOp};

/// Lines of a diff beyond this many are only counted.
const SHOWN_LINES: usize = 400;
/// Lines of either side beyond this many after the first difference are not compared:
/// the cost of a diff grows with the square of its length.
const COMPARED_LINES: usize = 4_000;
/// Equal lines around a difference.
const CONTEXT: usize = 3;

/// One file that is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// The file, relative to the project root.
    pub path: PathBuf,
    /// What is wrong with it.
    pub kind: DriftKind,
    /// Unified diff from what is there to what should be; empty if there is nothing to compare.
    pub diff: String,
    /// The first line that differs, from 1.
    pub line: usize,
}

/// In which way a file is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DriftKind {
    /// It does not exist.
    Missing,
    /// It, or a managed region in it, has other content.
    Stale,
    /// An earlier run wrote it, and no artifact fills it now; a run in write mode removes it.
    Orphaned,
    /// The same, but somebody edited it since, so that nothing removes it.
    EditedOrphan,
    /// It stands in an owned folder, and no run wrote it, so that nothing removes it.
    Foreign,
    /// A managed region that no artifact fills now; its text may matter to its neighbours, so nothing removes it.
    OrphanedRegion,
    /// A run was stopped before it was done.
    Interrupted,
    /// A file of a sealed migration, which nobody may change any more, was changed.
    SealedEdited,
    /// A file of a sealed migration is gone.
    SealedMissing,
}

impl DriftKind {
    /// What is wrong, as the rest of a sentence that begins with the path.
    pub fn what(self) -> &'static str {
        match self {
            DriftKind::Missing => "is missing",
            DriftKind::Stale => "is stale",
            DriftKind::Orphaned => "is not generated any more",
            DriftKind::EditedOrphan => "is not generated any more, and was edited by hand",
            DriftKind::Foreign => "stands in a generated folder, but was not generated",
            DriftKind::OrphanedRegion => "has a managed region that nothing fills any more",
            DriftKind::Interrupted => "was left by a run that was stopped half-way",
            DriftKind::SealedEdited => "was edited after its migration was sealed",
            DriftKind::SealedMissing => "is missing, and its migration is sealed",
        }
    }

    /// What to do about it.
    pub fn help(self) -> &'static str {
        match self {
            DriftKind::Missing | DriftKind::Stale | DriftKind::Orphaned | DriftKind::Interrupted => {
                "run `cargo run -p codegen`"
            }
            DriftKind::SealedEdited | DriftKind::SealedMissing => {
                "restore it from version control; to change the schema, open a new migration"
            }
            DriftKind::EditedOrphan => "move the edits where they belong, then delete the file",
            DriftKind::Foreign => "move the file out of the folder, or delete it",
            DriftKind::OrphanedRegion => "remove both marker lines, and the text between them if it is of no use",
        }
    }
}

impl Drift {
    /// The drift from `old` (what is there) to `new` (what should be).
    pub(super) fn new(path: &Path, kind: DriftKind, old: Option<&[u8]>, new: Option<&[u8]>) -> Self {
        let (diff, line) = match (old.map(str::from_utf8), new.map(str::from_utf8)) {
            (None, None) => (String::new(), 1),
            (Some(Err(_)), _) | (_, Some(Err(_))) => (binary(path), 1),
            (old, new) => unified(path, old.and_then(Result::ok), new.and_then(Result::ok)),
        };
        Drift { path: path.to_owned(), kind, diff, line }
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Drift { path, kind, .. } = self;
        let (what, help) = (kind.what(), kind.help());
        write!(f, "{}:{}: {what}; {help}", path.display(), self.line)
    }
}

/// The workflow command that shows a drift beside its line in a pull request.
///
/// Source: GitHub documentation, "Workflow commands for GitHub Actions"; the escapes are those of `@actions/core`.
pub fn github_annotation(drift: &Drift) -> String {
    let path = drift.path.display().to_string();
    let message = format!("{path} {}; {}", drift.kind.what(), drift.kind.help());
    let file = escape_data(&path).replace(':', "%3A").replace(',', "%2C");
    format!("::error file={file},line={}::{}", drift.line, escape_data(&message))
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn binary(path: &Path) -> String {
    let path = path.display();
    format!("Binary files a/{path} and b/{path} differ\n")
}

/// The diff, and the first line of the old text that differs.
fn unified(path: &Path, old: Option<&str>, new: Option<&str>) -> (String, usize) {
    let mut diff = header(path, old.is_some(), new.is_some());
    let old: Vec<&str> = old.unwrap_or_default().split_inclusive('\n').collect();
    let new: Vec<&str> = new.unwrap_or_default().split_inclusive('\n').collect();
    let equal = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let lines = hunks(&old, &new, equal.saturating_sub(CONTEXT));
    let hidden = lines.len().saturating_sub(SHOWN_LINES);
    diff.extend(lines.into_iter().take(SHOWN_LINES));
    if hidden > 0 {
        let _ = writeln!(diff, "… {hidden} more lines");
    }
    (diff, (equal + 1).min(old.len()).max(1))
}

fn header(path: &Path, old: bool, new: bool) -> String {
    let side = |letter: char, exists: bool| match exists {
        true => format!("{letter}/{}", path.display()),
        false => "/dev/null".to_owned(),
    };
    format!("--- {}\n+++ {}\n", side('a', old), side('b', new))
}

/// The hunks after the first `skipped` lines, which are equal on both sides.
fn hunks(old: &[&str], new: &[&str], skipped: usize) -> Vec<String> {
    let window = |lines: &[&str]| skipped..lines.len().min(skipped + COMPARED_LINES);
    let (old_window, new_window) = (window(old), window(new));
    let cut = old.len() - old_window.end + new.len() - new_window.end;
    let ops = similar::capture_diff_slices(Algorithm::Myers, &old[old_window], &new[new_window]);
    let mut lines = Vec::new();
    for group in similar::group_diff_ops(ops, CONTEXT) {
        lines.extend(hunk(&group, old, new, skipped));
    }
    if cut > 0 {
        lines.push(format!("… {cut} more lines that were not compared\n"));
    }
    lines
}

fn hunk(group: &[DiffOp], old: &[&str], new: &[&str], skipped: usize) -> Vec<String> {
    let shift = |range: Range<usize>| range.start + skipped..range.end + skipped;
    let whole = |range: fn(&DiffOp) -> Range<usize>| {
        let start = group.first().map_or(0, |op| range(op).start);
        shift(start..group.last().map_or(start, |op| range(op).end))
    };
    let (before, after) = (whole(DiffOp::old_range), whole(DiffOp::new_range));
    let mut lines = vec![format!("@@ -{} +{} @@\n", extent(&before), extent(&after))];
    for op in group {
        let (before, after) = (shift(op.old_range()), shift(op.new_range()));
        if let DiffOp::Equal { .. } = op {
            lines.extend(old[before].iter().map(|it| shown(' ', it)));
            continue;
        }
        lines.extend(old[before].iter().map(|it| shown('-', it)));
        lines.extend(new[after].iter().map(|it| shown('+', it)));
    }
    lines
}

/// "first line,count" as diff writes it: an empty range names the line before it.
fn extent(range: &Range<usize>) -> String {
    match range.len() {
        0 => format!("{},0", range.start),
        1 => format!("{}", range.start + 1),
        count => format!("{},{count}", range.start + 1),
    }
}

fn shown(sign: char, line: &str) -> String {
    match line.ends_with('\n') {
        true => format!("{sign}{line}"),
        false => format!("{sign}{line}\n\\ No newline at end of file\n"),
    }
}
