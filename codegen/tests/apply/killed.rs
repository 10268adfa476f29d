//! SIGKILL at every message that the runner sends to the server in a migration of fifteen parts: before the server has it,
//! and while the server works on it. A second run then goes on, and all is as if nobody had been killed.

use postgres::Client;

use super::fixture::{Project, applied, contents, database, server, value};
use super::proxy::{Proxy, Stop};
use codegen::compare::{self, Sides};
use codegen::emit::migration::script;
use codegen::plan::Policy;
use codegen::read::catalog::catalog;
use codegen::scratch::Database;
use codegen::sql::Style;

const BEFORE: &str = "
    CREATE TYPE mood AS ENUM ('glad', 'sad');
    CREATE TABLE parcel (id int PRIMARY KEY, name text, mood mood);
    INSERT INTO parcel SELECT n, 'parcel ' || n, 'glad' FROM generate_series(1, 500) AS n;
    CREATE INDEX by_mood ON parcel (mood);
    CREATE TABLE counter (steps int NOT NULL, filled int NOT NULL);
    INSERT INTO counter VALUES (0, 0);
    CREATE TABLE days (day int NOT NULL) PARTITION BY RANGE (day);
    CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM (1) TO (10);
    CREATE PROCEDURE tidy() LANGUAGE plpgsql AS $$ BEGIN COMMIT; UPDATE counter SET filled = 7; COMMIT; END $$;";

/// What must happen exactly once counts: a step that ran twice, or not at all, shows in `counter`.
const UP: &str = "
SET check_function_bodies = off;
BEGIN;
ALTER TABLE parcel ADD COLUMN area int;
UPDATE counter SET steps = steps + 1;
COMMIT;
CREATE INDEX CONCURRENTLY by_name ON parcel (name);
DO $$
DECLARE batch int;
BEGIN
  LOOP
    UPDATE parcel SET area = id * 2 WHERE id IN (SELECT id FROM parcel WHERE area IS NULL ORDER BY id LIMIT 200);
    GET DIAGNOSTICS batch = ROW_COUNT;
    EXIT WHEN batch = 0;
    RAISE NOTICE 'filled %', batch;
    COMMIT;
  END LOOP;
END $$;
BEGIN;
ALTER TABLE parcel ADD CONSTRAINT area_there CHECK (area IS NOT NULL) NOT VALID;
UPDATE counter SET steps = steps + 10;
COMMIT;
ALTER TABLE parcel VALIDATE CONSTRAINT area_there;
BEGIN;
ALTER TABLE parcel ALTER COLUMN area SET NOT NULL;
ALTER TABLE parcel DROP CONSTRAINT area_there;
COMMIT;
CREATE UNIQUE INDEX CONCURRENTLY one_area ON public.parcel (area);
ALTER TABLE parcel ADD CONSTRAINT one_area UNIQUE USING INDEX one_area;
DROP INDEX CONCURRENTLY by_mood;
ALTER TYPE mood ADD VALUE 'calm';
ALTER TABLE days DETACH PARTITION days_1 CONCURRENTLY;
REINDEX INDEX CONCURRENTLY by_name;
VACUUM parcel;
CALL tidy();
BEGIN;
UPDATE parcel SET mood = 'calm' WHERE id = 1;
UPDATE counter SET steps = steps + 100;
COMMIT;
RESET check_function_bodies;
";

#[test]
fn a_run_that_is_killed_before_a_message_is_finished_by_the_next() {
    let killed = killed_at_each((BEFORE, UP), Stop::Before);
    assert!(killed >= 60, "there were only {killed} messages to be killed at");
}

#[test]
fn a_run_that_is_killed_while_the_server_works_is_finished_by_the_next() {
    let killed = killed_at_each((BEFORE, UP), Stop::After);
    assert!(killed >= 60, "there were only {killed} messages to be killed at");
}

/// As it is planned: columns of other types beside the old ones, triggers, batches, an index, and a swap.
#[test]
fn types_that_change_online_are_finished_by_the_next_run() {
    let before = "
        CREATE TABLE counter (steps int NOT NULL, filled int NOT NULL);
        INSERT INTO counter VALUES (111, 7);
        CREATE TABLE parcel (id int PRIMARY KEY, weight int NOT NULL CHECK (weight > 0), sent text);
        CREATE INDEX by_weight ON parcel (weight);
        INSERT INTO parcel SELECT n, n, '2026-01-01' FROM generate_series(1, 500) AS n;";
    let after = "
        ALTER TABLE parcel ALTER weight TYPE bigint, ALTER sent TYPE timestamptz USING sent::timestamptz;";
    let ends = [database(before), database(&format!("{before}{after}"))];
    let [from, to] = ends.map(|(_database, mut client)| catalog(&mut client).unwrap());
    let sides = Sides { from, to, style: Style { online: true, ..Style::default() } };
    let planned = compare::plan(&sides, Policy::Runnable, Vec::new()).unwrap().migration;
    let up = script::up(&planned, "before", "after").concat();
    assert!(up.contains("weight__new") && up.contains("CONCURRENTLY by_weight"), "{up}");
    // What a migration's file holds, and a text for psql need not.
    let up = up.lines().filter(|line| !line.starts_with("--")).collect::<Vec<_>>().join("\n");
    // Each message either way would take twice as long.
    let killed = killed_at_each((before, &up), |at| if at % 2 == 0 { Stop::Before(at) } else { Stop::After(at) });
    assert!(killed >= 40, "there were only {killed} messages to be killed at");
}

/// Kills a run at each message, and says how many there were.
fn killed_at_each((before, up): (&str, &str), stop: fn(usize) -> Stop) -> usize {
    let template = server().database().unwrap();
    template.connect().unwrap().batch_execute(before).unwrap();
    let project = Project::new(&[(up, "")]);
    let apply = ["apply", "--no-verify", "--wait", "60"];

    let undisturbed = server().database_like(&template).unwrap();
    let proxy = Proxy::start(server().directory(), Stop::Never);
    project.run(&proxy.url(undisturbed.name()), &apply).ends_with(0).tells("applied: 011_step");
    let (messages, expected) = (proxy.count(), contents(&mut undisturbed.connect().unwrap()));
    assert!(expected.iter().any(|line| line == "counter (111,7)"), "{expected:?}");

    for at in 0..messages {
        let database = server().database_like(&template).unwrap();
        kill(&project, &database, &apply, stop(at));
        let answer = project.run(&database.url(), &apply);
        assert_eq!(answer.code, 0, "killed at {:?}: {}{}", stop(at), answer.out, answer.err);
        let mut client = database.connect().unwrap();
        assert_eq!(contents(&mut client), expected, "killed at {:?}", stop(at));
        books_are_closed(&mut client);
    }
    messages
}

fn kill(project: &Project, database: &Database, apply: &[&str], stop: Stop) {
    let proxy = Proxy::start(server().directory(), stop);
    let mut child = project.start(&proxy.url(database.name()), apply);
    assert!(proxy.is_reached(), "{stop:?} was never reached");
    child.kill().unwrap();
    child.wait().unwrap();
}

fn books_are_closed(client: &mut Client) {
    assert_eq!(applied(client), [11]);
    assert_eq!(value::<i64>(client, "SELECT count(*) FROM tablewright.progress"), 0);
    let invalid = "SELECT count(*) FROM pg_index WHERE NOT indisvalid";
    assert_eq!(value::<i64>(client, invalid), 0);
}
