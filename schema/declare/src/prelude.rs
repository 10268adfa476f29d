//! Everything that a declaration needs: `use tablewright_declare::prelude::*;`

pub use std::collections::BTreeMap;

pub use crate::exports;
pub use crate::types::*;
pub use crate::{
    Accept, Backfill, Consumer, Deploy, Document, Indent, Inheritance, Migration, Notice, Project, Quotes, Region,
    Rename, Rollback, Runner, Section, Timestamps, TypeFile,
};
pub use crate::{
    Domain, EnumType, Extension, Function, Interface, JsonObject, Schema, Sequence, Table, TextEnum, View,
};
