//! The words that a schema is declared in.
//!
//! A declared schema is a crate of plain Rust: a struct per table, an enum per list of values, a constant per
//! migration. Every file of it starts with `use tablewright_declare::prelude::*;`, and that is all it needs.
//!
//! ```
//! use tablewright_declare::prelude::*;
//!
//! /// Who may log in
//! #[derive(Table)]
//! #[table(name = "users")]
//! #[unique_index(uq_users_email, on(sql("lower(email)")))]
//! pub struct User {
//!     #[column(primary_key, default = sql("gen_random_uuid()"))]
//!     pub id: Uuid,
//!     /// As the user typed it
//!     pub email: Text,
//!     #[column(default = sql("now()"))]
//!     pub created_at: Timestamptz,
//! }
//! ```
//!
//! Where to look:
//! - which type declares which SQL type: [`types`];
//! - what can be written on a struct: the derive macros, first of all [`derive@Table`];
//! - what a migration's author has to say: [`Migration`];
//! - which TypeScript files come out: [`Consumer`] and [`derive@Interface`].
//!
//! **Architecture Invariant:** nothing here runs. `codegen` reads the source of a declaration as text;
//! compiling it proves, besides, that its names and types fit together.

mod consumer;
mod document;
mod exports;
mod migration;
mod project;

pub mod check;
pub mod prelude;
pub mod types;

pub use consumer::{Consumer, Indent, Inheritance, Quotes, Timestamps, TypeFile};
pub use document::{Document, Region};
pub use migration::{Accept, Backfill, Batch, Deploy, Migration, Notice, Rename, Rollback, Section};
pub use project::{Project, Runner};
pub use tablewright_derive::{
    Domain, EnumType, Extension, Function, Interface, JsonObject, Schema, Sequence, Table, TextEnum, View,
};
