//! The words in which kinds speak of themselves: names that are taken, ways to change, forms that fit.

use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// The object with this path as `COMMENT ON` and `ALTER ... OWNER TO` name it, after what SQL calls its kind.
pub(super) fn reference(noun: &str, path: &[String], style: &Style) -> String {
    match path {
        [name] => format!("{noun} {}", sql::ident(name)),
        [schema, name] => format!("{noun} {}", style.name(schema, name)),
        [schema, table, name] => format!("{noun} {} ON {}", sql::ident(name), style.name(schema, table)),
        // No kind has another path without a form of its own.
        _ => format!("{noun} {}", sql::idents(path)),
    }
}

/// A name that only one object can have, whatever its kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// Tables, views, sequences, indexes and composite types of a schema share their names.
    Relation(String, String),
    /// So do its types, among them the row type of each table and view.
    Type(String, String),
    /// Functions, procedures and aggregates of a schema share their names where they take the same types.
    Routine(String, String, String),
    /// So do the constraints of a table: schema, table, name.
    Constraint(String, String, String),
}

impl Claim {
    /// The names of a relation that has a row type.
    pub fn relation_with_rows(schema: &str, name: &str) -> Vec<Self> {
        vec![Claim::Relation(schema.into(), name.into()), Claim::Type(schema.into(), name.into())]
    }

    /// The names of a constraint with an index behind it.
    pub fn constraint_with_index(schema: &str, table: &str, name: &str) -> Vec<Self> {
        vec![Claim::Relation(schema.into(), name.into()), Claim::Constraint(schema.into(), table.into(), name.into())]
    }
}

/// When a dependent must be made anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rebuild {
    /// When something that it needs is dropped and made anew.
    WhenReplaced,
    /// Also when something that it needs changes in a way that PostgreSQL refuses while it is there.
    WhenDisturbed,
}

/// Both sides of a comparison and how to write.
pub struct Context<'a> {
    /// How statements are written.
    pub style: &'a Style,
    /// The schema before.
    pub from: &'a Schema,
    /// The schema after.
    pub to: &'a Schema,
}

/// How an object becomes another with the same id.
#[derive(Clone, Debug)]
pub enum Alteration {
    /// By these statements, and nobody notices.
    InPlace(Vec<Statement>),
    /// By these statements, but those that need one of these ids and are rebuilt when disturbed have to go meanwhile.
    Disturbing {
        /// What makes the change.
        statements: Vec<Statement>,
        /// Whose dependents are disturbed.
        disturbs: Vec<Id>,
    },
    /// Only by drop and create.
    Replace,
    /// Not at all; why, and what to do.
    Impossible(String),
}

/// A form of an object that can be made where there are rows.
#[derive(Clone, Debug)]
pub struct Relaxed<T> {
    /// The form.
    pub object: T,
    /// What it lacks, for example `NOT NULL`.
    pub lacks: String,
    /// Fails, with a clear message, where the form is needed: run before anything else under the policy `exact`.
    pub guard: Statement,
}
