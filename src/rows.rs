//! The rows of the declared tables and views, made by the build script.
//!
//! A field is an `Option` exactly where its column is nullable in the database, whatever TypeScript is promised.
//! An array that holds NULLs, and a time that is infinite, are read with an error rather than as something else.

#![allow(missing_docs, reason = "not every object has a comment")]
#![allow(clippy::all, reason = "the text is made, and printed for reading only")]
#![allow(non_camel_case_types, non_snake_case, reason = "names are those of the declaration")]

include!(concat!(env!("OUT_DIR"), "/schema.rs"));
