//! The declared door: from source text to objects, and from faulty text to faults with their places.

use codegen::read::{Sources, declared};

#[path = "declared/faults.rs"]
mod faults;
#[path = "declared/folders.rs"]
mod folders;
#[path = "declared/objects.rs"]
mod objects;

/// The faults of one file as `line:column message; help`.
fn faults_of(files: &[(&str, &str)]) -> Vec<String> {
    let errors = declared(&Sources::of(files.iter().copied())).err().unwrap_or_default();
    let line = |error: tablewright_syntax::Diagnostic| {
        let start = error.span.start();
        let help = error.help.map(|help| format!("; {help}")).unwrap_or_default();
        let path = files.get(error.file.0).map_or("", |file| file.0);
        format!("{path}:{}:{} {}{help}", start.line, start.column + 1, error.message)
    };
    errors.into_iter().map(line).collect()
}
