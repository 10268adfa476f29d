//! The schema of rita, declared: eleven tables, and everything that is made from them.
//!
//! A file per table, named like its struct.
//! `///` on a table or a column is its comment in the database, in TypeScript and in the documents;
//! `//` speaks to the reader of this source only.
//!
//! After a change here, `cargo run -p codegen` says what it means and writes what follows from it.

#![allow(missing_docs, reason = "a doc comment is a comment in the database, and not every object has one")]
#![allow(clippy::duplicated_attributes, reason = "two indexes may begin with the same column")]

pub mod blob;
pub mod blob_metadata;
pub mod cluster;
pub mod cluster_kb_link;
pub mod consumers;
pub mod data_source_connection;
pub mod documents;
pub mod enums;
pub mod functions;
pub mod ingestion_run;
pub mod interfaces;
pub mod json;
pub mod migrations;
pub mod ml_model;
pub mod organization;
pub mod organization_member;
pub mod project;
pub mod ticket;
pub mod user_profile;
