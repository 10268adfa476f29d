//! What all table constraints have in common: where they are, and how they are added, dropped and renamed.

use super::Kind;
use crate::model::{Id, LockMode, Statement};
use crate::sql::{self, Style};

/// A constraint's place.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The table's schema.
    pub schema: &'a str,
    /// The table.
    pub table: &'a str,
    /// The constraint.
    pub name: &'a str,
}

impl Place<'_> {
    /// The path of the constraint's id.
    pub fn path(&self) -> Vec<String> {
        [self.schema, self.table, self.name].map(str::to_owned).into()
    }

    /// The table's id.
    pub fn table(&self) -> Id {
        Id::new(Kind::Table, [self.schema, self.table])
    }

    /// The ids of columns of the table.
    pub fn columns(&self, names: &[String]) -> Vec<Id> {
        names.iter().map(|name| Id::new(Kind::Column, [self.schema, self.table, name])).collect()
    }

    /// `CONSTRAINT name definition`
    pub fn clause(&self, definition: &str) -> String {
        format!("CONSTRAINT {} {definition}", sql::ident(self.name))
    }

    /// `ALTER TABLE ... ADD CONSTRAINT ...`, without its locks.
    pub fn add(&self, style: &Style, definition: &str) -> Statement {
        self.add_to(style, "", definition)
    }

    /// `ALTER TABLE ONLY ... ADD CONSTRAINT ...`, without its locks; `only` is `ONLY ` or nothing.
    pub fn add_to(&self, style: &Style, only: &str, definition: &str) -> Statement {
        let table = style.name(self.schema, self.table);
        Statement::new(format!("ALTER TABLE {only}{table}\n  ADD {}", self.clause(definition)))
    }

    /// `ALTER TABLE ... DROP CONSTRAINT ...`
    pub fn drop(&self, style: &Style) -> Statement {
        self.drop_from(style, "")
    }

    /// `ALTER TABLE ONLY ... DROP CONSTRAINT ...`; `only` is `ONLY ` or nothing.
    pub fn drop_from(&self, style: &Style, only: &str) -> Statement {
        let table = style.name(self.schema, self.table);
        let sql = format!("ALTER TABLE {only}{table} DROP CONSTRAINT {}{}", style.if_exists(), sql::ident(self.name));
        let statement = Statement::new(sql).lock(self.table(), LockMode::AccessExclusive);
        if only.is_empty() { statement.with_partitions() } else { statement }
    }

    /// `ALTER TABLE ... VALIDATE CONSTRAINT ...`
    pub fn validate(&self, style: &Style) -> Statement {
        let table = style.name(self.schema, self.table);
        let sql = format!("ALTER TABLE {table} VALIDATE CONSTRAINT {}", sql::ident(self.name));
        Statement::new(sql).lock(self.table(), LockMode::ShareUpdateExclusive).scan().with_heirs()
    }

    /// `ALTER TABLE ... RENAME CONSTRAINT ...`
    pub fn rename(&self, style: &Style, to: &str) -> Vec<Statement> {
        let table = style.name(self.schema, self.table);
        let sql = format!("ALTER TABLE {table} RENAME CONSTRAINT {} TO {}", sql::ident(self.name), sql::ident(to));
        vec![Statement::new(sql).lock(self.table(), LockMode::AccessExclusive)]
    }
}
