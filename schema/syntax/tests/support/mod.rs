//! What the tests of this crate share.

use tablewright_syntax::{FileId, parse_file};

/// The faults of a text, each as `line:column message | help`, columns from 1.
pub fn faults(source: &str) -> Vec<String> {
    let (_, errors) = parse_file(FileId(0), source);
    errors
        .iter()
        .map(|error| {
            let start = error.span.start();
            let help = error.help.as_ref().map(|help| format!(" | {help}"));
            let (line, column) = (start.line, start.column + 1);
            format!("{line}:{column} {}{}", error.message, help.unwrap_or_default())
        })
        .collect()
}
