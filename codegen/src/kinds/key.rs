//! Parts of index keys, and when a constraint is checked: shared by constraints and indexes.

mod declared;

use serde::{Deserialize, Serialize};

use super::{Kind, Renaming};
use crate::expression;
use crate::model::Id;
use crate::sql;

/// One part of the key of an index or exclusion constraint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyPart {
    /// A column or an expression.
    #[serde(flatten)]
    pub term: Term,
    /// `COLLATE`, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<String>,
    /// The operator class, as written, if it is not the type's default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opclass: Option<String>,
    /// `DESC`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub descending: bool,
    /// `NULLS FIRST` or `NULLS LAST`, where it is not what the direction implies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nulls_first: Option<bool>,
}

/// What a part of a key is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// A column.
    Column(String),
    /// An expression, without outer parentheses.
    Expression(String),
}

impl KeyPart {
    /// The part as it stands in a statement.
    pub fn sql(&self) -> String {
        let mut text = match &self.term {
            Term::Column(name) => sql::ident(name),
            // A function call may stand alone; parentheses are always allowed for the rest.
            Term::Expression(text) if expression::is_call(text) => text.clone(),
            Term::Expression(text) => format!("({text})"),
        };
        if let Some(collation) = &self.collation {
            text += &format!(" COLLATE {}", collation_name(collation));
        }
        if let Some(opclass) = &self.opclass {
            text += &format!(" {opclass}");
        }
        if self.descending {
            text += " DESC";
        }
        match self.nulls_first.filter(|first| *first != self.descending) {
            Some(true) => text += " NULLS FIRST",
            Some(false) => text += " NULLS LAST",
            None => {}
        }
        text
    }

    /// What it needs: the columns that stand in it, and the functions.
    pub fn needs(&self, schema: &super::Schema, table: (&str, &str)) -> Vec<Id> {
        match &self.term {
            Term::Column(name) => vec![Id::new(Kind::Column, [table.0, table.1, name])],
            Term::Expression(text) => expression::needs(text, table, schema),
        }
    }

    /// The part after a rename.
    pub fn renamed(&self, rename: &Renaming, table: (&str, &str)) -> Self {
        let mut part = self.clone();
        match &mut part.term {
            Term::Column(name) => rename.column(table.0, table.1, name),
            Term::Expression(text) => rename.expression(table.0, table.1, text),
        }
        part
    }
}

/// A collation's name, quoted where it has to be, unless it was written with its schema.
pub fn collation_name(name: &str) -> String {
    if name.starts_with('"') || name.contains('.') { name.to_owned() } else { sql::ident(name) }
}

/// When a constraint is checked (documentation, SET CONSTRAINTS).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deferrable {
    /// At once, always
    #[default]
    Not,
    /// At once unless a transaction asks otherwise
    InitiallyImmediate,
    /// At commit unless a transaction asks otherwise
    InitiallyDeferred,
}

impl Deferrable {
    /// True for the default, which is not written.
    pub fn is_not(&self) -> bool {
        *self == Deferrable::Not
    }

    /// The clause, with a space before it.
    pub fn clause(self) -> &'static str {
        match self {
            Deferrable::Not => "",
            Deferrable::InitiallyImmediate => " DEFERRABLE",
            Deferrable::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
        }
    }
}

/// `INCLUDE (...)` with a space before it, or nothing.
pub fn include(columns: &[String]) -> String {
    if columns.is_empty() { String::new() } else { format!(" INCLUDE ({})", sql::idents(columns)) }
}

/// The columns of a key; the last may be a period in which no two rows overlap.
pub fn key_columns(columns: &[String], without_overlaps: bool) -> String {
    sql::idents(columns) + if without_overlaps { " WITHOUT OVERLAPS" } else { "" }
}

/// What makes two keys of a table the same key for PostgreSQL, whatever they are called.
pub fn same_key(columns: &[String], include: &[String], deferrable: Deferrable, nulls_not_distinct: bool) -> String {
    format!("{columns:?} {include:?} {deferrable:?} {nulls_not_distinct}")
}
