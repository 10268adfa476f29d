//! How and where the rows of a table or a materialized view are kept.

use serde::{Deserialize, Serialize};

use super::parameters::{self, Parameters};
use crate::model::{Id, LockMode, Statement};
use crate::sql::{self, Style};

/// Facts of storage; what is not said is PostgreSQL's default (documentation, CREATE TABLE).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Storage {
    /// `UNLOGGED`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unlogged: bool,
    /// `WITH`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Parameters,
    /// `USING`: the table access method, if it is not `heap`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_method: Option<String>,
    /// `TABLESPACE`, if it is not the database's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tablespace: Option<String>,
}

impl Storage {
    /// What stands behind the columns of a CREATE TABLE, with a space before it.
    pub fn clauses(&self) -> String {
        let named = |word: &str, name: &Option<String>| match name {
            Some(name) => format!(" {word} {}", sql::ident(name)),
            None => String::new(),
        };
        let method = named("USING", &self.access_method);
        method + &parameters::with(&self.with) + &named("TABLESPACE", &self.tablespace)
    }

    /// The actions of ALTER TABLE that lead from here to another storage.
    pub fn changes(&self, to: &Self) -> Vec<Action> {
        let mut actions = Vec::new();
        let anew = |words: String| Action { words, mode: LockMode::AccessExclusive, rewrites: true };
        if self.unlogged != to.unlogged {
            actions.push(anew(if to.unlogged { "SET UNLOGGED" } else { "SET LOGGED" }.to_owned()));
        }
        if self.access_method != to.access_method {
            let method = to.access_method.as_deref().unwrap_or("heap");
            actions.push(anew(format!("SET ACCESS METHOD {}", sql::ident(method))));
        }
        if self.tablespace != to.tablespace {
            let space = to.tablespace.as_deref().unwrap_or("pg_default");
            actions.push(anew(format!("SET TABLESPACE {}", sql::ident(space))));
        }
        // All but one of the parameters can be set while the table is written to (PostgreSQL source, reloptions.c).
        let differs = |name: &str| {
            let value = |with: &Parameters| with.iter().find(|(known, _)| known == name).cloned();
            value(&self.with) != value(&to.with)
        };
        let mode = match differs("user_catalog_table") {
            true => LockMode::AccessExclusive,
            false => LockMode::ShareUpdateExclusive,
        };
        let settings = parameters::changes(&self.with, &to.with).into_iter();
        actions.extend(settings.map(|words| Action { words, mode, rewrites: false }));
        actions
    }
}

impl Action {
    /// The statement that this action is a part of, with its lock on the relation.
    pub fn locked(&self, statement: Statement, relation: Id) -> Statement {
        let locked = statement.lock(relation, self.mode);
        if self.rewrites { locked.rewrite() } else { locked }
    }
}

/// An action of ALTER TABLE.
pub struct Action {
    /// Its words.
    pub words: String,
    /// The lock that it takes on the relation.
    pub mode: LockMode,
    /// Whether it writes all rows anew.
    pub rewrites: bool,
}

/// How and where the index behind a constraint is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexStorage {
    /// `WITH`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Parameters,
    /// `USING INDEX TABLESPACE`, if it is not the database's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tablespace: Option<String>,
}

impl IndexStorage {
    /// What stands in the constraint's definition, with a space before it.
    pub fn clauses(&self) -> String {
        let space = self.tablespace.as_ref().map(|it| format!(" USING INDEX TABLESPACE {}", sql::ident(it)));
        parameters::with(&self.with) + &space.unwrap_or_default()
    }

    /// What stands in the statement that makes the index by itself, with a space before it.
    pub fn clauses_of_index(&self) -> String {
        let space = self.tablespace.as_ref().map(|it| format!(" TABLESPACE {}", sql::ident(it)));
        parameters::with(&self.with) + &space.unwrap_or_default()
    }

    /// The statements that lead from here to another storage of the index of this schema and name.
    pub fn changes(&self, style: &Style, (schema, name): (&str, &str), to: &Self) -> Vec<Statement> {
        let mut actions = parameters::changes(&self.with, &to.with);
        if self.tablespace != to.tablespace {
            let space = to.tablespace.as_deref().unwrap_or("pg_default");
            actions.push(format!("SET TABLESPACE {}", sql::ident(space)));
        }
        let index = style.name(schema, name);
        actions.into_iter().map(|action| Statement::new(format!("ALTER INDEX {index} {action}"))).collect()
    }
}
