//! Faults of a declaration with an excerpt of the source, as rustc shows them.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use tablewright_syntax::Diagnostic;

use super::terminal::Terminal;
use crate::read::Sources;

/// One fault with its excerpt.
pub fn excerpt(terminal: &Terminal, sources: &Sources, fault: &Diagnostic) -> String {
    let (path, text) = sources.file(fault.file).map_or(("", ""), |file| (file.path.as_str(), file.text.as_str()));
    let span = range(text, fault);
    let snippet = Snippet::source(text).path(path).annotation(AnnotationKind::Primary.span(span));
    let mut group = Level::ERROR.primary_title(fault.message.as_str()).element(snippet);
    if let Some(help) = &fault.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if terminal.complains_in_color() { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// Line and column, both from 1, of the place that a fault is at.
pub fn place(fault: &Diagnostic) -> (usize, usize) {
    let start = fault.span.start();
    (start.line.max(1), start.column + 1)
}

/// The bytes to underline, inside of the text and on the borders of characters.
fn range(text: &str, fault: &Diagnostic) -> std::ops::Range<usize> {
    let bytes = fault.span.byte_range();
    let inside = bytes.end <= text.len() && text.is_char_boundary(bytes.start) && text.is_char_boundary(bytes.end);
    if inside { bytes } else { 0..0 }
}
