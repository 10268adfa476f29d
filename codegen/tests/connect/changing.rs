//! Databases whose schema is changed while they are read.

use std::collections::BTreeSet;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use codegen::connect::prepare_to_read;
use codegen::read::catalog::{CatalogError, CatalogReading, catalog};
use postgres::Client;

use super::servers::{Listening, cluster};

/// Two states, each made from the other: what is printed of a column, a view, a function and a type has their names in it.
const BASE: &str = "
    CREATE TYPE mood AS ENUM ('glad', 'sad');
    CREATE TABLE things (id int PRIMARY KEY, one text, feeling mood DEFAULT 'glad', CHECK (length(one) < 10));
    CREATE INDEX things_lower ON things (lower(one)) WHERE one <> '';
    CREATE FUNCTION first(a things) RETURNS text LANGUAGE sql RETURN (a).one;
    CREATE VIEW shown AS SELECT one, feeling, first(t) FROM things AS t WHERE one LIKE 'a%';
    CREATE VIEW counted AS SELECT count(*) FROM things";
const FORTH: &str = "
    ALTER TABLE things RENAME COLUMN one TO other;
    ALTER TYPE mood RENAME TO temper;
    ALTER TABLE things RENAME TO matters";
const BACK: &str = "
    ALTER TABLE matters RENAME TO things;
    ALTER TYPE temper RENAME TO mood;
    ALTER TABLE things RENAME COLUMN other TO one";

/// The same, with a view and an index that go and come back, so that what is looked up may be gone.
fn changes() -> impl Iterator<Item = String> {
    [(FORTH, "matters", "other"), (BACK, "things", "one")].into_iter().cycle().map(|(change, table, column)| {
        format!(
            "BEGIN; DROP VIEW counted; DROP INDEX things_lower; {change};
             CREATE INDEX things_lower ON {table} (lower({column})) WHERE {column} <> '';
             CREATE VIEW counted AS SELECT count(*) FROM {table}; COMMIT"
        )
    })
}

fn server(name: &str) -> Listening {
    let server = Listening::start(name, &cluster(), &[], &["log_statement=all", "max_locks_per_transaction=512"]);
    server.superuser().batch_execute(BASE).unwrap();
    server
}

fn reader(server: &Listening) -> Client {
    let mut client = server.superuser();
    prepare_to_read(&mut client).unwrap();
    client
}

/// The two states, as readings without a change in the middle show them.
fn states(server: &Listening) -> BTreeSet<String> {
    let mut states = BTreeSet::new();
    for change in [FORTH, BACK] {
        server.superuser().batch_execute(change).unwrap();
        states.insert(catalog(&mut reader(server)).unwrap().schema.hash());
    }
    assert_eq!(states.len(), 2);
    states
}

/// How many times the server was asked for one moment; each reading begins so.
fn readings(server: &Listening) -> usize {
    fs::read_to_string(server.directory.join("log")).unwrap().matches("SET LOCAL search_path").count()
}

/// Reads while another session makes a change in the middle of it.
fn read_across((reader_of, writer_of): (&Listening, &Listening), change: &str) -> Result<CatalogReading, CatalogError> {
    let (mut client, mut watcher, mut writer) = (reader(reader_of), reader_of.superuser(), writer_of.superuser());
    wait_for_locks(&mut watcher, "false", 0);
    // Nothing of the schema is looked up before this catalog is read, so that the change waits for nobody.
    writer.batch_execute("BEGIN; LOCK TABLE pg_enum").unwrap();
    // A standby hears of it when it is written.
    writer_of.superuser().batch_execute("CHECKPOINT").unwrap();
    wait_for_locks(&mut watcher, "granted AND mode = 'AccessExclusiveLock' AND relation = 3501", 1);
    let reading = thread::spawn(move || catalog(&mut client));
    wait_for_locks(&mut watcher, "NOT granted", 1);
    writer.batch_execute(&format!("{change}; COMMIT")).unwrap();
    reading.join().unwrap()
}

fn wait_for_locks(watcher: &mut Client, which: &str, count: i64) {
    let query = format!("SELECT count(*) FROM pg_locks WHERE {which}");
    let start = Instant::now();
    while watcher.query_one(&query, &[]).unwrap().get::<_, i64>(0) < count {
        assert!(start.elapsed() < Duration::from_secs(30), "nobody waits: {which}");
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_quiet_database_is_read_once() {
    let server = server("quiet");
    let before = readings(&server);
    catalog(&mut reader(&server)).unwrap();
    assert_eq!(readings(&server) - before, 1);
}

#[test]
fn what_changes_in_the_middle_is_read_again() {
    let server = server("interrupted");
    let states = states(&server);
    for change in [FORTH, BACK] {
        let before = readings(&server);
        let reading = read_across((&server, &server), change).unwrap();
        assert!(states.contains(&reading.schema.hash()), "{:?}", reading.schema);
        // Once torn, once what the catalogs are now, once whole.
        assert_eq!(readings(&server) - before, 3);
    }
}

#[test]
fn what_does_not_touch_the_schema_is_no_change() {
    let server = server("busy");
    server.superuser().batch_execute("CREATE TABLE emptied (id serial PRIMARY KEY, t text)").unwrap();
    let mut other = server.superuser();
    other.batch_execute("CREATE TEMP TABLE passing (id serial PRIMARY KEY CHECK (id > 0), t text)").unwrap();
    drop(other);
    let before = readings(&server);
    let rows = "INSERT INTO emptied (t) VALUES ('a'); TRUNCATE emptied; ANALYZE emptied; DROP TABLE IF EXISTS passing;
        CREATE TEMP TABLE passing (id serial PRIMARY KEY CHECK (id > 0), t text DEFAULT 'a'); CREATE VIEW v AS SELECT FROM passing;
        DROP TABLE passing CASCADE; SAVEPOINT here; ALTER TABLE things RENAME TO others; ROLLBACK TO here";
    read_across((&server, &server), rows).unwrap();
    // Once whole, once what the catalogs are now.
    assert_eq!(readings(&server) - before, 2);
}

#[test]
fn every_reading_is_of_one_moment_while_the_schema_changes_all_the_time() {
    let server = server("restless");
    let states = states(&server);
    let (mut writer, over) = (server.superuser(), AtomicBool::new(false));
    let mut whole = 0;
    thread::scope(|scope| {
        scope.spawn(|| {
            for (number, change) in changes().enumerate().take_while(|_| !over.load(Ordering::Relaxed)) {
                writer.batch_execute(&change).unwrap();
                // Short enough to come into a reading, now and then long enough for a whole one.
                thread::sleep(Duration::from_millis(if number % 4 == 0 { 1_000 } else { 40 }));
            }
        });
        for _ in 0..10 {
            match catalog(&mut reader(&server)) {
                Ok(reading) => {
                    let is_whole = states.contains(&reading.schema.hash());
                    over.store(!is_whole, Ordering::Relaxed);
                    assert!(is_whole, "{:?}", reading.schema);
                    whole += 1;
                }
                Err(error) => assert!(matches!(error, CatalogError::Moving { .. }), "{error}"),
            }
        }
        over.store(true, Ordering::Relaxed);
    });
    assert!(whole > 0);
}

#[test]
fn a_schema_that_never_stays_is_given_up_in_words() {
    let server = server("never");
    let (mut writer, over) = (server.superuser(), AtomicBool::new(false));
    let error = thread::scope(|scope| {
        scope.spawn(|| {
            for change in changes().take_while(|_| !over.load(Ordering::Relaxed)) {
                writer.batch_execute(&change).unwrap();
            }
        });
        let error = catalog(&mut reader(&server)).map(|reading| reading.schema.len());
        over.store(true, Ordering::Relaxed);
        error.unwrap_err().to_string()
    });
    assert!(error.contains("changed while it was read, 5 times in a row"), "{error}");
    assert!(error.contains("read again when no migration runs"), "{error}");
}

#[test]
fn a_standby_that_replays_a_change_is_read_again() {
    let settings = [
        "wal_level=replica",
        "max_wal_senders=2",
        "max_connections=100",
        "log_statement=all",
        "max_locks_per_transaction=512",
        "hot_standby_feedback=on",
    ];
    let primary = Listening::start("leading", &cluster(), &[], &settings);
    primary.superuser().batch_execute(BASE).unwrap();
    let states = states(&primary);
    primary.superuser().batch_execute("CHECKPOINT").unwrap();
    let follow = format!("primary_conninfo=host={} port={} user=postgres", primary.directory.display(), primary.port);
    let settings: Vec<&str> = settings.into_iter().chain([follow.as_str()]).collect();
    let standby = Listening::start("following", &primary.directory, &[("standby.signal", "")], &settings);
    let before = readings(&standby);
    let reading = read_across((&standby, &primary), FORTH).unwrap();
    assert!(states.contains(&reading.schema.hash()), "{:?}", reading.schema);
    assert_eq!(readings(&standby) - before, 3);
}
