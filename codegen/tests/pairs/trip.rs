//! One pair of SQL texts on one server: compared, gone up, down and up again.

#[path = "stranger.rs"]
mod stranger;

use std::collections::{BTreeMap, BTreeSet};

use codegen::compare::{self, Sides};
use codegen::emit::migration::script as emitted;
use codegen::kinds::{Kind, Renaming};
use codegen::model::parse_id;
use codegen::plan::Policy;
use codegen::prove::{Positions, differences};
use codegen::read::catalog::{CatalogReading, Reader, catalog};
use codegen::scratch::{Database, Server, script};
use codegen::sql::Style;
use postgres::Client;

/// Everything that is not as it should be; nothing, if the pair is exact both ways.
pub fn faults(server: &Server, before: &str, after: &str) -> Vec<String> {
    trip(server, before, after).unwrap_or_else(|fault| vec![fault])
}

/// What came of a pair whose texts PostgreSQL took.
#[derive(Debug, Default)]
pub struct Trip {
    /// Everything that is not as it should be.
    pub faults: Vec<String>,
    /// The kinds of the objects that it was about.
    #[allow(dead_code, reason = "only random pairs ask")]
    pub kinds: BTreeSet<Kind>,
}

/// Whom the catalogs let read what has not changed from one to the other.
const STRANGER_ON: [u32; 2] = [15, 18];

/// The same as [`faults`], with plans in this style.
#[allow(dead_code, reason = "only the pairs by themselves ask")]
pub fn faults_in(server: &Server, (before, after): (&str, &str), style: Style) -> Vec<String> {
    let faults = || {
        make_roles(server, before)?;
        let (from, to) = (load(server, "before.sql", before)?, load(server, "after.sql", after)?);
        Ok(gone(&mut connect(&from)?, &mut connect(&to)?, style, renames(after))?.faults)
    };
    faults().unwrap_or_else(|fault: String| vec![fault])
}

fn load(server: &Server, name: &str, text: &str) -> Result<Database, String> {
    script::load(server, &[(name.to_owned(), text.to_owned())]).map_err(|error| error.to_string())
}

fn trip(server: &Server, before: &str, after: &str) -> Result<Vec<String>, String> {
    make_roles(server, before)?;
    let (from, to) = (load(server, "before.sql", before)?, load(server, "after.sql", after)?);
    let mut clients = (connect(&from)?, connect(&to)?);
    let asks_stranger = STRANGER_ON.contains(&server.version());
    let mut faults = if asks_stranger { stranger::faults(&mut clients.1) } else { Vec::new() };
    let style = Style { unchecked_bodies: true, ..Style::default() };
    faults.extend(gone(&mut clients.0, &mut clients.1, style, renames(after))?.faults);
    Ok(faults)
}

/// What the second text says is renamed: `-- rename: column public.t.a to b`.
fn renames(after: &str) -> Vec<Renaming> {
    let lines = after.lines().filter_map(|line| line.strip_prefix("-- rename: ")?.rsplit_once(" to "));
    lines.filter_map(|(from, to)| Some(Renaming { from: parse_id(from).ok()?, to: to.to_owned() })).collect()
}

/// A connection to a database, or why there is none.
pub fn connect(database: &Database) -> Result<Client, String> {
    database.connect().map_err(|error| error.to_string())
}

/// Compares two databases, and goes with the first one up to the second, down and up again.
///
/// # Errors
/// What the plan or the server refuses.
#[allow(dead_code, reason = "only random pairs ask")]
pub fn between(client: &mut Client, other: &mut Client) -> Result<Trip, String> {
    styled(client, other, Style { unchecked_bodies: true, ..Style::default() })
}

/// The same, with plans in this style.
///
/// # Errors
/// What the plan or the server refuses.
pub fn styled(client: &mut Client, other: &mut Client, style: Style) -> Result<Trip, String> {
    gone(client, other, style, Vec::new())
}

fn gone(client: &mut Client, other: &mut Client, style: Style, renames: Vec<Renaming>) -> Result<Trip, String> {
    let said = |error: &dyn std::fmt::Display| error.to_string();
    let target = catalog(other).map_err(|error| said(&error))?;
    let reader = Reader::new(client).map_err(|error| said(&error))?;
    let read = |client: &mut Client| reader.read(client).map_err(|error| said(&error));
    let start = read(client)?;
    let wrapped = style.wrapped;
    let sides = Sides { from: start.clone(), to: target.clone(), style };
    let comparison = compare::plan(&sides, Policy::Exact, renames).map_err(|error| said(&error))?;
    let up = emitted::up(&comparison.migration, "before", "after");
    let down = emitted::down(&comparison.migration, Policy::Exact, "before", "after");
    let kinds = start.schema.iter().chain(target.schema.iter()).map(|(id, _)| id.kind).collect();
    let mut faults: Vec<String> =
        comparison.unmodelled.iter().map(|(what, count)| format!("unmodelled: {count} {what}")).collect();
    for (way, texts, want) in [("up", &up, &target), ("down", &down, &start), ("up again", &up, &target)] {
        let was = storage(client);
        for text in texts {
            run(client, way, text, wrapped).map_err(|error| format!("{error}\n{text}"))?;
        }
        faults.extend(compared(way, want, &read(client)?, &texts.concat()));
        faults.extend(rebuilt(way, &was, &storage(client)));
    }
    Ok(Trip { faults, kinds })
}

/// Runs a file, strictly as one transaction if whoever runs it is said to do that.
fn run(client: &mut Client, way: &str, text: &str, wrapped: bool) -> Result<(), String> {
    if !wrapped {
        return script::run(client, way, text).map_err(|error| error.to_string());
    }
    let refused = |error: postgres::Error| error.as_db_error().map_or(error.to_string(), ToString::to_string);
    let mut transaction = client.transaction().map_err(refused)?;
    transaction.batch_execute(text).map_err(refused)?;
    transaction.commit().map_err(refused)
}

/// Roles are the server's and not a database's, so that a pair names its own in the first line: `-- roles: a, b`.
fn make_roles(server: &Server, before: &str) -> Result<(), String> {
    let names = before.lines().next().and_then(|line| line.strip_prefix("-- roles: ")).unwrap_or_default();
    let create = |name: &str| {
        format!(
            "DO $$ BEGIN CREATE ROLE {name}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;"
        )
    };
    if names.is_empty() {
        return Ok(());
    }
    let sql: String = names.split(", ").map(create).collect();
    let database = server.database().map_err(|error| error.to_string())?;
    let mut client = database.connect().map_err(|error| error.to_string())?;
    client.batch_execute(&sql).map_err(|error| format!("{sql}: {error}"))
}

fn compared(way: &str, want: &CatalogReading, found: &CatalogReading, text: &str) -> Option<String> {
    let differences = differences(&want.schema, &found.schema, Positions::Ignored);
    let list: Vec<String> = differences.iter().map(ToString::to_string).collect();
    (!list.is_empty()).then(|| format!("{way}: {}\n{text}", list.join("\n")))
}

/// Where the rows of each table and the values of each column lie.
type Storage = BTreeMap<String, (String, String)>;

/// Read from the system catalogs by a query of its own, so that the engine is not judged by itself.
fn storage(client: &mut Client) -> Storage {
    const QUERY: &str = r#"
        WITH held AS (
          SELECT c.oid, c.relkind, format('%I.%I', n.nspname, c.relname) AS name
          FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
          WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        )
        SELECT name, oid::text, relkind::text FROM held
        UNION ALL
        SELECT format('%s.%I', name, attname), format('%s %s', oid, attnum), format_type(atttypid, atttypmod)
        FROM held JOIN pg_attribute ON attrelid = held.oid
        WHERE attnum > 0 AND NOT attisdropped AND attgenerated = ''"#;
    let rows = client.query(QUERY, &[]).expect("the catalogs are always there");
    rows.iter().map(|row| (row.get(0), (row.get(1), row.get(2)))).collect()
}

/// Tables and columns that were there before and after under the same name and type, and yet were made anew.
fn rebuilt(way: &str, was: &Storage, now: &Storage) -> Option<String> {
    let moved = |(name, (place, what)): (&String, &(String, String))| {
        let (place_now, what_now) = now.get(name)?;
        (what == what_now && place != place_now).then(|| name.clone())
    };
    let moved: Vec<String> = was.iter().filter_map(moved).collect();
    (!moved.is_empty()).then(|| format!("{way}: made anew, so that the rows are gone: {}", moved.join(", ")))
}
