//! Where readers put the faults that they find.

use proc_macro2::Span;

use crate::{Diagnostic, FileId};

/// The faults of one file, as its readers find them.
pub(crate) struct Faults<'a> {
    file: FileId,
    list: &'a mut Vec<Diagnostic>,
}

impl<'a> Faults<'a> {
    /// Collects into `list`.
    pub(crate) fn new(file: FileId, list: &'a mut Vec<Diagnostic>) -> Self {
        Self { file, list }
    }

    /// The file whose faults these are.
    pub(crate) fn file(&self) -> FileId {
        self.file
    }

    /// How many there are so far.
    pub(crate) fn count(&self) -> usize {
        self.list.len()
    }

    /// Reports a fault without advice.
    pub(crate) fn at(&mut self, span: Span, message: impl Into<String>) {
        self.list.push(Diagnostic::new(self.file, span, message));
    }

    /// Reports a fault with advice.
    pub(crate) fn advise(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.list.push(Diagnostic::new(self.file, span, message).help(help));
    }
}
