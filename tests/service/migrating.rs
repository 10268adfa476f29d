//! Migrations are applied once, in turns, and only as they were.

use std::sync::{Arc, Barrier};
use std::thread;

use tablewright::migrate::migrate_with;
use tablewright::{Applied, MIGRATIONS, MigrateError, Migration, adopt, migrate};

use tablewright_codegen::apply::{self, Goal, Manner, Migrations, Tell, Teller, Way};
use tablewright_codegen::connect::{Environment, Target};
use tablewright_codegen::run::{self, Asked};

use crate::database::{at_152, empty, root};

const FIRST: Migration =
    Migration { number: 1, name: "first", sql: "CREATE TABLE first ()", sha256: "a1", is_one_transaction: true };
const SECOND: Migration = Migration { number: 2, name: "second", sql: "CREATE TABLE second ()", sha256: "b2", ..FIRST };

#[test]
fn the_embedded_migrations_are_applied_once() {
    let database = at_152();
    let mut client = database.connect().unwrap();
    assert_eq!(columns(&mut client, "external_cluster_id"), 1);

    let first = migrate(&mut client).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(first, Applied { now: numbers(), ..Applied::default() });
    assert!(first.now.contains(&153));
    assert_eq!(columns(&mut client, "external_cluster_id"), 0);

    let second = migrate(&mut client).unwrap();
    assert_eq!(second, Applied { before: numbers(), ..Applied::default() });
}

#[test]
fn two_services_that_start_at_once_take_turns() {
    let database = at_152();
    let gate = Barrier::new(2);
    let service = || {
        let mut client = database.connect().unwrap();
        gate.wait();
        migrate(&mut client).unwrap_or_else(|error| panic!("{error}"))
    };
    let (a, b) = thread::scope(|scope| {
        let other = scope.spawn(service);
        (service(), other.join().unwrap())
    });
    let mut now = [a.now, b.now].concat();
    let mut before = [a.before, b.before].concat();
    now.sort();
    before.sort();
    assert_eq!((now, before), (numbers(), numbers()));
}

#[test]
fn a_changed_migration_is_refused_before_anything_runs() {
    let database = empty();
    let mut client = database.connect().unwrap();
    migrate_with(&mut client, &[FIRST]).unwrap();
    let error = migrate_with(&mut client, &[Migration { sha256: "c3", ..FIRST }, SECOND]).unwrap_err();
    assert!(matches!(&error, MigrateError::Tampered(all) if all.len() == 1), "{error:?}");
    assert_eq!(
        error.to_string(),
        "migration 001_first is not the one that was applied; restore the text that was applied and make a new migration for the change"
    );
    assert!(client.execute("SELECT FROM second", &[]).is_err());
}

#[test]
fn a_refused_migration_leaves_nothing_and_those_before_it_stay() {
    let database = empty();
    let mut client = database.connect().unwrap();
    let broken = Migration { sql: "CREATE TABLE half (); SELECT nothing", ..SECOND };
    let error = migrate_with(&mut client, &[FIRST, broken]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the database refuses migration 002_second, and nothing of it was applied: ERROR: column \"nothing\" does not exist"
    );
    assert!(client.execute("SELECT FROM half", &[]).is_err());
    let applied = migrate_with(&mut client, &[FIRST, SECOND]).unwrap();
    assert_eq!(applied, Applied { now: vec![2], before: vec![1], unknown: vec![] });
}

#[test]
fn what_a_newer_service_applied_is_reported() {
    let database = empty();
    let mut client = database.connect().unwrap();
    migrate_with(&mut client, &[FIRST, SECOND]).unwrap();
    let applied = migrate_with(&mut client, &[FIRST]).unwrap();
    assert_eq!(applied, Applied { now: vec![], before: vec![1], unknown: vec![2] });
}

#[test]
fn an_adopted_database_is_left_as_it_is() {
    let database = empty();
    let mut client = database.connect().unwrap();
    let applied = adopt(&mut client, 153).unwrap();
    assert!(applied.now.contains(&153));
    assert_eq!(migrate(&mut client).unwrap().before, numbers());
}

#[test]
fn what_is_not_one_transaction_is_left_to_the_runner_that_can_go_on() {
    let database = empty();
    let mut client = database.connect().unwrap();
    let parts = Migration { sql: "BEGIN; CREATE TABLE half (); COMMIT;", is_one_transaction: false, ..SECOND };
    let error = migrate_with(&mut client, &[FIRST, parts]).unwrap_err();
    assert!(error.to_string().contains("002_second is not one transaction"), "{error}");
    assert!(client.execute("SELECT FROM half", &[]).is_err());
    assert!(MIGRATIONS.iter().all(|it| it.is_one_transaction));
}

#[test]
fn both_runners_know_what_the_other_has_applied() {
    let project = run::read(root()).unwrap_or_else(|failure| panic!("{failure:?}"));
    let migrations = Migrations::of(&project, Asked::default()).unwrap();
    let goal = Goal { open: true, ..Goal::default() };
    let command = |url: &str| {
        let target = Target::parse(url, &Environment::default()).unwrap();
        let tell = Arc::new(Nobody) as Tell;
        apply::migrate(&target, &migrations, (Way::Up, &goal), &Manner::default(), &tell).unwrap()
    };
    let database = at_152();
    let mut client = database.connect().unwrap();
    assert_eq!(command(&database.url()).now.len(), MIGRATIONS.len());
    assert_eq!(migrate(&mut client).unwrap(), Applied { before: numbers(), ..Applied::default() });

    let database = at_152();
    let mut client = database.connect().unwrap();
    migrate(&mut client).unwrap();
    assert!(command(&database.url()).now.is_empty());

    let cut_off = "INSERT INTO tablewright.progress (number, direction, part, sha256, state, statement)
        VALUES (154, 'up', 1, '', 'done', '')";
    client.execute(cut_off, &[]).unwrap();
    let error = migrate(&mut client).unwrap_err();
    assert!(error.to_string().contains("migration 154 has stopped half-way"), "{error}");
}

/// Hears nothing.
struct Nobody;

impl Teller for Nobody {
    fn say(&self, _: &str) {}

    fn live(&self, _: &str) {}
}

fn numbers() -> Vec<u32> {
    MIGRATIONS.iter().map(|it| it.number).collect()
}

fn columns(client: &mut postgres::Client, name: &str) -> i64 {
    let sql = "SELECT count(*) FROM information_schema.columns WHERE table_name = 'clusters' AND column_name = $1";
    client.query_one(sql, &[&name]).unwrap().get(0)
}
