//! Two columns that hold the same while two versions of the code write to their table: the one that the version before
//! knows, and the one that takes its place.
//!
//! A trigger keeps them the same. Where the later version writes to the new column, whichever of both is written decides,
//! and the new one if both are; where it can't know the new column, because that has a name for the meantime only, the old
//! one decides.

use super::{Batch, Column, Kind, Object, Renaming, batch, staging};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

mod keepers;
mod obstacle;

use keepers::text_of;
pub use keepers::unmoved;

/// The condition of a trigger that does not act on values which only move, as PostgreSQL prints it.
pub const NOT_MOVING: &str = "(current_setting('tablewright.moving'::text, true) IS DISTINCT FROM 'yes'::text)";

/// Says so for the rest of the transaction, in a block.
pub const MOVING: &str = "PERFORM pg_catalog.set_config('tablewright.moving', 'yes', true);";

/// How many rows are gone through in one transaction.
const ROWS: u32 = 10_000;

/// Two columns that hold the same.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The column as the version before knows it.
    pub old: Column,
    /// The column as it is in the end, under the name that it has beside the old one.
    pub new: Column,
    /// The name that it has in the end.
    pub name: String,
    /// What does not survive the way, if anything.
    pub lost: Option<String>,
    /// What does not survive the way back, if anything.
    pub lost_back: Option<String>,
    /// The old column's value as the new one's, of a row named so.
    forth: [String; 2],
    back: [String; 2],
}

/// What is looked at to find pairs.
pub struct Search<'a> {
    /// The schema before.
    pub before: &'a Schema,
    /// The schema after.
    pub after: &'a Schema,
    /// The columns that get another name, and keep their values.
    pub renames: &'a [Renaming],
    /// Whether what a conversion takes from values is kept elsewhere, which only one transaction can do.
    pub keeps_losses: bool,
    /// Whether what the new columns need can come before them.
    pub more_comes_first: bool,
}

impl Search<'_> {
    /// Every column that can't become what it is to be without two of it, and those for which that can't be, with the
    /// reason.
    pub fn pairs(&self) -> (Vec<Pair>, Vec<(Id, String)>) {
        let (mut pairs, mut refused) = (Vec::new(), Vec::new());
        for (id, object) in self.before.iter() {
            let Object::Column(old) = object.as_ref() else { continue };
            let Some(last) = self.successor(id, old) else { continue };
            match obstacle::obstacle(self, old, last) {
                Some(reason) => refused.push((id.clone(), reason)),
                None => pairs.push(self.pair(old, last)),
            }
        }
        (pairs, refused)
    }

    /// What a column becomes, if the two versions could not share one column.
    fn successor(&self, id: &Id, old: &Column) -> Option<&Column> {
        let rename = self.renames.iter().find(|rename| rename.from == *id);
        let now = rename.map_or_else(|| id.clone(), Renaming::target);
        let Some(Object::Column(last)) = self.after.get(&now).map(AsRef::as_ref) else { return None };
        (rename.is_some() || old.is_rewritten_as(last, self.before, self.after)).then_some(last)
    }

    fn pair(&self, old: &Column, last: &Column) -> Pair {
        let is_free = |name: &str| {
            let id = Id::new(Kind::Column, [&old.schema, &old.table, name]);
            !self.before.contains(&id) && !self.after.contains(&id)
        };
        let name = last.name.clone();
        let own = if name == old.name { staging::stand_in(&name, "new", is_free) } else { name.clone() };
        let new = Column { name: own, ..last.clone() };
        // Whatever path the session has that writes a row.
        let style = Style::default();
        let (old_name, new_name) = (sql::ident(&old.name), sql::ident(&new.name));
        let is_plain = old.ty == new.ty;
        let forth = |value: &str| match is_plain {
            true => value.to_owned(),
            false => old.converted(value, &style, &new, (self.before, self.after)),
        };
        let back = |value: &str| match is_plain {
            true => value.to_owned(),
            false => new.converted(value, &style, old, (self.after, self.before)),
        };
        Pair {
            forth: [forth(&format!("NEW.{old_name}")), forth(&old_name)],
            back: [back(&format!("NEW.{new_name}")), back(&new_name)],
            lost: super::ObjectKind::lost_by_alter(old, &new),
            lost_back: super::ObjectKind::lost_by_alter(&new, old),
            old: old.clone(),
            new,
            name,
        }
    }
}

impl Pair {
    /// The column that is there before.
    pub fn old_id(&self) -> Id {
        column_id(&self.old)
    }

    /// The column that takes its place.
    pub fn new_id(&self) -> Id {
        column_id(&self.new)
    }

    /// The column that is there afterwards.
    pub fn last_id(&self) -> Id {
        Id::new(Kind::Column, [&self.new.schema, &self.new.table, &self.name])
    }

    /// Their table.
    pub fn table(&self) -> Id {
        Id::new(Kind::Table, [&self.old.schema, &self.old.table])
    }

    /// Whether the new column has a name for the meantime only, so that nobody writes to it.
    pub fn is_hidden(&self) -> bool {
        self.new.name != self.name
    }

    /// What gives the new column the name of the old one.
    pub fn naming(&self) -> Option<Renaming> {
        self.is_hidden().then(|| Renaming { from: self.new_id(), to: self.name.clone() })
    }

    /// The new column as it can be while the version before writes, when it is `filled` and before that. It has no default:
    /// so it is known whether a row was given a value for it.
    pub fn column(&self, filled: bool) -> Object {
        let not_null = filled && self.new.not_null && self.old.not_null;
        let not_null_constraint = self.new.not_null_constraint.clone().filter(|_| not_null);
        Column { not_null, not_null_constraint, default: None, ..self.new.clone() }.into()
    }

    /// The column that is there before.
    pub fn old_column(&self) -> Object {
        self.old.clone().into()
    }

    /// The column when it is the only one that is written to. What is not asked of both is asked later.
    pub fn last(&self) -> Object {
        let not_null = self.new.not_null && self.old.not_null;
        let not_null_constraint = self.new.not_null_constraint.clone().filter(|_| not_null);
        Column { name: self.name.clone(), not_null, not_null_constraint, ..self.new.clone() }.into()
    }

    /// The statement that moves the values of the rows that were there before, and how to do it in batches.
    pub fn moving(&self) -> (Statement, Batch) {
        let (old, new) = (sql::ident(&self.old.name), sql::ident(&self.new.name));
        let set = format!("{new} = {}", self.forth[1]);
        // What was written since is the same by itself.
        let only = format!("{} IS NULL AND {} IS NOT NULL", text_of(&new, &self.new), text_of(&old, &self.old));
        let statement = self.at_once(&set, &only);
        (statement, Batch { set, only, rows: ROWS, pause_ms: 0, is_move: true })
    }

    /// The statement that fills the old column from the new one, where it comes back.
    pub fn moved_back(&self) -> Statement {
        let set = format!("{} = {}", sql::ident(&self.old.name), self.back[1]);
        let (old, new) = (&self.old.name, &self.new.name);
        self.at_once(&set, "true").note(format!("The values of {old} come back from {new}"))
    }

    /// The statement that gives the NOT NULL of the column the name that PostgreSQL would have chosen for it under the name
    /// that the column has now (from PostgreSQL 18 on), if it is required in the meantime already.
    pub fn not_null_named(&self, is_last: bool) -> Option<Statement> {
        let name = |column: &str| format!("{}_{column}_not_null", self.new.table);
        let (hidden, last) = (name(&self.new.name), name(&self.name));
        let is_required = self.is_hidden() && self.new.not_null && self.old.not_null;
        // Where the catalog has said who chose the name, the plan sees to it.
        let is_known = self.new.not_null_chosen || self.old.not_null_chosen;
        if !is_required || is_known || self.new.not_null_constraint.is_some() || hidden.len() > 63 {
            return None;
        }
        let (from, to) = if is_last { (hidden, last) } else { (last, hidden) };
        let table = Style::default().name(&self.new.schema, &self.new.table);
        let body = format!(
            "\nBEGIN\n  IF EXISTS (SELECT FROM pg_constraint WHERE conrelid = {}::regclass AND conname = {}) THEN\n    ALTER TABLE {table} RENAME CONSTRAINT {} TO {};\n  END IF;\nEND\n",
            sql::literal(&table),
            sql::literal(&from),
            sql::ident(&from),
            sql::ident(&to)
        );
        let statement = Statement::new(format!("DO {}", sql::dollar_quoted(&body)));
        let statement = statement.note("Since PostgreSQL 18, NOT NULL has a name, which is that of the column");
        Some(statement.lock(self.table(), LockMode::AccessExclusive))
    }

    fn at_once(&self, set: &str, only: &str) -> Statement {
        let table = self.table();
        let name = Style::default().name(&table.path[0], &table.path[1]);
        let body = format!(
            "\nBEGIN\n  {MOVING}\n  UPDATE {name} SET {set}\n    WHERE {only};\n  PERFORM pg_catalog.set_config('tablewright.moving', '', true);\nEND\n"
        );
        Statement::new(format!("DO {}", sql::dollar_quoted(&body))).lock(table, LockMode::RowExclusive).scan()
    }

    /// The statement that moves the values: in batches, where others use the table and there is a way.
    pub fn moved(&self, context: &super::Context) -> Statement {
        let (statement, batch) = self.moving();
        let statement =
            context.style.online.then(|| batch::batches(context, &self.table(), &batch)).flatten().unwrap_or(statement);
        let (old, new) = (&self.old.name, &self.new.name);
        statement.note(format!("The values of {old} come to {new}; what is written meanwhile, a trigger brings along"))
    }
}

fn column_id(column: &Column) -> Id {
    Id::new(Kind::Column, [&column.schema, &column.table, &column.name])
}
