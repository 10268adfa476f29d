//! An object of any sort that is declared by its own SQL: what PostgreSQL has and the declaration has no words for.
//!
//! **Architecture Invariant:** a catalog holds none of these. What a declared one comes to in a database is read as the
//! kind that it is there.

mod declared;
mod name;
mod replace;

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, ObjectKind, Rebuild, Renaming};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::Style;

pub use declared::RawDecl;
pub(super) use declared::resolved;
pub use name::RawName;

/// An object that is made and dropped by statements that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raw {
    /// What sort of object it is: `collation`, `operator class`.
    pub what: String,
    /// Its path: `public`, `ci`.
    pub path: Vec<String>,
    /// The statements that make it.
    pub create: Vec<String>,
    /// The statements that drop it; none if it goes with what it is part of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drop: Vec<String>,
    /// What takes it along when it is dropped: a kind's name and a path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<(String, Vec<String>)>,
    /// What it needs, each a kind's name and a path.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<(String, Vec<String>)>,
}

/// The sorts of raw object that are types; a column of theirs needs them.
const TYPES: [&str; 9] =
    ["type", "composite type", "range type", "base type", "enum", "domain", "table", "view", "materialized view"];

/// The sorts of raw object that make one table a part of another.
const JOINS: [&str; 2] = ["partition", "inheritance"];

/// The sorts of raw object that change what the making of others does.
const LAST: [&str; 2] = ["default privileges", "event trigger"];

/// The sorts of raw object whose rows or values a drop loses.
const HOLDERS: [(&str, &str); 3] =
    [("table", "its rows"), ("partitioned table", "its rows"), ("sequence", "its current value")];

impl Raw {
    /// The id of a raw object.
    pub fn id_of<S: AsRef<str>>(what: &str, path: &[S]) -> Id {
        Id::new(Kind::Raw, std::iter::once(what).chain(path.iter().map(AsRef::as_ref)))
    }

    /// What a type of this name could be, if it is a raw object.
    pub fn ids_of_type(schema: &str, name: &str) -> impl Iterator<Item = Id> {
        TYPES.iter().map(move |what| Self::id_of(what, &[schema, name]))
    }

    /// Whether it is a type, which columns can have.
    pub fn is_type(what: &str) -> bool {
        TYPES.contains(&what)
    }

    fn id(&self) -> Id {
        Self::id_of(&self.what, &self.path)
    }

    fn lost(&self) -> Option<String> {
        HOLDERS.iter().find(|(what, _)| *what == self.what).map(|(_, lost)| (*lost).to_owned())
    }
}

/// The keys, checks, foreign keys and indexes of a table.
fn parts(schema: &Schema, table: &Id) -> Vec<Id> {
    let below =
        |kind: Kind, path: &[String]| schema.below(&Id::new(kind, path)).map(|(id, _)| id.clone()).collect::<Vec<_>>();
    let kinds = [Kind::Column, Kind::PrimaryKey, Kind::Unique, Kind::Check, Kind::Exclusion, Kind::ForeignKey];
    let mut parts: Vec<Id> = kinds.iter().flat_map(|kind| below(*kind, &table.path)).collect();
    let is_own = |id: &Id| schema.get(id).and_then(|object| object.owner()).as_ref() == Some(table);
    parts.extend(below(Kind::Index, &table.path[..1]).into_iter().filter(is_own));
    parts
}

/// Whether a statement brings a body.
fn makes_a_routine(sql: &str) -> bool {
    let words = sql.split_whitespace().take(4).map(str::to_ascii_uppercase);
    words.collect::<Vec<_>>().windows(2).any(|it| {
        ["CREATE", "REPLACE"].contains(&it[0].as_str()) && ["FUNCTION", "PROCEDURE"].contains(&it[1].as_str())
    })
}

/// The id that a kind's name and a path stand for.
fn known((kind, path): &(String, Vec<String>)) -> Option<Id> {
    Kind::named(kind).map(|kind| Id::new(kind, path))
}

impl ObjectKind for Raw {
    const NAME: &'static str = "raw";
    const CATALOG: &str = "SELECT 0::oid, 0::oid, 0, NULL::jsonb WHERE false";
    const THERE: &str = "false";

    fn path(&self) -> Vec<String> {
        std::iter::once(&self.what).chain(&self.path).cloned().collect()
    }

    fn needs(&self, schema: &Schema) -> Vec<Id> {
        let mut needs = Vec::new();
        for id in self.needs.iter().filter_map(known) {
            // Statements may name any column of the tables that they need.
            if id.kind == Kind::Table {
                let columns = schema.below(&Id { kind: Kind::Column, path: id.path.clone() });
                needs.extend(columns.map(|(column, _)| column.clone()));
            }
            needs.push(id);
        }
        // A table that joins another shares its keys and indexes, so they are there by then.
        if JOINS.contains(&self.what.as_str()) {
            let tables: Vec<Id> =
                needs.iter().cloned().chain(self.owner()).filter(|id| id.kind == Kind::Table).collect();
            needs.extend(tables.iter().flat_map(|table| parts(schema, table)));
        }
        // What acts on every object that is made later comes after those that are there.
        if LAST.contains(&self.what.as_str()) {
            let kinds = [Kind::Function, Kind::Table, Kind::Sequence, Kind::View, Kind::Enumeration, Kind::Domain];
            let all = kinds.iter().flat_map(|kind| schema.below(&Id::new(*kind, [] as [String; 0])));
            needs.extend(all.map(|(id, _)| id.clone()));
        }
        needs
    }

    fn rebuild(&self) -> Rebuild {
        Rebuild::WhenDisturbed
    }

    fn owner(&self) -> Option<Id> {
        self.part_of.as_ref().and_then(known)
    }

    fn create(&self, _style: &Style) -> Vec<Statement> {
        let made =
            |sql: &String| if makes_a_routine(sql) { Statement::new(sql).with_body() } else { Statement::new(sql) };
        self.create.iter().map(made).collect()
    }

    fn drop(&self, _style: &Style) -> Vec<Statement> {
        let owner = self.owner().filter(|owner| owner.kind == Kind::Table);
        let locked = |statement: Statement| match &owner {
            Some(table) => statement.lock(table.clone(), LockMode::AccessExclusive),
            None => statement,
        };
        self.drop.iter().map(|sql| locked(Statement::new(sql))).collect()
    }

    fn alter(_context: &Context, from: &Self, to: &Self) -> Alteration {
        match replace::replacements(&from.create, &to.create) {
            Some(statements) => Alteration::InPlace(statements.into_iter().map(Statement::new).collect()),
            None => Alteration::Replace,
        }
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        for reference in it.needs.iter_mut().chain(&mut it.part_of) {
            if let Some(id) = known(reference).and_then(|id| rename.applied(&id)) {
                reference.1 = id.path.to_vec();
            }
        }
        for statement in it.create.iter_mut().chain(&mut it.drop) {
            *statement = replace::with_renamed(statement, rename);
        }
        it
    }

    fn lost_by_drop(&self) -> Option<String> {
        self.lost()
    }

    fn lost_by_alter(&self, to: &Self) -> Option<String> {
        self.lost().filter(|_| replace::replacements(&self.create, &to.create).is_none())
    }

    fn phrase(&self) -> String {
        let own: Vec<&str> = self.path.iter().skip(1).map(String::as_str).collect();
        let own = if own.is_empty() { self.id().name().to_owned() } else { own.concat() };
        format!("{} {own}", self.what)
    }
}
