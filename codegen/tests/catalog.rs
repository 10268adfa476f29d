//! The catalog reader, on every installed major.

#![cfg(feature = "database")]

use std::collections::BTreeMap;
use std::path::Path;

use codegen::kinds::Object;
use codegen::model::Schema;
use codegen::read::catalog::{CatalogReading, catalog, catalog_by_two};
use codegen::scratch::{Binaries, INSTALL_COMMAND, Server};
use codegen::sql::Style;

const EVERYTHING: &str = include_str!("catalog/everything.sql");
const UNMODELLED: &str = include_str!("catalog/unmodelled.sql");

#[test]
fn every_kind_is_read_and_the_reading_is_the_same_on_every_major() {
    let readings: Vec<(u32, CatalogReading)> =
        servers().iter().map(|server| (server.version(), read(server, EVERYTHING))).collect();
    for (major, reading) in &readings {
        assert_eq!(reading.unmodelled, BTreeMap::new(), "PostgreSQL {major}");
        eprintln!("PostgreSQL {major}");
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.add_filter(r#""version":"[0-9.]+""#, r#""version":"(the server's)""#);
        // Such a constraint is kept of domains since 17, of columns since 18.
        settings.add_filter(r#","not_null_chosen":true"#, "");
        // Before 16 every column of a query is written with its table.
        settings.add_filter(r"parent\.id", "id");
        settings.bind(|| insta::assert_snapshot!("catalog", lines(&reading.schema)));
    }
}

#[test]
fn what_no_kind_describes_is_counted() {
    let expected = [
        ("grant on a member of an extension", 1),
        ("large object", 1),
        ("statistics target of the index of a constraint", 1),
    ];
    for server in servers() {
        let mut expected = BTreeMap::from(expected.map(|(what, count)| (what.to_owned(), count)));
        let mut sql = UNMODELLED.to_owned();
        // Sequences without a log came with 15.
        if server.version() >= 15 {
            sql += "ALTER SEQUENCE numbered_id_seq SET UNLOGGED;";
            let what = "sequence of an identity column that is logged where its table is not, or the other way round";
            expected.insert(what.to_owned(), 1);
        }
        let reading = read(&server, &sql);
        assert_eq!(reading.unmodelled, expected);
    }
}

#[test]
fn two_sessions_see_what_one_sees_and_one_is_enough() {
    for server in servers() {
        let database = server.database().unwrap();
        let (mut client, mut helper) = (database.connect().unwrap(), database.connect().unwrap());
        client.batch_execute(EVERYTHING).unwrap();
        let seen_by = |reading: CatalogReading| (lines(&reading.schema), reading.unmodelled, reading.hidden);
        let alone = seen_by(catalog(&mut client).unwrap());
        assert_eq!(seen_by(catalog_by_two(&mut client, &mut helper).unwrap()), alone);
        // Again, in the same sessions; then with a helper that sees another database, and with one that is gone.
        assert_eq!(seen_by(catalog_by_two(&mut client, &mut helper).unwrap()), alone);
        let elsewhere = server.database().unwrap();
        assert_eq!(seen_by(catalog_by_two(&mut client, &mut elsewhere.connect().unwrap()).unwrap()), alone);
        let number: i32 = helper.query_one("SELECT pg_backend_pid()", &[]).unwrap().get(0);
        client.execute("SELECT pg_terminate_backend($1)", &[&number]).unwrap();
        assert_eq!(seen_by(catalog_by_two(&mut client, &mut helper).unwrap()), alone);
    }
}

#[test]
fn the_books_of_runners_and_rollbacks_are_no_part_of_a_schema() {
    const BOOKS: &str = "CREATE SCHEMA tablewright;
        CREATE TYPE tablewright.state AS ENUM ('started', 'done');
        CREATE FUNCTION tablewright.now() RETURNS date LANGUAGE sql AS 'SELECT current_date';
        CREATE TABLE tablewright.applied_migrations (
          number serial PRIMARY KEY, state tablewright.state, name text NOT NULL CHECK (name <> ''), a int REFERENCES a
        );
        CREATE INDEX ON tablewright.applied_migrations (name);
        CREATE VIEW tablewright.names AS SELECT name FROM tablewright.applied_migrations;
        GRANT SELECT ON tablewright.names TO PUBLIC;
        GRANT USAGE ON SCHEMA tablewright TO PUBLIC;
        ALTER TABLE tablewright.applied_migrations OWNER TO pg_monitor;
        ALTER SCHEMA tablewright OWNER TO pg_monitor;";
    const TABLE: &str = "CREATE TABLE a (id int PRIMARY KEY);";
    for server in servers() {
        let (plain, kept) = (read(&server, TABLE), read(&server, &format!("{TABLE}{BOOKS}")));
        assert_eq!(lines(&kept.schema), lines(&plain.schema));
        assert_eq!(kept.unmodelled, BTreeMap::new());
    }
}

/// There is no label provider to be had without writing one in C, so the label is put where a provider puts it; that
/// PostgreSQL understands the statement is shown by how it refuses it.
#[test]
fn a_security_label_is_read_and_said_in_a_statement_that_postgresql_understands() {
    for server in servers() {
        let database = server.database().unwrap();
        let mut client = database.connect().unwrap();
        client.batch_execute(LABELS).unwrap();
        let reading = catalog(&mut client).unwrap();
        assert_eq!(reading.unmodelled, BTreeMap::new());
        let labels: Vec<&Object> = reading.schema.iter().map(|(_, object)| object.as_ref()).filter(is_label).collect();
        let said: Vec<String> = labels.iter().map(|label| label.create(&Style::default())[0].sql.clone()).collect();
        let on = ["COLUMN public.\"Person\".name", "FUNCTION public.who()", "SCHEMA public", "TABLE public.\"Person\""];
        assert_eq!(said, on.map(|on| format!("SECURITY LABEL FOR dummy ON {on} IS 'it''s secret'")));
        for label in labels {
            for statement in [label.create(&Style::default()), Object::drop(label, &Style::default())].concat() {
                let refused = client.batch_execute(&statement.sql).unwrap_err();
                let message = refused.as_db_error().unwrap().message().to_owned();
                assert_eq!(message, "security label provider \"dummy\" is not loaded", "{}", statement.sql);
            }
        }
    }
}

const LABELS: &str = r#"
    CREATE TABLE "Person" (id int, name text);
    CREATE FUNCTION who() RETURNS text LANGUAGE sql AS 'SELECT current_user::text';
    SET allow_system_table_mods = on;
    INSERT INTO pg_seclabel (objoid, classoid, objsubid, provider, label)
    SELECT object.oid, object.class, object.part, 'dummy', 'it''s secret'
    FROM (VALUES
      ('"Person"'::regclass::oid, 'pg_class'::regclass, 0), ('"Person"'::regclass, 'pg_class'::regclass, 2),
      ('who()'::regprocedure, 'pg_proc'::regclass, 0), ('public'::regnamespace, 'pg_namespace'::regclass, 0)
    ) AS object(oid, class, part)"#;

fn is_label(object: &&Object) -> bool {
    matches!(object, Object::SecurityLabel(_))
}

fn servers() -> Vec<Server> {
    let all = Binaries::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    assert!(all.len() >= 2, "found {} majors of PostgreSQL; `{INSTALL_COMMAND}` installs more", all.len());
    all.iter().map(|binaries| Server::start(binaries).unwrap()).collect()
}

fn read(server: &Server, sql: &str) -> CatalogReading {
    let database = server.database().unwrap();
    let mut client = database.connect().unwrap();
    client.batch_execute(sql).unwrap();
    catalog(&mut client).unwrap()
}

/// One object per line.
fn lines(schema: &Schema) -> String {
    schema.iter().map(|(id, object)| format!("{id}: {}\n", serde_json::to_string(object.as_ref()).unwrap())).collect()
}
