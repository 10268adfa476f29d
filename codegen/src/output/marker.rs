//! Marker lines, and the regions that they enclose.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::error::{OutputError, Position};

/// The inside of a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    /// The bytes between the two marker lines.
    pub(super) inside: Range<usize>,
    /// What stands before the begin marker on its line.
    pub(super) indent: String,
    /// How the begin marker's line ends.
    pub(super) newline: &'static str,
    /// Where the begin marker stands.
    pub(super) position: Position,
}

/// How a language writes a comment that fills a line.
struct Comment {
    open: &'static str,
    close: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    Begin,
    End,
}

/// A line that is a marker, or is so close to one that it must be a mistake.
struct Marker<'a> {
    edge: Option<Edge>,
    name: &'a str,
    indent: &'a str,
    newline: &'static str,
    line: Range<usize>,
    position: Position,
}

/// The two lines that make a region called `name` in a file like `path`.
pub(super) fn marker_lines(path: &Path, name: &str) -> [String; 2] {
    let Comment { open, close } = comment(path);
    ["begin", "end"].map(|edge| {
        let line = format!("{open} tablewright:{edge} {name} {close}");
        line.trim_end().to_owned()
    })
}

/// Whether a region of a file like `path` can't hold this text, since one of its lines is a marker itself.
pub(super) fn holds_marker(path: &Path, text: &str) -> bool {
    let comment = comment(path);
    text.lines().any(|line| parse(line, &comment).is_some())
}

/// All regions of a file by name, or everything that is wrong with its markers.
pub(super) fn regions(path: &Path, text: &str) -> Result<BTreeMap<String, Region>, Vec<OutputError>> {
    let mut found = BTreeMap::new();
    let mut errors = Vec::new();
    let mut open: Option<Marker> = None;
    for marker in markers(path, text) {
        match (marker.edge, open.take()) {
            (Some(Edge::Begin), None) => open = Some(marker),
            (Some(Edge::End), Some(begin)) if begin.name == marker.name => {
                let region = enclosed(&begin, &marker);
                if found.insert(begin.name.to_owned(), region).is_some() {
                    errors.push(duplicate(path, &begin));
                }
            }
            (_, begin) => {
                errors.push(misplaced(path, &marker, begin.as_ref()));
                open = begin;
            }
        }
    }
    errors.extend(open.map(|begin| unclosed(path, &begin)));
    match errors.is_empty() {
        true => Ok(found),
        false => Err(errors),
    }
}

fn comment(path: &Path) -> Comment {
    let extension = path.extension().and_then(|it| it.to_str());
    let (open, close) = match extension.unwrap_or_default() {
        "md" | "markdown" | "html" | "htm" | "xml" | "svg" => ("<!--", "-->"),
        "ts" | "tsx" | "mts" | "cts" | "js" | "jsx" | "mjs" | "cjs" | "rs" => ("//", ""),
        "sql" => ("--", ""),
        _ => ("#", ""),
    };
    Comment { open, close }
}

fn markers<'a>(path: &Path, text: &'a str) -> Vec<Marker<'a>> {
    let comment = comment(path);
    let mut fences = Fences::of(path);
    let mut inside = false;
    let mut start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut found = Vec::new();
    for (index, line) in text[start..].split_inclusive('\n').enumerate() {
        let range = start..start + line.len();
        start = range.end;
        if !inside && fences.hide(line) {
            continue;
        }
        let Some((edge, name)) = parse(line, &comment) else {
            continue;
        };
        inside = edge == Some(Edge::Begin);
        found.push(marker(line, edge, name, range, index + 1));
    }
    found
}

fn marker<'a>(line: &'a str, edge: Option<Edge>, name: &'a str, range: Range<usize>, number: usize) -> Marker<'a> {
    let indent = &line[..line.len() - line.trim_start().len()];
    Marker {
        edge,
        name,
        indent,
        newline: if line.ends_with("\r\n") { "\r\n" } else { "\n" },
        line: range,
        position: Position { line: number, column: indent.chars().count() + 1 },
    }
}

/// What a marker line says; `None` inside means that it says nothing sensible.
fn parse<'a>(line: &'a str, comment: &Comment) -> Option<(Option<Edge>, &'a str)> {
    let inner = line.trim().strip_prefix(comment.open)?.trim_start();
    let order = inner.strip_prefix("tablewright:")?;
    let Some(order) = order.strip_suffix(comment.close) else {
        return Some((None, order));
    };
    let mut words = order.split_whitespace();
    let known = match (words.next(), words.next(), words.next()) {
        (Some("begin"), Some(name), None) => (Some(Edge::Begin), name),
        (Some("end"), Some(name), None) => (Some(Edge::End), name),
        _ => (None, order.trim()),
    };
    Some(known)
}

/// Fenced code of Markdown: markers in it are shown, not meant.
struct Fences {
    markdown: bool,
    open: Option<(char, usize)>,
}

impl Fences {
    fn of(path: &Path) -> Self {
        let extension = path.extension().and_then(|it| it.to_str());
        Fences { markdown: matches!(extension, Some("md" | "markdown")), open: None }
    }

    /// Whether this line belongs to fenced code.
    fn hide(&mut self, line: &str) -> bool {
        let line = line.trim();
        let first = line.chars().next().filter(|it| matches!(it, '`' | '~'));
        let length = line.chars().take_while(|it| Some(*it) == first).count();
        match (self.open, first) {
            _ if !self.markdown => false,
            (None, Some(first)) if length >= 3 => {
                self.open = Some((first, length));
                true
            }
            (Some((fence, least)), Some(first)) => {
                if fence == first && length >= least && line.len() == length {
                    self.open = None;
                }
                true
            }
            (open, _) => open.is_some(),
        }
    }
}

fn enclosed(begin: &Marker, end: &Marker) -> Region {
    Region {
        inside: begin.line.end..end.line.start,
        indent: begin.indent.to_owned(),
        newline: begin.newline,
        position: begin.position,
    }
}

fn duplicate(path: &Path, begin: &Marker) -> OutputError {
    let what = format!("a second region is called `{}`", begin.name);
    OutputError::new(path, what, "remove one of the two, with its end marker").at(begin.position)
}

fn misplaced(path: &Path, marker: &Marker, open: Option<&Marker>) -> OutputError {
    let name = marker.name;
    let (what, help) = match (marker.edge, open) {
        (None, _) => (
            format!("`{name}` is no marker"),
            "write `tablewright:begin NAME` or `tablewright:end NAME` in a comment of its own line".to_owned(),
        ),
        (Some(Edge::Begin), Some(open)) => (
            format!("region `{name}` begins inside region `{}`", open.name),
            format!("end `{}` first: {}", open.name, marker_lines(path, open.name)[1]),
        ),
        (_, Some(open)) => (
            format!("region `{}` is ended as `{name}`", open.name),
            format!("make this line {}", marker_lines(path, open.name)[1]),
        ),
        (_, None) => (
            format!("region `{name}` ends before it begins"),
            format!("add the line {} above", marker_lines(path, name)[0]),
        ),
    };
    OutputError::new(path, what, help).at(marker.position)
}

fn unclosed(path: &Path, begin: &Marker) -> OutputError {
    let what = format!("region `{}` has no end marker", begin.name);
    let help = format!("add the line {} below", marker_lines(path, begin.name)[1]);
    OutputError::new(path, what, help).at(begin.position)
}
