//! Retained rollbacks: what goes is kept in side tables, and comes back with its values.

#![cfg(feature = "database")]

use std::collections::BTreeSet;
use std::path::Path;

use codegen::kinds::{Kind, Renaming};
use codegen::model::{Id, Schema, Statement};
use codegen::plan::{Aspect, Backfill, Migration, Moment, Policy, Wishes};
use codegen::prove::{Case, Columns, trial};
use codegen::read::catalog::catalog;
use codegen::scratch::{Binaries, Database, Server};
use codegen::sql::Style;
use postgres::Client;

const BEFORE: &str = r#"
    CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
    CREATE SEQUENCE loose START 5;
    CREATE TABLE person (
      id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text NOT NULL, mood mood NOT NULL DEFAULT 'ok',
      big bigint UNIQUE, born timestamptz, touched int NOT NULL DEFAULT 0, note text DEFAULT 'none', old_name text
    );
    CREATE UNIQUE INDEX person_code ON person (code);
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.touched = NEW.touched + 1; RETURN NEW; END';
    CREATE TRIGGER touches BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION touch();
    CREATE TRIGGER silent BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION touch();
    ALTER TABLE person DISABLE TRIGGER silent;
    CREATE TABLE "Sold ""Things""" (
      "a b" int, "C" text COLLATE "C", PRIMARY KEY ("a b", "C"), "the ""value""" numeric NOT NULL, tags text[] NOT NULL
    );
    CREATE TABLE visit (
      id serial PRIMARY KEY, person_id int REFERENCES person, next_id int REFERENCES visit, mood mood,
      twice int GENERATED ALWAYS AS (person_id * 2) STORED
    );
    CREATE TABLE no_key (a int, b text);
    CREATE TABLE parts (id int, region text, gone text NOT NULL, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
    CREATE TABLE parts_n PARTITION OF parts FOR VALUES IN ('n');
    CREATE TABLE parts_s PARTITION OF parts FOR VALUES IN ('s');"#;

const AFTER: &str = r#"
    CREATE TYPE mood AS ENUM ('sad', 'ok');
    CREATE TABLE person (
      id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mood mood NOT NULL DEFAULT 'ok',
      big int, born date, touched int NOT NULL DEFAULT 0, new_name text
    );
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.touched = NEW.touched + 1; RETURN NEW; END';
    CREATE TRIGGER touches BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION touch();
    CREATE TRIGGER silent BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION touch();
    ALTER TABLE person DISABLE TRIGGER silent;
    CREATE TABLE "Sold ""Things""" ("a b" int, "C" text COLLATE "C", PRIMARY KEY ("a b", "C"));
    CREATE TABLE no_key (a int);
    CREATE TABLE parts (id int, region text, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
    CREATE TABLE parts_n PARTITION OF parts FOR VALUES IN ('n');
    CREATE TABLE parts_s PARTITION OF parts FOR VALUES IN ('s');"#;

const ROWS: &str = r#"
    INSERT INTO person (code, mood, big, born, note, old_name) VALUES
      ('one', 'happy', 1, '2001-02-03 04:05:06+00', 'first', 'x'), ('two', 'sad', 2, NULL, NULL, NULL),
      ('three', 'ok', NULL, '2001-02-03 23:59:59.123456+00', 'none', '');
    INSERT INTO "Sold ""Things""" VALUES (1, 'é', 1.50, '{a,NULL,"b c"}'), (1, 'E', 'NaN', '{}');
    INSERT INTO visit (person_id, next_id, mood) VALUES (1, NULL, 'happy'), (2, 1, NULL), (NULL, 3, 'sad');
    INSERT INTO no_key VALUES (1, 'lost'), (1, 'lost too');
    INSERT INTO parts VALUES (1, 'n', 'north'), (2, 's', 'south');
    SELECT nextval('loose'), nextval('loose');"#;

#[test]
fn everything_that_has_a_key_comes_back_with_its_values() {
    for server in servers() {
        let migration = migration(&server);
        let lost: Vec<String> = migration
            .losses
            .iter()
            .filter(|loss| loss.aspect == Aspect::Data)
            .map(|loss| format!("{}: {}", loss.id, loss.what))
            .collect();
        assert_eq!(lost, ["column public.no_key.b: its values"]);
        let database = before(&server);
        let mut client = database.connect().unwrap();
        let (up, down) = (migration.up.sql(), migration.down.sql());
        let after = target(&server);
        let filled = filled();
        let kept = Columns::kept(&read(&mut client), &after, &migration, &filled);
        let case = Case {
            up: std::slice::from_ref(&up),
            down: std::slice::from_ref(&down),
            after: Some(&after),
            losses: &migration.losses,
            kept: Some(&kept),
            // The values that the migration sets are kept as well; only what a trigger made of that is excused.
            filled: &filled[1..],
            may_refuse: false,
        };
        let trial = trial(&mut client, &case).unwrap();
        let findings: Vec<String> = trial.findings.iter().map(ToString::to_string).collect();
        assert_eq!(findings, Vec::<String>::new(), "PostgreSQL {}\n{up}\n-- down\n{down}", server.version());
        assert_eq!(trial.refusal, None);
    }
}

#[test]
fn what_was_changed_since_stays_and_what_came_gets_the_default() {
    for server in servers() {
        let migration = migration(&server);
        let database = before(&server);
        let mut client = database.connect().unwrap();
        run(&mut client, &migration.up.sql()).unwrap();
        client
            .batch_execute(
                "UPDATE person SET mood = 'sad', born = '2020-01-01' WHERE id = 3;
                 UPDATE person SET new_name = 'renamed' WHERE id = 1;
                 DELETE FROM person WHERE id = 2;
                 INSERT INTO person (mood, big, born) VALUES ('ok', 7, '2010-10-10')",
            )
            .unwrap();
        // The new row has no code.
        let refused = run(&mut client, &migration.down.sql()).unwrap_err();
        assert!(refused.contains("cannot restore person.code as NOT NULL"), "{refused}");
        assert!(refused.contains("INSERT INTO tablewright.retained_007_"), "{refused}");
        let table_of = |name: &str| &migration.kept.iter().find(|kept| kept.id.name() == name).unwrap().table;
        client.batch_execute(&format!("INSERT INTO {} (id, code) VALUES (4, 'four')", table_of("code"))).unwrap();
        // And a row of the dropped table refers to a person who is gone.
        let refused = run(&mut client, &migration.down.sql()).unwrap_err();
        assert!(refused.contains("visit_person_id_fkey"), "{refused}");
        client.batch_execute(&format!("DELETE FROM {} WHERE person_id = 2", table_of("visit"))).unwrap();
        run(&mut client, &migration.down.sql()).unwrap();
        let rows = client
            .query(
                "SELECT concat_ws('|', id, code, mood, big, born::date, note, old_name, touched) FROM person ORDER BY id",
                &[],
            )
            .unwrap();
        let rows: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        assert_eq!(
            rows,
            [
                "1|one|happy|1|2001-02-03|first|renamed|2",
                "3|three|sad|2020-01-01|none||1",
                "4|four|ok|7|2010-10-10|none|0",
            ]
        );
        let numbered: i64 = client.query_one("SELECT nextval('loose')", &[]).unwrap().get(0);
        assert_eq!(numbered, 7);
    }
}

#[test]
fn without_the_side_tables_it_refuses_before_anything_is_touched() {
    let server = &servers()[0];
    let migration = migration(server);
    let database = before(server);
    let mut client = database.connect().unwrap();
    run(&mut client, &migration.up.sql()).unwrap();
    let kept = migration.kept.iter().find(|kept| kept.id.kind == Kind::Table).unwrap();
    client.batch_execute(&format!("DROP TABLE {}", kept.table)).unwrap();
    let refused = run(&mut client, &migration.down.sql()).unwrap_err();
    assert!(refused.contains("cannot bring back the rows of visit"), "{refused}");
    let there: bool = client.query_one("SELECT to_regclass('visit') IS NULL", &[]).unwrap().get(0);
    assert!(there);
}

fn filled() -> [Id; 2] {
    ["mood", "touched"].map(|name| Id::new(Kind::Column, ["public", "person", name]))
}

/// With a rename, and with a data change of its own for the value that goes.
fn migration(server: &Server) -> Migration {
    let (from, to) = (schema(server, BEFORE), target(server));
    let backfill = Backfill {
        column: Id::new(Kind::Column, ["public", "person", "mood"]),
        statement: Statement::new("UPDATE person SET mood = 'ok' WHERE mood = 'happy'"),
        moment: Moment::BeforeFinalForm,
        batch: None,
    };
    let rename = Renaming { from: Id::new(Kind::Column, ["public", "person", "old_name"]), to: "new_name".into() };
    let dropped: BTreeSet<Id> = codegen::diff::diff(&from, &to).iter().map(|change| change.id()).collect();
    let wishes = Wishes {
        style: Style { unchecked_bodies: true, ..Style::default() },
        policy: Policy::Retained,
        label: "007".into(),
        renames: vec![rename],
        backfills: vec![backfill],
        dropped,
        ..Wishes::default()
    };
    Migration::between(&from, &to, &wishes).unwrap()
}

fn target(server: &Server) -> Schema {
    schema(server, AFTER)
}

fn schema(server: &Server, sql: &str) -> Schema {
    let database = server.database().unwrap();
    let mut client = database.connect().unwrap();
    client.batch_execute(sql).unwrap();
    read(&mut client)
}

fn before(server: &Server) -> Database {
    let database = server.database().unwrap();
    let mut client = database.connect().unwrap();
    client.batch_execute(BEFORE).unwrap();
    client.batch_execute(ROWS).unwrap();
    database
}

fn read(client: &mut Client) -> Schema {
    catalog(client).unwrap().schema
}

fn run(client: &mut Client, sql: &str) -> Result<(), String> {
    let mut transaction = client.transaction().unwrap();
    let said = |error: postgres::Error| error.as_db_error().map_or(error.to_string(), |it| it.message().to_owned());
    transaction.batch_execute(sql).map_err(said)?;
    transaction.commit().map_err(said)
}

fn servers() -> Vec<Server> {
    let all = Binaries::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    let wanted = std::env::var("TABLEWRIGHT_PG_MAJORS").unwrap_or_default();
    let wanted: Vec<&str> = wanted.split(',').filter(|it| !it.is_empty()).collect();
    let (oldest, newest) = (15, all.last().unwrap().major);
    let is_wanted = |it: &&Binaries| match wanted.is_empty() {
        true => [oldest, newest].contains(&it.major),
        false => wanted.contains(&it.major.to_string().as_str()),
    };
    let servers: Vec<Server> = all.iter().filter(is_wanted).map(|it| Server::start(it).unwrap()).collect();
    assert!(!servers.is_empty());
    servers
}
