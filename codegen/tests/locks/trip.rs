//! One change on one server: what its statements say, and what they do.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use codegen::compare::{self, Sides};
use codegen::kinds::{Kind, Renaming};
use codegen::model::{Id, Lock, LockMode, Statement, Transaction};
use codegen::plan::{Migration, Plan, Policy, Step};
use codegen::prove::{Measured, build, measured};
use codegen::read::catalog::{CatalogReading, Reader, catalog};
use codegen::scratch::{Database, Server, script};
use codegen::sql::Style;
use postgres::Client;

use super::written::{Ends, Written};

/// What came of a change.
#[derive(Default)]
pub struct Tried {
    /// Everything that is not as it is said.
    pub faults: Vec<String>,
    /// The statements of the way up with what they lock, as rows of a Markdown table.
    pub rows: Vec<String>,
}

/// Goes up and down, and compares what is said with what is done.
pub fn tried(server: &Server, it: &Written) -> Result<Tried, String> {
    tried_in(server, it, false)
}

/// The same, of plans that are made online or not.
pub fn tried_in(server: &Server, it: &Written, online: bool) -> Result<Tried, String> {
    let (database, migration) = match &it.ends {
        Ends::Texts { before, after, renames } => between(server, [before, after], renames, online)?,
        Ends::Changed { before, change, renames } => changed(server, [before, change], renames)?,
        Ends::Planned(migration, seed) => (built(server, migration, seed.as_deref())?, migration.as_ref().clone()),
    };
    let mut client = connect(&database)?;
    let (mut faults, major) = (Vec::new(), server.version());
    let rows = migration.up.statements().map(row).collect();
    for (way, plan) in [("up", &migration.up), ("down", &migration.down)] {
        faults.extend(
            along(&mut client, plan, (major, it.is_weaker))?.into_iter().map(|fault| format!("{way}: {fault}")),
        );
    }
    Ok(Tried { faults, rows })
}

fn row(statement: &Statement) -> String {
    let lock = |lock: &Lock| format!("{}: {}", lock.table.name(), Facts::said(lock));
    let locks: Vec<String> = statement.locks.iter().map(lock).collect();
    let sql = statement.sql.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
    format!("| `{sql}` | {} |\n", if locks.is_empty() { "none".to_owned() } else { locks.join("; ") })
}

fn between(
    server: &Server,
    [before, after]: [&str; 2],
    renames: &[Renaming],
    online: bool,
) -> Result<(Database, Migration), String> {
    make_roles(server, before)?;
    let (from, to) = (load(server, before)?, load(server, after)?);
    let read = |database: &Database| catalog(&mut connect(database)?).map_err(|error| error.to_string());
    let migration = planned((read(&from)?, read(&to)?), renames, online)?;
    Ok((from, migration))
}

/// What a text makes of a database is seen in a transaction that is taken back, since a second database takes longer.
fn changed(
    server: &Server,
    [before, change]: [&str; 2],
    renames: &[Renaming],
) -> Result<(Database, Migration), String> {
    make_roles(server, before)?;
    let from = load(server, before)?;
    let mut client = connect(&from)?;
    let said = |error: &dyn std::fmt::Display| error.to_string();
    let reader = Reader::new(&mut client).map_err(|error| said(&error))?;
    let start = reader.read(&mut client).map_err(|error| said(&error))?;
    let mut transaction = client.transaction().map_err(|error| said(&error))?;
    transaction.batch_execute(change).map_err(|error| format!("{error:?}\n{change}"))?;
    let end = reader.read_within(&mut transaction).map_err(|error| said(&error))?;
    transaction.rollback().map_err(|error| said(&error))?;
    let migration = planned((start, end), renames, false)?;
    Ok((from, migration))
}

fn load(server: &Server, text: &str) -> Result<Database, String> {
    script::load(server, &[("it".to_owned(), text.to_owned())]).map_err(|error| error.to_string())
}

fn planned(
    (from, to): (CatalogReading, CatalogReading),
    renames: &[Renaming],
    online: bool,
) -> Result<Migration, String> {
    let style = Style { unchecked_bodies: true, online, ..Style::default() };
    let sides = Sides { from, to, style };
    let comparison = compare::plan(&sides, Policy::Exact, renames.to_vec()).map_err(|error| error.to_string())?;
    Ok(comparison.migration)
}

fn built(server: &Server, migration: &Migration, seed: Option<&str>) -> Result<Database, String> {
    let database = server.database().map_err(|error| error.to_string())?;
    let sql = build(&migration.before).map_err(|error| error.to_string())? + seed.unwrap_or_default();
    connect(&database)?.batch_execute(&sql).map_err(|error| format!("{error:?}"))?;
    Ok(database)
}

fn connect(database: &Database) -> Result<Client, String> {
    database.connect().map_err(|error| error.to_string())
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
    connect(&database)?.batch_execute(&sql).map_err(|error| format!("{sql}: {error}"))
}

/// Whether it is about a statement of this text.
type Fits = fn(&str) -> bool;

/// Statements that lock less on these majors than on others, so that what is said of them is the strongest.
const WEAKER: &[(Fits, RangeInclusive<u32>)] = &[
    // Since NOT NULL is a constraint with a name, it is looked for in the heirs, even if they keep it.
    (|sql| sql.starts_with("ALTER TABLE ONLY") && sql.ends_with("DROP NOT NULL"), 14..=17),
    // Since the same major, adding a constraint looks at the heirs, even if they get nothing of it.
    (|sql| sql.contains("ADD CONSTRAINT") && !sql.contains(" CHECK ") && !sql.contains(" NOT NULL "), 14..=17),
    // The same again: there is no name that it would have to get.
    (|sql| sql.starts_with("DO $$") && sql.contains("RENAME CONSTRAINT"), 14..=17),
    // A foreign key that leads to a partitioned table.
    (|sql| sql.contains("ATTACH PARTITION"), 14..=14),
    (|sql| sql.starts_with("DROP TABLE"), 14..=14),
];

/// Runs a plan, each statement in a transaction of its own, so that all that it locks is seen.
fn along(client: &mut Client, plan: &Plan, (major, is_data_dependent): (u32, bool)) -> Result<Vec<String>, String> {
    let said = |error: postgres::Error| format!("{error:?}");
    // Under UTC, the two types of timestamp are the same bytes, so that the claim would be weaker than it has to be.
    client.batch_execute("SET TimeZone = 'Europe/Berlin'").map_err(said)?;
    let settings: String = plan.settings.iter().map(|setting| format!("SET {setting};\n")).collect();
    client.batch_execute(&settings).map_err(said)?;
    let there = oids(client)?;
    let mut faults = Vec::new();
    let raw: Vec<&str> = plan.steps().filter(|step| is_raw(step)).flat_map(texts).collect();
    for statement in plan.statements() {
        // What a text does that nobody has parsed is not known.
        let shares = !statement.waits_for_all && statement.locks.iter().any(|lock| lock.scan);
        if statement.transaction == Transaction::Outside && !shares || raw.contains(&statement.sql.as_str()) {
            client.batch_execute(&statement.sql).map_err(said)?;
            continue;
        }
        let empty = empty(client, statement)?;
        let mut transaction = client.transaction().map_err(said)?;
        let found =
            measured(&mut transaction, &statement.sql).map_err(|error| format!("{error:?}\n{}", statement.sql))?;
        transaction.commit().map_err(said)?;
        let found: Vec<Measured> = found.into_iter().filter(|it| there.contains(&it.oid)).collect();
        let is_empty = is_data_dependent || statement.locks.iter().any(|lock| empty.contains(&lock.table));
        let is_weaker = WEAKER.iter().any(|(fits, majors)| majors.contains(&major) && fits(&statement.sql));
        let different = differences(statement, &found, Leniency { is_empty, is_weaker });
        if !different.is_empty() {
            faults.push(format!("{}\n    {}", statement.sql.replace('\n', " "), different.join("\n    ")));
        }
    }
    Ok(faults)
}

fn is_raw(step: &Step) -> bool {
    step.change.id().kind == Kind::Raw
}

fn texts(step: &Step) -> impl Iterator<Item = &str> {
    step.statements.iter().map(|statement| statement.sql.as_str())
}

/// What is in use when a plan begins: all that stays unseen until it ends is left out.
fn oids(client: &mut Client) -> Result<Vec<u32>, String> {
    let rows = client.query("SELECT oid FROM pg_class", &[]).map_err(|error| error.to_string())?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// The tables that the statement speaks of and that have no rows.
fn empty(client: &mut Client, statement: &Statement) -> Result<Vec<Id>, String> {
    let mut empty = Vec::new();
    for lock in statement.locks.iter().filter(|lock| lock.scan) {
        let sql = format!("SELECT FROM {} LIMIT 1", lock.table.dotted());
        if client.query(&sql, &[]).map_err(|error| format!("{sql}: {error}"))?.is_empty() {
            empty.push(lock.table.clone());
        }
    }
    Ok(empty)
}

fn differences(statement: &Statement, found: &[Measured], lenient: Leniency) -> Vec<String> {
    let said: BTreeMap<&Id, Facts> = statement.locks.iter().map(|lock| (&lock.table, Facts::said(lock))).collect();
    let real: BTreeMap<&Id, Facts> = found.iter().map(|it| (&it.relation, Facts::real(it))).collect();
    let mut lines = Vec::new();
    for (id, facts) in &said {
        match real.get(id) {
            None if lenient.is_weaker => {}
            Some(real) if lenient.is_weaker && !real.counts() => {}
            None => lines.push(format!("{id}: said {facts}, really nothing")),
            // Without rows, there may be nothing to look for in the other table.
            Some(real) if real != facts && !(lenient.is_empty && *real == Facts { scan: false, ..*facts }) => {
                lines.push(format!("{id}: said {facts}, really {real}"))
            }
            Some(_) => {}
        }
    }
    let unsaid = real.iter().filter(|(id, facts)| !said.contains_key(*id) && facts.counts());
    lines.extend(unsaid.map(|(id, facts)| format!("{id}: said nothing, really {facts}")));
    lines
}

/// Where less may happen than is said.
struct Leniency {
    /// A table that the statement reads has no rows.
    is_empty: bool,
    /// It is one of those that lock less on this major.
    is_weaker: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Facts {
    mode: LockMode,
    scan: bool,
    rewrite: bool,
}

impl Facts {
    fn said(lock: &Lock) -> Self {
        Self { mode: lock.mode, scan: lock.scan, rewrite: lock.rewrite }
    }

    fn real(it: &Measured) -> Self {
        // Whoever writes a table anew has read it, even if PostgreSQL copies the file without counting that.
        Self { mode: it.mode, scan: it.scan || it.rewrite, rewrite: it.rewrite }
    }

    /// What every SELECT, INSERT or UPDATE takes is not worth saying, unless the whole table is written to.
    fn counts(self) -> bool {
        self.mode > LockMode::RowExclusive || self.mode > LockMode::AccessShare && self.scan
    }
}

impl std::fmt::Display for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let scan = if self.scan { ", read whole" } else { "" };
        let rewrite = if self.rewrite { ", written anew" } else { "" };
        write!(f, "{}{scan}{rewrite}", self.mode.name())
    }
}
