//! How a foreign key stands in statements, and what stands behind it.

use super::{Action, ForeignKey};
use crate::kinds::constraint::Place;
use crate::kinds::{Deferrable, Firing, Kind, Object};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

impl ForeignKey {
    pub(super) fn place(&self) -> Place<'_> {
        Place { schema: &self.schema, table: &self.table, name: &self.name }
    }

    /// The referenced table's id.
    pub fn target(&self) -> Id {
        Id::new(Kind::Table, [&self.to_schema, &self.to_table])
    }

    /// What PostgreSQL makes of the one of the partitioned table for this one's table.
    pub(super) fn copy(&self, of: &Self) -> Self {
        Self {
            schema: self.schema.clone(),
            table: self.table.clone(),
            copy_of: self.copy_of.clone(),
            firing: Firing::default(),
            firing_on_target: Firing::default(),
            ..of.clone()
        }
    }

    /// Whether it has the name that PostgreSQL gives to a copy.
    pub(super) fn has_name_of_leader(&self) -> bool {
        self.copy_of.as_ref().and_then(|path| path.last()) == Some(&self.name)
    }

    pub(super) fn definition(&self, style: &Style) -> String {
        let mut text = format!(
            "FOREIGN KEY ({}) REFERENCES {} ({})",
            self.key(&self.columns),
            style.name(&self.to_schema, &self.to_table),
            self.key(&self.to_columns)
        );
        if self.match_full {
            text += " MATCH FULL";
        }
        for (event, action) in [("UPDATE", &self.on_update), ("DELETE", &self.on_delete)] {
            if !action.is_none() {
                text += &format!(" ON {event} {}", action.sql());
            }
        }
        text += self.deferrable.clause();
        text += if self.not_enforced { " NOT ENFORCED" } else { "" };
        text + if self.not_valid { " NOT VALID" } else { "" }
    }

    /// The statements that make it at once.
    pub(super) fn added(&self, style: &Style) -> Vec<Statement> {
        let reads = !self.not_valid && !self.not_enforced;
        let lock = |statement: Statement, table| {
            let locked = statement.lock(table, LockMode::ShareRowExclusive).with_partitions();
            if reads { locked.scan() } else { locked }
        };
        let add = self.place().add(style, &self.definition(style));
        // Since 18, heirs are looked at, even where they inherit nothing of it.
        let add = lock(lock(add, self.place().table()).with_heirs(), self.target());
        std::iter::once(add).chain(self.firing_from(style, Default::default())).collect()
    }

    pub(super) fn key(&self, columns: &[String]) -> String {
        match columns {
            [first @ .., last] if self.period => format!("{}, PERIOD {}", sql::idents(first), sql::ident(last)),
            columns => sql::idents(columns),
        }
    }

    /// `ALTER TABLE ... ALTER CONSTRAINT ...`
    pub(super) fn altered(&self, style: &Style, clause: &str) -> Statement {
        let table = style.name(&self.schema, &self.table);
        let sql = format!("ALTER TABLE {table} ALTER CONSTRAINT {} {clause}", sql::ident(&self.name));
        Statement::new(sql).lock(self.place().table(), LockMode::AccessExclusive).with_partitions()
    }

    /// The statements that make the other of it and leave it where it is, if it differs only in when it is checked.
    pub(super) fn changes(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let Self { deferrable, not_enforced, not_valid, firing, firing_on_target, .. } = *to;
        let loses_validity = !self.not_valid && not_valid && !self.not_enforced;
        // To come to belong to another, or to nobody, takes no statement of its own.
        let copy_of = to.copy_of.clone();
        let like = Self { deferrable, not_enforced, not_valid, firing, firing_on_target, copy_of, ..self.clone() };
        if like != *to || loses_validity {
            return None;
        }
        let when = match deferrable {
            Deferrable::Not => "NOT DEFERRABLE",
            Deferrable::InitiallyImmediate => "DEFERRABLE INITIALLY IMMEDIATE",
            Deferrable::InitiallyDeferred => "DEFERRABLE INITIALLY DEFERRED",
        };
        let mut statements = Vec::new();
        if self.deferrable != deferrable {
            statements.push(to.altered(style, when));
        }
        if self.not_enforced != not_enforced {
            statements.push(match not_enforced {
                true => {
                    to.altered(style, "NOT ENFORCED").lock(to.target(), LockMode::AccessExclusive).with_partitions()
                }
                false => {
                    let enforced = to.altered(style, "ENFORCED").scan();
                    enforced.lock(to.target(), LockMode::ShareRowExclusive).scan().with_partitions()
                }
            });
        } else if self.not_valid && !not_valid {
            statements.push(to.validated(style));
        }
        statements.extend(to.firing_from(style, (self.firing, self.firing_on_target)));
        Some(statements)
    }

    /// Why one is put in place of the other, if it is for what happens to rows.
    pub(super) fn note(&self, to: &Self) -> Option<String> {
        let acts = |it: &Self| it.on_delete.sql();
        (self.on_delete != to.on_delete).then(|| {
            let (table, target) = (&to.table, &to.to_table);
            let means = match to.on_delete {
                Action::Cascade => format!("deleting a row of {target} now deletes its rows of {table}"),
                Action::SetNull(_) => format!("deleting a row of {target} now leaves its rows of {table} without one"),
                Action::SetDefault(_) => {
                    format!("deleting a row of {target} now gives its rows of {table} the default")
                }
                Action::NoAction | Action::Restrict => {
                    format!("a row of {target} can no longer be deleted while {table} refers to it")
                }
            };
            format!("ON DELETE changes from {} to {}: {means}", acts(self), acts(to))
        })
    }

    /// The primary key, unique constraint or unique index that the referenced columns are unique by: the first that fits.
    pub(super) fn backing(&self, schema: &Schema) -> Option<Id> {
        // Who needs the columns is not known before all objects have said what they need.
        let of_table = |kind| schema.below(&Id::new(kind, [&self.to_schema, &self.to_table]));
        let mut keys = of_table(Kind::PrimaryKey).chain(of_table(Kind::Unique));
        let mut indexes = schema.below(&Id::new(Kind::Index, [&self.to_schema]));
        let found = keys.find(|(_, key)| self.fits(key)).or_else(|| indexes.find(|(_, index)| self.fits(index)));
        found.map(|(id, _)| id.clone())
    }

    /// Every key or unique index that the referenced columns are unique by.
    pub(super) fn fitting(&self, schema: &Schema) -> Vec<Id> {
        let Some(first) = self.to_columns.first() else { return Vec::new() };
        let column = Id::new(Kind::Column, [&self.to_schema, &self.to_table, first]);
        let keys = schema.needed_by(&column).filter(|id| schema.get(id).is_some_and(|object| self.fits(object)));
        keys.cloned().collect()
    }

    fn fits(&self, object: &Object) -> bool {
        let sorted = |mut columns: Vec<String>| {
            columns.sort();
            columns
        };
        let unique_by = match object {
            Object::PrimaryKey(key) => Some(key.columns.clone()),
            Object::Unique(key) => Some(key.columns.clone()),
            Object::Index(index) if index.schema == self.to_schema && index.table == self.to_table => {
                index.unique_columns()
            }
            _ => None,
        };
        unique_by.is_some_and(|columns| sorted(columns) == sorted(self.to_columns.clone()))
    }
}
