//! Upserts: one statement per natural key, to insert a row or to overwrite the one with the same key.
//!
//! Source: PostgreSQL documentation, INSERT, "ON CONFLICT Clause".

mod key;

use tablewright_syntax::TableDecl;

use super::markdown::one_line;
use super::{World, facts};
use crate::kinds::{Column, Kind, Object};
use crate::model::{Id, Schema};
use crate::output::{Artifact, Content};
use crate::sql::{self, Style};
use key::natural_keys;

pub use key::Key;

/// The statement of one natural key.
#[derive(Clone, Debug)]
pub struct Upsert<'a> {
    /// The table that it writes.
    pub table: &'a TableDecl,
    /// What decides that two rows are the same.
    pub key: Key,
    /// Its file's name without the ending: the table, and the key from the table's second one on.
    pub name: String,
    /// The inserted columns in the order of the parameters: those of the key first.
    pub columns: Vec<&'a Column>,
    /// The columns that a conflict overwrites with the new values.
    pub overwritten: Vec<&'a Column>,
    /// The columns that a conflict sets to `now()`.
    pub touched: Vec<&'a Column>,
    /// The columns that the database fills.
    pub left_out: Vec<&'a Column>,
}

/// Where a longer line is broken.
const WIDTH: usize = 100;
/// Columns that say when a row was made, without underscores.
const CREATED: [&str; 5] = ["createdat", "createdon", "insertedat", "creationtime", "created"];
/// Columns that say when a row was written last.
const UPDATED: [&str; 5] = ["updatedat", "updatedon", "modifiedat", "updatetime", "updated"];

/// The upserts as files.
pub fn emit(world: &World) -> Vec<Artifact> {
    let artifact = |upsert: &Upsert| Artifact {
        path: upsert.path().into(),
        content: Content::Whole(upsert.text(&world.settings.style)),
    };
    upserts(world).iter().map(artifact).collect()
}

/// The upsert of every natural key, by table and key in the order of the declaration.
///
/// A deferrable constraint can't decide a conflict (documentation, INSERT), so it has none.
pub fn upserts<'a>(world: &World<'a>) -> Vec<Upsert<'a>> {
    world.declarations.tables.iter().flat_map(|table| of_table(world, table)).collect()
}

fn of_table<'a>(world: &World<'a>, table: &'a TableDecl) -> Vec<Upsert<'a>> {
    let keys = natural_keys(world.schema, table);
    let upserts = keys.into_iter().enumerate().map(|(at, key)| Upsert::new(world, table, key, at == 0));
    upserts.filter(|upsert| !upsert.columns.is_empty()).collect()
}

impl<'a> Upsert<'a> {
    fn new(world: &World<'a>, table: &'a TableDecl, key: Key, is_first: bool) -> Self {
        let columns = facts::columns(world.schema, &facts::table_id(table));
        let primary = primary_key(world.schema, table);
        let keyed = |column: &&Column| key.columns.contains(&column.name);
        let key_columns = key.columns.iter().filter_map(|name| columns.iter().find(|it| it.name == *name).copied());
        let inserted: Vec<&Column> = key_columns.filter(|column| !is_computed(column)).collect();
        let rest = |column: &&Column| !keyed(column) && is_settable(column, &primary);
        let (documents, values) = columns.iter().copied().filter(rest).partition::<Vec<_>, _>(|it| is_document(it));
        let overwritten = [values, documents].concat();
        let touched = columns.iter().copied().filter(|it| !keyed(it) && is_clock(it, &UPDATED)).collect();
        let inserted = [inserted, overwritten.clone()].concat();
        let left_out = columns.iter().copied().filter(|it| !inserted.iter().any(|other| other.name == it.name));
        Self {
            table,
            name: file_name(world, table, (!is_first).then_some(key.name.as_str())),
            left_out: left_out.collect(),
            columns: inserted,
            overwritten,
            touched,
            key,
        }
    }

    /// The file below the project's root.
    pub fn path(&self) -> String {
        format!("generated/sql/upserts/{}.sql", self.name)
    }

    /// The statement, laid out over several lines, without a semicolon. Parameters are `$1` and so on.
    pub fn sql(&self, style: &Style) -> String {
        let names: Vec<String> = self.columns.iter().map(|column| sql::ident(&column.name)).collect();
        let parameters: Vec<String> = (1..=names.len()).map(|at| format!("${at}")).collect();
        let table = style.name(&self.table.schema, &self.table.name);
        [
            listed(&format!("INSERT INTO {table} "), &names),
            listed("VALUES ", &parameters),
            format!("ON CONFLICT {}", self.key.conflict_target()),
            self.action(),
        ]
        .join("\n")
    }

    fn action(&self) -> String {
        let taken = self.overwritten.iter().map(|column| (column, format!("EXCLUDED.{}", sql::ident(&column.name))));
        let touched = self.touched.iter().map(|column| (column, "now()".to_owned()));
        let set: Vec<String> =
            taken.chain(touched).map(|(column, value)| format!("  {} = {value}", sql::ident(&column.name))).collect();
        if set.is_empty() { "DO NOTHING".into() } else { format!("DO UPDATE SET\n{}", set.join(",\n")) }
    }

    /// The statement in one sentence.
    pub fn sentence(&self) -> String {
        let then = match (self.overwritten.is_empty(), self.touched.is_empty()) {
            (false, _) => "overwrites the one that has the same key",
            (true, false) => "notes the time on the one that has the same key",
            (true, true) => "leaves the one that has the same key as it is",
        };
        format!("inserts a row, or {then}")
    }

    /// What the key means for those who call it, one sentence each without a dot.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = vec![format!("the {} {} decides which rows are the same", self.key.what, self.key.name)];
        remarks.extend(self.key.coalesced.iter().map(|(column, value)| {
            format!("COALESCE({column}, {value}) in the conflict target makes NULL and {value} the same key")
        }));
        remarks.extend(self.nulls_remark());
        let partial = |predicate: &String| format!("only rows where {predicate} take part; any other row is inserted");
        remarks.extend(self.key.predicate.as_ref().map(partial));
        let filled: Vec<&str> = self.left_out.iter().map(|column| column.name.as_str()).collect();
        if !filled.is_empty() {
            remarks.push(format!("the database fills {}", filled.join(", ")));
        }
        remarks
    }

    fn nulls_remark(&self) -> Option<String> {
        let is_nullable = |name: &&String| self.columns.iter().any(|it| it.name == **name && !it.not_null);
        let nullable: Vec<String> = self.key.plain.iter().filter(is_nullable).cloned().collect();
        let names = nullable.join(" or ");
        match (nullable.is_empty(), self.key.nulls_not_distinct) {
            (true, _) => None,
            (_, true) => Some(format!("a NULL in {names} equals another NULL")),
            (_, false) => Some(format!("a NULL in {names} equals no other NULL, so such a row is always inserted")),
        }
    }

    /// Each parameter: number, column, and what it takes.
    pub fn parameters(&self, style: &Style) -> Vec<(usize, &'a str, String)> {
        let describe = |(at, column): (usize, &&'a Column)| {
            let ty = column.ty.sql(style);
            let takes = match (&column.default, column.not_null) {
                (Some(default), true) => format!("{ty}, required; the default {default} is for those who leave it out"),
                (None, true) => format!("{ty}, required"),
                (None, false) => format!("{ty}, may be NULL"),
                (Some(default), false) => {
                    format!("{ty}, may be NULL; NULL is stored as NULL, not as the default {default}")
                }
            };
            (at + 1, column.name.as_str(), takes)
        };
        self.columns.iter().enumerate().map(describe).collect()
    }

    fn text(&self, style: &Style) -> String {
        let mut lines = vec![format!("Upsert of {}: {}.", self.table.name.value, self.sentence()), String::new()];
        let parameters = self.parameters(style);
        let width = parameters.iter().map(|(_, name, _)| name.chars().count()).max().unwrap_or(0);
        let digits = parameters.len().to_string().len() + 1;
        lines.push("Parameters:".into());
        lines.extend(parameters.iter().map(|(at, name, takes)| {
            format!("  {:<digits$} {:<width$}  {}", format!("${at}"), one_line(name), one_line(takes))
        }));
        lines.push(String::new());
        lines.extend(self.remarks().iter().map(|remark| format!("{}.", capitalised(&one_line(remark)))));
        let comment: String = lines
            .iter()
            .map(|line| format!("-- {}", line.replace(['\n', '\r'], " ")).trim_end().to_owned() + "\n")
            .collect();
        format!("{comment}\n{};\n", self.sql(style))
    }
}

fn primary_key(schema: &Schema, table: &TableDecl) -> Vec<String> {
    let keys = schema.below(&Id::new(Kind::PrimaryKey, [&table.schema.value, &table.name.value]));
    let columns = keys.filter_map(|(_, object)| match object.as_ref() {
        Object::PrimaryKey(key) => Some(key.columns.clone()),
        _ => None,
    });
    columns.flatten().collect()
}

/// Whether a writer gives a value to a column that is no part of the key.
fn is_settable(column: &Column, primary: &[String]) -> bool {
    let fills_itself = column.default.is_some() || column.identity.is_some();
    let is_own_key = primary.contains(&column.name) && fills_itself;
    !is_computed(column) && !is_own_key && !is_clock(column, &CREATED) && !is_clock(column, &UPDATED)
}

/// Whether PostgreSQL refuses a value for it.
fn is_computed(column: &Column) -> bool {
    column.generated.is_some() || column.identity.as_ref().is_some_and(|it| it.always)
}

/// JSON stands last: it is the longest to read.
fn is_document(column: &Column) -> bool {
    matches!(column.ty.name.as_str(), "json" | "jsonb") && column.ty.schema.is_none()
}

fn is_clock(column: &Column, names: &[&str]) -> bool {
    let name = column.name.to_lowercase().replace('_', "");
    let default = column.default.as_deref().map(str::to_lowercase);
    names.contains(&name.as_str()) && matches!(default.as_deref(), Some("now()" | "current_timestamp"))
}

fn file_name(world: &World, table: &TableDecl, key: Option<&str>) -> String {
    let (schema, name) = (&table.schema.value, file_safe(&table.name));
    let is_usual = world.settings.style.unqualified.as_ref() == Some(schema);
    let table = if is_usual { name } else { format!("{}.{name}", file_safe(schema)) };
    key.map_or_else(|| table.clone(), |key| format!("{table}__{}", file_safe(key)))
}

/// A name that every file system takes; no two names become one.
pub fn file_safe(name: &str) -> String {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    name.bytes().map(|byte| if safe(byte) { char::from(byte).to_string() } else { format!("%{byte:02x}") }).collect()
}

/// `before (a, b)`, one item per line where the line would be too long.
fn listed(before: &str, items: &[String]) -> String {
    let line = format!("{before}({})", items.join(", "));
    if line.chars().count() <= WIDTH { line } else { format!("{before}(\n  {}\n)", items.join(",\n  ")) }
}

/// The text with a capital letter first, unless a name stands there.
pub fn capitalised(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}
