//! Generated rows: they reach what can be reached, and say why they do not reach the rest.

#![cfg(feature = "database")]

use std::collections::BTreeMap;
use std::path::Path;

use codegen::kinds::Kind;
use codegen::model::{Id, Schema};
use codegen::prove::rows::{Filled, fill, grow, sample};
use codegen::read::catalog::catalog;
use codegen::scratch::{Binaries, Database, Server};
use codegen::sql::{Style, idents, literal};
use postgres::Client;

const HARD: &str = include_str!("hard.sql");
const IMPOSSIBLE: &str = include_str!("impossible.sql");

#[test]
fn every_constraint_of_a_hard_schema_is_reached() {
    for binaries in Binaries::all(&root()) {
        let server = Server::start(&binaries).unwrap();
        let mut it = Place::new(&server, HARD);
        let filled = fill(&mut it.client, &it.schema, 5).unwrap();
        assert_eq!(told(&filled).join("\n"), "", "PostgreSQL {}", server.version());
        assert_eq!(filled.empty().count(), 0);
        assert!(filled.reached > 150, "{}", filled.reached);
        assert!(it.value("SELECT count(*) FROM users WHERE \"Manager\" IS NOT NULL") > 0);
        assert!(it.value("SELECT count(*) FROM users WHERE deleted_at IS NULL AND mood IS NULL") > 0);
    }
}

#[test]
fn what_can_not_be_reached_is_told_with_the_reason() {
    let server = server();
    let mut it = Place::new(&server, IMPOSSIBLE);
    let filled = fill(&mut it.client, &it.schema, 5).unwrap();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("rows_impossible", told(&filled).join("\n")));
}

#[test]
fn the_same_schema_gets_the_same_rows_on_every_major() {
    let mut first: Option<Vec<String>> = None;
    for binaries in Binaries::all(&root()) {
        let server = Server::start(&binaries).unwrap();
        for _ in 0..2 {
            let mut it = Place::new(&server, HARD);
            fill(&mut it.client, &it.schema, 5).unwrap();
            let rows = it.rows();
            assert!(rows.len() > 100, "{}", rows.len());
            let first = first.get_or_insert(rows.clone());
            let only_in =
                |a: &[String], b: &[String]| a.iter().filter(|row| !b.contains(row)).cloned().collect::<Vec<_>>();
            let differing = [only_in(first, &rows), only_in(&rows, first)].concat();
            assert_eq!(differing.join("\n"), "", "PostgreSQL {}", server.version());
        }
    }
}

#[test]
fn tables_grow_to_the_size_that_is_asked_for() {
    let server = server();
    let short_of = |text: &str| {
        let mut it = Place::new(&server, text);
        fill(&mut it.client, &it.schema, 5).unwrap();
        let tables = it.schema.iter().map(|(id, _)| id).filter(|id| id.kind == Kind::Table);
        let sizes: BTreeMap<Id, usize> = tables.map(|id| (id.clone(), 300)).collect();
        let grown = grow(&mut it.client, &it.schema, &sizes).unwrap();
        for (id, (rows, _)) in &grown.tables {
            let name = Style::default().name(&id.path[0], &id.path[1]);
            assert_eq!(it.value(&format!("SELECT count(*) FROM {name}")), i64::try_from(*rows).unwrap(), "{id}");
        }
        let short = grown.tables.iter().filter(|(_, (rows, wanted))| rows < wanted);
        short.map(|(id, _)| id.name().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(short_of(GROWING), ["apart", "halves"]);
    assert_eq!(short_of(HARD), ["members", "profiles", "projects", "sorts", "versions"]);
}

/// Keys of every sort that new rows can be given one of, and two that they can't: of ranges that must not overlap, and of
/// two values. The hard schema has more of these.
const GROWING: &str = r#"
    CREATE TABLE one (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code varchar(6) NOT NULL UNIQUE);
    CREATE TABLE "Two ""x""" ("The id" uuid PRIMARY KEY DEFAULT gen_random_uuid(), day date UNIQUE, at timestamptz UNIQUE,
      "one id" integer NOT NULL REFERENCES one, parent uuid REFERENCES "Two ""x""");
    CREATE TABLE pairs (one_id integer REFERENCES one, two_id uuid REFERENCES "Two ""x""", PRIMARY KEY (one_id, two_id));
    CREATE TABLE per_one (one_id integer PRIMARY KEY REFERENCES one, blob bytea UNIQUE, price numeric(12,2) UNIQUE);
    CREATE DOMAIN key AS text CHECK (VALUE ~ '^[a-z0-9-]+$');
    CREATE TABLE named (key key PRIMARY KEY, twice integer GENERATED ALWAYS AS (length(key) * 2) STORED);
    CREATE TABLE apart (during tstzrange NOT NULL, EXCLUDE USING gist (during WITH &&));
    CREATE TABLE measured (k integer NOT NULL, at date NOT NULL, PRIMARY KEY (k, at)) PARTITION BY RANGE (at);
    CREATE TABLE measured_1 PARTITION OF measured FOR VALUES FROM ('2020-01-01') TO ('2030-01-01');
    CREATE TABLE halves (yes boolean PRIMARY KEY);
"#;

#[test]
fn rows_that_are_there_stay_and_count() {
    let server = server();
    let mut it = Place::new(&server, "CREATE TABLE a (id integer PRIMARY KEY, b text NOT NULL UNIQUE CHECK (b <> ''))");
    it.client.batch_execute("INSERT INTO a SELECT n, chr(96 + n) FROM generate_series(1, 5) AS n").unwrap();
    let filled = fill(&mut it.client, &it.schema, 5).unwrap();
    assert_eq!(told(&filled), [""; 0]);
    assert_eq!(it.value("SELECT count(*) FROM a WHERE id <= 5 AND b = chr(96 + id)"), 5);
    assert!(it.value("SELECT count(*) FROM a") >= 5);
}

#[test]
fn a_sample_can_be_put_in_and_is_not_there_before() {
    let server = server();
    let mut it = Place::new(&server, HARD);
    let filled = fill(&mut it.client, &it.schema, 5).unwrap();
    let roots = ["measures", "buckets"].map(|name| Id::new(Kind::Table, ["public", name]));
    let tables = filled.tables.keys().filter(|id| !is_partition(&it.schema, id)).chain(&roots);
    for table in tables.cloned().collect::<Vec<_>>() {
        let before = it.value(&format!("SELECT count(*) FROM {}", name(&table)));
        let row = match sample(&mut it.client, &it.schema, &table).unwrap() {
            Ok(row) => row,
            Err(reason) => panic!("{table}: {reason}"),
        };
        assert_eq!(it.value(&format!("SELECT count(*) FROM {}", name(&table))), before, "{table}");
        it.client.batch_execute(&insert(&table, &row)).unwrap_or_else(|error| panic!("{table}: {error:?}"));
        assert_eq!(it.value(&format!("SELECT count(*) FROM {}", name(&table))), before + 1, "{table}");
    }
}

#[test]
fn there_is_no_sample_where_no_row_goes_in() {
    let server = server();
    let mut it = Place::new(&server, IMPOSSIBLE);
    let mut reason = |name: &str| {
        let table = Id::new(Kind::Table, ["public", name]);
        sample(&mut it.client, &it.schema, &table).unwrap().unwrap_err()
    };
    assert_eq!(reason("refused"), "never");
    assert!(reason("contradiction").starts_with("no values of a were found"));
}

/// A database with a schema in it.
struct Place {
    client: Client,
    schema: Schema,
    // Dropped after the connection to it.
    _database: Database,
}

impl Place {
    fn new(server: &Server, sql: &str) -> Self {
        let database = server.database().unwrap();
        let mut client = database.connect().unwrap();
        client.batch_execute(sql).unwrap();
        let schema = catalog(&mut client).unwrap().schema;
        Self { client, schema, _database: database }
    }

    fn value(&mut self, query: &str) -> i64 {
        self.client.query_one(query, &[]).unwrap().get(0)
    }

    /// All rows as text, without the values that a default computes anew each time.
    fn rows(&mut self) -> Vec<String> {
        let tables: Vec<Id> =
            self.schema.iter().map(|(id, _)| id.clone()).filter(|id| id.kind == Kind::Table).collect();
        let mut rows = Vec::new();
        for table in tables {
            let query = format!(
                "SELECT (to_jsonb(entire) - 'created_at')::text FROM ONLY {} AS entire ORDER BY 1",
                name(&table)
            );
            let found = self.client.query(&query, &[]).unwrap();
            rows.extend(found.iter().map(|row| format!("{table} {}", row.get::<_, String>(0))));
        }
        // The random key of the row in which each default has its turn.
        rows.retain(|row| !row.contains("DROP\"") || row.contains("00000000-0000-4000-8000"));
        rows
    }
}

fn told(filled: &Filled) -> Vec<String> {
    filled.unreached.iter().map(ToString::to_string).collect()
}

fn insert(table: &Id, row: &[(String, Option<String>)]) -> String {
    if row.is_empty() {
        return format!("INSERT INTO {} DEFAULT VALUES", name(table));
    }
    let columns: Vec<&String> = row.iter().map(|(column, _)| column).collect();
    let values = row.iter().map(|(_, value)| value.as_ref().map_or("NULL".to_owned(), |value| literal(value)));
    format!("INSERT INTO {} ({}) VALUES ({})", name(table), idents(&columns), values.collect::<Vec<_>>().join(", "))
}

fn name(table: &Id) -> String {
    Style::default().name(&table.path[0], &table.path[1])
}

fn is_partition(schema: &Schema, table: &Id) -> bool {
    schema.contains(&Id { kind: Kind::Partition, ..table.clone() })
}

fn server() -> Server {
    Server::start(&Binaries::find(None, &root()).unwrap()).unwrap()
}

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
