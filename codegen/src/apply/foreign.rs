//! The book of another runner on the same database: a table `migration_history`, whatever its columns are called.
//!
//! What it notes as applied counts as applied, and what we apply is noted there as well, so that the other runner does not
//! apply it again.

use std::collections::BTreeSet;

use postgres::types::Type;
use postgres::{Client, Error};

use super::way::{Way, Work};
use crate::emit::migration::FileName;
use crate::sql::ident;

/// The name of the table.
pub const TABLE: &str = "migration_history";

/// Columns that hold the name of a migration or of its file, the likeliest first.
const NAMES: [&str; 9] =
    ["filename", "file_name", "migration_name", "migration", "migration_id", "name", "script", "version", "number"];

/// Columns that say whether it went well.
const SUCCESS: [&str; 2] = ["success", "succeeded"];

/// The other runner's book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// The table, quoted.
    pub table: String,
    /// The column that names migrations.
    column: String,
    /// Whether that column holds numbers.
    is_number: bool,
    /// What it notes as applied, in the order of the server.
    pub entries: Vec<String>,
    /// How a line is written; or why it can't be.
    insert: Result<String, String>,
}

/// A column of the table.
struct Column {
    name: String,
    kind: Type,
    /// Whether a line must say something for it.
    is_wanted: bool,
}

/// Reads the other runner's book, if there is one: the one that the search path finds, or the only one.
///
/// # Errors
/// What the server refuses.
pub fn read(client: &mut Client) -> Result<Option<Foreign>, Error> {
    let query = "
        SELECT c.oid, n.nspname::text, pg_table_is_visible(c.oid)
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relname = $1 AND c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_'
          AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = c.oid AND d.deptype = 'e')";
    let rows = client.query(query, &[&TABLE])?;
    let row = match rows.iter().find(|row| row.get(2)) {
        None if rows.len() == 1 => &rows[0],
        None => return Ok(None),
        Some(row) => row,
    };
    let (oid, schema): (u32, String) = (row.try_get(0)?, row.try_get(1)?);
    let columns = columns(client, oid)?;
    let Some(column) = NAMES.iter().find_map(|name| columns.iter().find(|it| it.name == *name)) else {
        return Ok(None);
    };
    let table = format!("{}.{}", ident(&schema), ident(TABLE));
    let entries = entries(client, &table, column, &columns)?;
    let insert = insert(&table, column, &columns);
    let is_number = column.is_number();
    Ok(Some(Foreign { table, column: column.name.clone(), is_number, entries, insert }))
}

impl Foreign {
    /// Whether a migration of so many files is noted there, as a whole or with all of its files.
    pub fn has(&self, number: u32, name: &str, count: usize) -> bool {
        self.files(number, name, count).len() == count
    }

    /// Which of a migration's files are noted there, by their place from 0.
    pub fn files(&self, number: u32, name: &str, count: usize) -> BTreeSet<usize> {
        let parts: Vec<Option<usize>> = self.entries.iter().filter_map(|entry| part(entry, number, name)).collect();
        match parts.contains(&None) {
            true => (0..count).collect(),
            false => parts.into_iter().flatten().map(|part| part - 1).filter(|at| *at < count).collect(),
        }
    }

    /// Notes there that a file is done, in the transaction that is open; a book of bare numbers has no line for it.
    ///
    /// # Errors
    /// What the server refuses.
    pub fn note_file(&self, client: &mut Client, work: &Work, file: usize) -> Result<(), Error> {
        let count = work.text.files.len();
        let is_known = self.files(work.number, &work.name, count).contains(&file);
        let (Ok(insert), Some(entry), false) = (&self.insert, self.entry(work, file), is_known) else { return Ok(()) };
        client.execute(insert.as_str(), &[&entry]).map(drop)
    }

    /// Notes there what was done, in the transaction that is open. Of several files, all but the last are noted already.
    ///
    /// # Errors
    /// What the server refuses.
    pub fn note(&self, client: &mut Client, work: &Work) -> Result<(), Error> {
        let count = work.text.files.len();
        match (work.way, &self.insert) {
            (Way::Up, Ok(insert)) if self.is_bare() && !self.has(work.number, &work.name, count) => {
                client.execute(insert.as_str(), &[&work.number.to_string()]).map(drop)
            }
            (Way::Up, _) => self.note_file(client, work, count.saturating_sub(1)),
            (Way::Down, _) => {
                let query = format!("DELETE FROM {} WHERE {}::text = ANY ($1)", self.table, ident(&self.column));
                let is_of_it = |entry: &&String| part(entry, work.number, &work.name).is_some();
                let written: Vec<&String> = self.entries.iter().filter(is_of_it).collect();
                client.execute(query.as_str(), &[&written]).map(drop)
            }
        }
    }

    /// Why the other runner can't be told, if it can't.
    pub fn obstacle(&self) -> Option<&str> {
        self.insert.as_ref().err().map(String::as_str)
    }

    /// Whether it notes numbers alone.
    fn is_bare(&self) -> bool {
        self.is_number || self.entries.last().is_some_and(|entry| entry.parse::<u64>().is_ok())
    }

    /// A file of a migration as it is written there: with or without `.sql`, as the lines that are there.
    fn entry(&self, work: &Work, file: usize) -> Option<String> {
        let is_file = match self.entries.last() {
            Some(entry) => entry.ends_with(".sql"),
            None => self.column.starts_with("file") || self.column == "script",
        };
        let name = work.text.files.get(file)?.path.rsplit('/').next()?;
        let name = if is_file { name } else { name.trim_end_matches(".sql") };
        (!self.is_bare()).then(|| name.to_owned())
    }
}

/// Whether an entry is a migration: as a whole, or the number of the file of it that it is.
fn part(entry: &str, number: u32, name: &str) -> Option<Option<usize>> {
    let entry = entry.rsplit('/').next().unwrap_or(entry);
    if entry.parse() == Ok(number) {
        return Some(None);
    }
    let file = FileName::parse(entry)?;
    (file.number == number && file.name == name).then_some(file.part)
}

impl Column {
    fn is_number(&self) -> bool {
        [Type::INT2, Type::INT4, Type::INT8, Type::NUMERIC].contains(&self.kind)
    }

    /// What a line says for a column that must have something, if that can be said without guessing.
    fn filler(&self) -> Option<&'static str> {
        match self.kind {
            Type::TIMESTAMPTZ | Type::TIMESTAMP | Type::DATE => Some("now()"),
            Type::BOOL if SUCCESS.contains(&self.name.as_str()) => Some("true"),
            Type::INT4 | Type::INT8 | Type::NUMERIC | Type::FLOAT8 if self.name.contains("time") => Some("0"),
            _ => None,
        }
    }
}

fn columns(client: &mut Client, oid: u32) -> Result<Vec<Column>, Error> {
    let query = "
        SELECT attname::text, atttypid, attnotnull AND NOT atthasdef AND attidentity = ''
        FROM pg_attribute WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped ORDER BY attnum";
    let rows = client.query(query, &[&oid])?;
    let column = |row: &postgres::Row| {
        let kind = Type::from_oid(row.try_get(1)?).unwrap_or(Type::UNKNOWN);
        Ok(Column { name: row.try_get(0)?, kind, is_wanted: row.try_get(2)? })
    };
    rows.iter().map(column).collect()
}

fn entries(client: &mut Client, table: &str, column: &Column, columns: &[Column]) -> Result<Vec<String>, Error> {
    let success = columns.iter().find(|it| it.kind == Type::BOOL && SUCCESS.contains(&it.name.as_str()));
    let only = success.map(|it| format!(" AND {}", ident(&it.name))).unwrap_or_default();
    let name = ident(&column.name);
    let query = format!("SELECT {name}::text FROM {table} WHERE {name} IS NOT NULL{only} ORDER BY {name}");
    client.query(query.as_str(), &[])?.iter().map(|row| row.try_get(0)).collect()
}

fn insert(table: &str, column: &Column, columns: &[Column]) -> Result<String, String> {
    let (mut names, mut values) = (vec![ident(&column.name)], vec![cast(column)]);
    for other in columns.iter().filter(|it| it.is_wanted && it.name != column.name) {
        let filler = other.filler().ok_or_else(|| {
            format!("{table} wants a value for its column {}, which only its own runner knows", ident(&other.name))
        })?;
        names.push(ident(&other.name));
        values.push(filler.to_owned());
    }
    Ok(format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", ")))
}

/// The parameter is text, and becomes what the column is.
fn cast(column: &Column) -> String {
    if column.is_number() { "$1::text::numeric".to_owned() } else { "$1::text".to_owned() }
}
