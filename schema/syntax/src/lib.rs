//! The one parser of a declared schema.
//!
//! `tablewright-derive` uses it to check declarations while they compile, `codegen` uses it to read the same
//! declarations as text, so the two can't disagree about what a declaration says.
//!
//! **Architecture Invariant:** this crate knows Rust syntax and the attributes of declarations.
//! It makes no SQL, reads no file and knows nothing of PostgreSQL's catalog.

pub mod ast;
pub mod builtin;
pub mod diagnostic;
mod parse;

pub use ast::*;
pub use diagnostic::{Diagnostic, FileId};
pub use parse::*;
