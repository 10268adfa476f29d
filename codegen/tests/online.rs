//! Plans that let others use the tables meanwhile lead to the same catalogs as those that don't.
//!
//! Every pair of `tests/pairs` is gone both ways online. `TABLEWRIGHT_PG_MAJORS=15` chooses the majors;
//! `TABLEWRIGHT_PAIRS=grant` the pairs.

#![cfg(feature = "database")]

#[path = "cases/case.rs"]
#[allow(dead_code, reason = "only the root is needed here")]
mod case;
#[path = "cases/servers.rs"]
mod servers;
mod pairs {
    pub mod folder;
    #[allow(dead_code, reason = "the plans here have a style of their own")]
    pub mod trip;
}
#[allow(dead_code, reason = "not all of it is needed here")]
mod locks {
    pub mod trip;
    pub mod written;
}

use std::thread;

use codegen::diff::diff;
use codegen::kinds::{Batch, Kind};
use codegen::model::{Id, Statement};
use codegen::plan::{Backfill, Migration, Moment, Wishes};
use codegen::read::catalog::catalog;
use codegen::scratch::Server;
use codegen::sql::Style;
use locks::trip::tried_in;
use locks::written::{Ends, Written};
use pairs::folder::{Pair, all, try_all};
use pairs::trip::faults_in;

#[test]
fn every_pair_goes_up_and_down_and_up_again_online() {
    let servers = servers::start();
    try_all(|pair| {
        let chosen = servers::two_in_turn(&servers, &pair.name, |major| major >= pair.oldest);
        // In one file on the one server, and split on the other.
        let ways = chosen.iter().rev().zip([true, false].into_iter().cycle());
        ways.flat_map(|(server, split)| on(server, pair, split)).collect()
    });
}

fn on(server: &Server, pair: &Pair, wrapped: bool) -> Vec<String> {
    let style = Style { unchecked_bodies: true, online: true, wrapped, ..Style::default() };
    let faults = faults_in(server, (&pair.before, &pair.after), style);
    let place = format!("{}: PostgreSQL {}{}", pair.name, server.version(), if wrapped { ", split" } else { "" });
    faults.into_iter().map(|fault| format!("{place}: {fault}")).collect()
}

#[test]
fn what_is_said_to_be_locked_online_is_locked() {
    let servers = servers::start();
    let one = |server: &Server, pair: &Pair| {
        let (before, after) = (pair.before.clone(), pair.after.clone());
        let ends = Ends::Texts { before, after, renames: Vec::new() };
        let it = Written { name: pair.name.clone(), majors: pair.oldest..=99, ends, is_weaker: false };
        tried_in(server, &it, true).map_or_else(|fault| vec![fault], |tried| tried.faults)
    };
    for pair in all().iter().filter(|pair| pair.name.starts_with("online_")) {
        for server in servers.iter().filter(|server| server.version() >= pair.oldest) {
            assert_eq!(one(server, pair), [""; 0], "{} on PostgreSQL {}", pair.name, server.version());
        }
    }
}

/// With names that need quotes, a key of two columns, and 5000 rows.
const BEFORE: &str = r#"
    CREATE TABLE "T x" ("a ""b" integer, low text, v integer, PRIMARY KEY (low, "a ""b"));
    INSERT INTO "T x" SELECT n, 'x' || n % 7, n FROM generate_series(1, 5000) AS n"#;

#[test]
fn batches_that_were_cut_off_are_finished_by_another_run() {
    for server in servers::start() {
        let schema = |sql: &str| {
            let database = server.database().unwrap();
            database.connect().unwrap().batch_execute(sql).unwrap();
            (catalog(&mut database.connect().unwrap()).unwrap().schema, database)
        };
        let ((from, database), (to, _)) = (schema(BEFORE), schema(&format!("{BEFORE}; {AFTER}")));
        let migration = Migration::between(&from, &to, &filling()).unwrap();
        let mut client = database.connect().unwrap();
        let statements: Vec<_> = migration.up.statements().collect();
        let at = statements.iter().position(|it| it.sql.starts_with("DO ")).expect("it is filled in batches");
        statements[..at].iter().for_each(|it| client.batch_execute(&it.sql).unwrap());
        let done = |client: &mut postgres::Client| -> i64 {
            client.query_one(r#"SELECT count(*) FROM "T x" WHERE w = v * 2"#, &[]).unwrap().get(0)
        };
        cut_off(&mut database.connect().unwrap(), &mut client, &statements[at].sql);
        let some = done(&mut client);
        assert!(0 < some && some < 5000, "{some} rows were changed before it was cut off");
        statements[at..].iter().for_each(|it| client.batch_execute(&it.sql).unwrap());
        assert_eq!(done(&mut client), 5000);
        assert_eq!(diff(&catalog(&mut client).unwrap().schema, &to), []);
    }
}

const AFTER: &str =
    r#"ALTER TABLE "T x" ADD COLUMN w integer; UPDATE "T x" SET w = 0; ALTER TABLE "T x" ALTER w SET NOT NULL"#;

fn filling() -> Wishes {
    let batch = Batch { set: "w = v * 2".into(), only: "w IS NULL".into(), rows: 100, pause_ms: 20, is_move: false };
    let backfill = Backfill {
        column: Id::new(Kind::Column, ["public", "T x", "w"]),
        statement: Statement::new("UPDATE \"T x\" SET w = v * 2"),
        moment: Moment::BeforeFinalForm,
        batch: Some(batch),
    };
    Wishes { style: Style { online: true, ..Style::default() }, backfills: vec![backfill], ..Wishes::default() }
}

/// Runs a statement in one session, which another one ends after some of its commits.
fn cut_off(runs: &mut postgres::Client, ends: &mut postgres::Client, sql: &str) {
    let pid: i32 = runs.query_one("SELECT pg_backend_pid()", &[]).unwrap().get(0);
    thread::scope(|scope| {
        let run = scope.spawn(|| runs.batch_execute(sql));
        let some = r#"SELECT count(*) > 500 FROM "T x" WHERE w IS NOT NULL"#;
        while !ends.query_one(some, &[]).unwrap().get::<_, bool>(0) {
            thread::sleep(std::time::Duration::from_millis(5));
        }
        ends.execute("SELECT pg_terminate_backend($1)", &[&pid]).unwrap();
        assert!(run.join().unwrap().is_err(), "it was over before it could be cut off");
    });
}

#[test]
fn an_index_that_was_left_invalid_is_made_anew() {
    for server in servers::start() {
        let (from, to) = ("CREATE TABLE t (a integer); INSERT INTO t VALUES (1), (1)", "ALTER TABLE t ADD UNIQUE (a)");
        let [one, two] = [0, 1].map(|_| server.database().unwrap());
        one.connect().unwrap().batch_execute(from).unwrap();
        two.connect().unwrap().batch_execute(&format!("CREATE TABLE t (a integer); {to}")).unwrap();
        let (mut client, other) = (one.connect().unwrap(), &mut two.connect().unwrap());
        let (before, after) = (catalog(&mut client).unwrap().schema, catalog(other).unwrap().schema);
        let style = Style { online: true, ..Style::default() };
        let migration = Migration::between(&before, &after, &Wishes { style, ..Wishes::default() }).unwrap();
        let run =
            |client: &mut postgres::Client| migration.up.statements().try_for_each(|it| client.batch_execute(&it.sql));
        assert!(run(&mut client).is_err(), "two rows have the same key");
        let left = "SELECT count(*) FROM pg_index WHERE NOT indisvalid";
        assert_eq!(client.query_one(left, &[]).unwrap().get::<_, i64>(0), 1);
        client.batch_execute("DELETE FROM t").unwrap();
        run(&mut client).unwrap();
        assert_eq!(diff(&catalog(&mut client).unwrap().schema, &after), []);
    }
}
