//! What is wrong with a declaration, where, and what to do about it.

use proc_macro2::Span;

/// A source file, by its number in the list that its reader keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileId(pub usize);

/// One fault of a declaration.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The file that the fault is in.
    pub file: FileId,
    /// The tokens to underline.
    pub span: Span,
    /// What is wrong: lower case, no final dot.
    pub message: String,
    /// What to do, if that is not plain from the message ("did you mean `on_delete`?").
    pub help: Option<String>,
}

impl Diagnostic {
    /// A fault without advice.
    pub fn new(file: FileId, span: Span, message: impl Into<String>) -> Self {
        Self { file, span, message: message.into(), help: None }
    }

    /// The same fault with advice.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
