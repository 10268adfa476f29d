//! The values of a column that goes, or whose values change, in a side table.

use super::Column;
use crate::kinds::kept::{self, Keeping, Kept};
use crate::kinds::{Kind, Object};
use crate::model::{Id, LockMode, Statement};
use crate::sql;

/// What the values have become; a name that no column of people has.
const BECAME: &str = "tablewright_became";

/// The names in which a side table and its table meet.
struct Meeting<'a> {
    keeping: &'a Keeping<'a>,
    column: &'a Column,
    /// The column as it is afterwards, if it is there.
    now: Option<&'a Column>,
    /// The key's columns, before and after.
    key: Vec<(String, String)>,
    /// The side table's name.
    side: String,
}

pub(super) fn kept(column: &Column, keeping: &Keeping) -> Option<Kept> {
    let id = Id::new(Kind::Column, [&column.schema, &column.table, &column.name]);
    let of_parent = column.lineage.as_ref().is_some_and(|lineage| !lineage.is_local || lineage.is_partition);
    if column.generated.is_some() || !column.relation.is_table() || of_parent {
        return None;
    }
    keeping.now(&column.table_id())?;
    let now = match keeping.now(&id) {
        Some(Object::Column(now)) => Some(now.as_ref()),
        _ => None,
    };
    if now.is_some_and(|now| !changes(column, now, keeping, &id)) {
        return None;
    }
    let key = keeping.key(&column.table_id())?;
    let side = keeping.table(&format!("{}_{}", column.table, column.name));
    let meeting = Meeting { keeping, column, now, key, side };
    Some(Kept {
        what: "its values".into(),
        aside: meeting.aside(),
        noted: meeting.noted(),
        guard: meeting.guard(),
        unchanged: meeting.unchanged(),
        restored: keeping.unwatched(&column.table_id(), meeting.restore()),
        given_up: kept::drop_table(&meeting.side),
        table: format!("{}.{}", kept::SCHEMA, meeting.side),
        id,
    })
}

/// Whether the way up may change values of the column.
fn changes(column: &Column, now: &Column, keeping: &Keeping, id: &Id) -> bool {
    let then = match keeping.renamed.get(&keeping.id_now(id)).map(AsRef::as_ref) {
        Some(Object::Column(then)) => then.as_ref(),
        _ => column,
    };
    now.generated.is_none()
        && (!then.keeps_values(now) || keeping.filled.contains(&keeping.id_now(id)) || keeping.loses_labels(id))
}

impl Meeting<'_> {
    fn side(&self) -> String {
        kept::qualified(&self.side)
    }

    /// The table before, with all rows that it holds itself.
    fn table_before(&self) -> String {
        let id = self.column.table_id();
        let only = if is_partitioned(self.keeping.before.get(&id).map(AsRef::as_ref)) { "" } else { "ONLY " };
        format!("{only}{}", self.keeping.style.name(&id.path[0], &id.path[1]))
    }

    fn table_now(&self) -> String {
        let id = self.keeping.id_now(&self.column.table_id());
        let only = if is_partitioned(self.keeping.after.get(&id).map(AsRef::as_ref)) { "" } else { "ONLY " };
        format!("{only}{}", self.keeping.style.name(&id.path[0], &id.path[1]))
    }

    fn table_id_now(&self) -> Id {
        self.keeping.id_now(&self.column.table_id())
    }

    /// The condition that a row and what is kept of it belong together.
    fn same_row(&self, name: impl Fn(&(String, String)) -> &String) -> String {
        let pair = |names: &(String, String)| {
            format!("it.{} = kept.{}", sql::ident(name(names)), sql::ident(&names.0))
        };
        self.key.iter().map(pair).collect::<Vec<_>>().join(" AND ")
    }

    fn aside(&self) -> Vec<Statement> {
        let (table, style) = (self.column.table_id(), self.keeping.style);
        let keys: Vec<String> = self.key.iter().map(|(name, _)| sql::ident(name)).collect();
        let name = sql::ident(&self.column.name);
        let value = match kept::kept_as(&self.column.ty, &name) {
            plain if plain == name => plain,
            cast => format!("{cast} AS {name}"),
        };
        let copy = format!("CREATE TABLE {} AS\nSELECT {}, {value}\nFROM {}", self.side(), keys.join(", "), self.table_before());
        vec![
            kept::lock(style, &table),
            Statement::new(copy).lock(table, LockMode::AccessShare).scan(),
            Statement::new(format!("ALTER TABLE {} ADD PRIMARY KEY ({})", self.side(), keys.join(", "))),
        ]
    }

    fn noted(&self) -> Vec<Statement> {
        let Some(now) = self.now else { return Vec::new() };
        let (side, became) = (self.side(), sql::ident(BECAME));
        vec![
            Statement::new(format!("ALTER TABLE {side} ADD COLUMN {became} text")),
            Statement::new(format!(
                "UPDATE {side} AS kept SET {became} = it.{}::text\nFROM {} AS it\nWHERE {}",
                sql::ident(&now.name),
                self.table_now(),
                self.same_row(|names| &names.1)
            ))
            .lock(self.table_id_now(), LockMode::AccessShare)
            .scan(),
        ]
    }

    fn guard(&self) -> Statement {
        let what = format!("the values of {}.{}", self.column.table, self.column.name);
        let mut lines = kept::refuse_without(&self.side, &what);
        let has_value = self.column.default.is_some() || self.column.identity.is_some();
        let id = Id::new(Kind::Column, [&self.column.schema, &self.column.table, &self.column.name]);
        if self.now.is_none() && self.column.not_null && !has_value && !self.keeping.refilled.contains(&id) {
            lines += &self.refuse_rows_without_value();
        }
        kept::block(&lines)
    }

    fn refuse_rows_without_value(&self) -> String {
        let keys: Vec<String> = self.key.iter().map(|(name, _)| sql::ident(name)).collect();
        let message = format!(
            "cannot restore {}.{} as NOT NULL: rows have come into {} since, for which it has no value; give them one: INSERT INTO {} ({}, {}) VALUES (...)",
            self.column.table,
            self.column.name,
            self.column.table,
            self.side(),
            keys.join(", "),
            sql::ident(&self.column.name)
        );
        format!(
            "\n  IF EXISTS (\n    SELECT FROM {} AS it\n    WHERE NOT EXISTS (SELECT FROM {} AS kept WHERE {})\n  ) THEN\n    RAISE EXCEPTION USING MESSAGE = {};\n  END IF;",
            self.table_now(),
            self.side(),
            self.same_row(|names| &names.1),
            sql::literal(&message)
        )
    }

    fn unchanged(&self) -> Vec<Statement> {
        let Some(now) = self.now else { return Vec::new() };
        let delete = format!(
            "DELETE FROM {} AS kept\nUSING {} AS it\nWHERE {} AND it.{}::text IS DISTINCT FROM kept.{}",
            self.side(),
            self.table_now(),
            self.same_row(|names| &names.1),
            sql::ident(&now.name),
            sql::ident(BECAME)
        );
        vec![
            kept::lock(self.keeping.style, &self.table_id_now()),
            Statement::new(delete).lock(self.table_id_now(), LockMode::AccessShare).scan(),
        ]
    }

    fn restore(&self) -> Statement {
        let name = sql::ident(&self.column.name);
        let value = kept::back_as(self.keeping.style, self.column, &format!("kept.{name}"));
        Statement::new(format!(
            "UPDATE {} AS it SET {name} = {value}\nFROM {} AS kept\nWHERE {}",
            self.table_before(),
            self.side(),
            self.same_row(|names| &names.0)
        ))
        .lock(self.column.table_id(), LockMode::RowExclusive)
        .scan()
    }
}

fn is_partitioned(table: Option<&Object>) -> bool {
    matches!(table, Some(Object::Table(table)) if table.partition_by.is_some())
}
