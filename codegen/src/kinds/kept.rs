//! Side tables: what a migration would destroy is kept in them, so that a `retained` rollback brings it back.
//!
//! The rules, which every statement here follows:
//! - A row is the same row as long as the values of its key are. The key is the primary key, or a unique constraint over
//!   columns that are NOT NULL; it has to be there, unchanged, on both sides of the migration.
//! - What was changed after the way up stays as it was changed; everything else gets back what it had.
//! - A row that came in after the way up gets the column's default. Where there is none and the column is NOT NULL, the
//!   rollback refuses before it touches anything, and says which statement gives the row a value.
//! - A row that was deleted after the way up stays deleted. A row of a dropped table that refers to it can't come back, and
//!   PostgreSQL refuses the rollback; nothing is touched then.

use std::collections::BTreeSet;

use super::{Column, Firing, Kind, Object, Renaming, TypeName};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// The schema of the side tables, which is no part of what is declared.
pub const SCHEMA: &str = "tablewright";

/// What is known when it is asked what has to be kept.
pub struct Keeping<'a> {
    /// How statements are written.
    pub style: &'a Style,
    /// The schema before.
    pub before: &'a Schema,
    /// The same under the names that its objects get.
    pub renamed: &'a Schema,
    /// The schema after.
    pub after: &'a Schema,
    /// The renames, in order.
    pub renames: &'a [Renaming],
    /// The columns whose values the migration itself sets, by the names that they get.
    pub filled: &'a BTreeSet<Id>,
    /// The columns that a human gives values on the way down.
    pub refilled: &'a BTreeSet<Id>,
    /// What the name of the side table begins with.
    pub prefix: &'a str,
}

/// What is kept of one object, and how it comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The object, under the name that it has before.
    pub id: Id,
    /// What is kept, in words: `its values`.
    pub what: String,
    /// The side table: schema and name.
    pub table: String,
    /// Puts it aside: run before anything else on the way up.
    pub aside: Vec<Statement>,
    /// Notes what the values have become: run at the end of the way up.
    pub noted: Vec<Statement>,
    /// Refuses, before anything is touched, where it can't be brought back.
    pub guard: Statement,
    /// Leaves out what was changed since: run at the beginning of the way down.
    pub unchanged: Vec<Statement>,
    /// Brings it back: run when the object is there again as it was.
    pub restored: Vec<Statement>,
    /// Gives the side table up: run at the end of the way down.
    pub given_up: Statement,
}

impl Keeping<'_> {
    /// The id that an object has afterwards.
    pub fn id_now(&self, id: &Id) -> Id {
        self.renames.iter().fold(id.clone(), |id, rename| rename.applied(&id).unwrap_or(id))
    }

    /// The object as it is afterwards.
    pub fn now(&self, id: &Id) -> Option<&Object> {
        self.after.get(&self.id_now(id)).map(AsRef::as_ref)
    }

    /// A side table's name, which has room for 63 bytes (documentation, "Identifiers and Key Words").
    pub fn table(&self, of: &str) -> String {
        let mut name = format!("{}_{of}", self.prefix);
        while name.len() > 63 {
            name.pop();
        }
        name
    }

    /// The columns that tell which row is which: their names before and after. None: nothing does.
    pub fn key(&self, table: &Id) -> Option<Vec<(String, String)>> {
        let primary = self.before.below(&Id::new(Kind::PrimaryKey, table.path.iter()));
        let unique = self.before.below(&Id::new(Kind::Unique, table.path.iter()));
        let columns = primary.chain(unique).filter_map(|(_, object)| match object.as_ref() {
            Object::PrimaryKey(key) if !key.without_overlaps => Some(&key.columns),
            Object::Unique(key) if !key.without_overlaps => Some(&key.columns),
            _ => None,
        });
        columns.map(|columns| self.names(table, columns)).find_map(|names| names)
    }

    fn names(&self, table: &Id, columns: &[String]) -> Option<Vec<(String, String)>> {
        let name = |column: &String| {
            let id = Id::new(Kind::Column, [&table.path[0], &table.path[1], column]);
            let Some(Object::Column(then)) = self.renamed.get(&self.id_now(&id)).map(AsRef::as_ref) else {
                return None;
            };
            let Some(Object::Column(now)) = self.now(&id) else { return None };
            let is_same = then.ty == now.ty && then.not_null && now.not_null;
            let stays = is_same && !self.filled.contains(&self.id_now(&id));
            stays.then(|| (column.clone(), now.name.clone()))
        };
        columns.iter().map(name).collect()
    }

    /// Whether a column holds values of an enum that loses some.
    pub fn loses_labels(&self, column: &Id) -> bool {
        self.before.needs(column).any(|need| match (self.before.get(need).map(AsRef::as_ref), self.now(need)) {
            (Some(Object::Enumeration(then)), Some(Object::Enumeration(now))) => {
                then.values.len() > now.values.len()
                    || then.values.iter().any(|value| !now.values.contains(value)) && !self.is_renamed(need)
            }
            _ => false,
        })
    }

    fn is_renamed(&self, id: &Id) -> bool {
        self.renames.iter().any(|rename| rename.from.path.starts_with(&id.path) && rename.from.kind == id.kind)
    }

    /// The statements around one that writes rows, so that no trigger of the table acts on it.
    pub fn unwatched(&self, table: &Id, statement: Statement) -> Vec<Statement> {
        let triggers = self.before.below(&Id::new(Kind::Trigger, table.path.iter()));
        // One that comes back with the rollback may come later than the values.
        let stays = triggers.filter(|(id, _)| self.now(id).is_some());
        let firing: Vec<(&str, Firing)> = stays
            .filter_map(|(_, object)| match object.as_ref() {
                Object::Trigger(trigger) => Some((trigger.name.as_str(), trigger.enabled)),
                _ => None,
            })
            .collect();
        if firing.is_empty() {
            return vec![statement];
        }
        let name = self.style.name(&table.path[0], &table.path[1]);
        let alter = |action: String| {
            Statement::new(format!("ALTER TABLE {name} {action}")).lock(table.clone(), LockMode::ShareRowExclusive)
        };
        let unusual = firing.iter().filter(|(_, enabled)| !enabled.is_usual());
        let back = unusual.map(|(trigger, enabled)| {
            let verb = format!("{} TRIGGER {}", enabled.verb(), sql::ident(trigger));
            if_there(&name, trigger, alter(verb))
        });
        let mut statements = vec![alter("DISABLE TRIGGER USER".into()), statement, alter("ENABLE TRIGGER USER".into())];
        statements.extend(back);
        statements
    }
}

/// A statement about a trigger that may be away while something that it needs is made anew.
fn if_there(table: &str, trigger: &str, statement: Statement) -> Statement {
    let body = format!(
        "\n  IF EXISTS (SELECT FROM pg_trigger WHERE tgrelid = {}::regclass AND tgname = {}) THEN\n    {};\n  END IF;",
        sql::literal(table),
        sql::literal(trigger),
        statement.sql
    );
    Statement { sql: block(&body).sql, ..statement }
}

/// Makes the schema of the side tables where it is missing. It is looked for first, since to make it only where it is
/// missing takes the right to make it all the same.
pub fn schema() -> Statement {
    let body = format!(
        "\nBEGIN\n  IF to_regnamespace({}) IS NULL THEN\n    CREATE SCHEMA {SCHEMA};\n  END IF;\nEND\n",
        sql::literal(SCHEMA)
    );
    Statement::new(format!("DO {}", sql::dollar_quoted(&body)))
}

/// Keeps everybody else out while values are copied: what is written between the copy and the change would be lost.
pub fn lock(style: &Style, table: &Id) -> Statement {
    let name = style.name(&table.path[0], &table.path[1]);
    Statement::new(format!("LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE")).lock(table.clone(), LockMode::AccessExclusive)
}

/// Gives a side table up.
pub fn drop_table(name: &str) -> Statement {
    Statement::new(format!("DROP TABLE {}", qualified(name)))
}

/// Gives up a side table that may be gone already, as when nobody ran what made it. `table` is [`Kept::table`].
pub fn give_up(table: &str) -> Statement {
    Statement::new(format!("DROP TABLE IF EXISTS {}", qualified(table.split_once('.').map_or(table, |(_, name)| name))))
}

/// The name of a side table in a statement.
pub fn qualified(name: &str) -> String {
    Style::default().name(SCHEMA, name)
}

/// What refuses if a side table is gone.
pub fn refuse_without(name: &str, what: &str) -> String {
    let message = format!(
        "cannot bring back {what}: {SCHEMA}.{name}, where that was kept, is gone; use the runnable rollback instead"
    );
    format!(
        "\n  IF to_regclass({}) IS NULL THEN\n    RAISE EXCEPTION USING MESSAGE = {};\n  END IF;",
        sql::literal(&qualified(name)),
        sql::literal(&message)
    )
}

/// A block that does what these lines say.
pub fn block(lines: &str) -> Statement {
    Statement::new(format!("DO {}", sql::dollar_quoted(&format!("\nBEGIN{lines}\nEND\n"))))
}

/// A column's value as a side table keeps it: as text, if its type may be made anew meanwhile.
pub fn kept_as(ty: &TypeName, expression: &str) -> String {
    if ty.schema.is_some() { format!("{expression}::text") } else { expression.to_owned() }
}

/// The value as it comes back.
pub fn back_as(style: &Style, column: &Column, expression: &str) -> String {
    if column.ty.schema.is_some() { format!("{expression}::{}", column.ty.sql(style)) } else { expression.to_owned() }
}
