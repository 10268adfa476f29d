//! The runner caught in the middle of a statement: by another runner, SIGKILL, a lost connection, busy tables.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use postgres::Client;

use super::fixture::{Answer, Project, database, ended, eventually, value};

const PARCEL: &str = "CREATE TABLE parcel (id int PRIMARY KEY, name text); INSERT INTO parcel VALUES (1, 'a');
    CREATE TABLE counter (steps int); INSERT INTO counter VALUES (0);";

const INDEX: &str = "BEGIN; UPDATE counter SET steps = steps + 1; COMMIT;
    CREATE INDEX CONCURRENTLY by_name ON parcel (name);
    UPDATE counter SET steps = steps + 10;";

const APPLY: [&str; 2] = ["apply", "--no-verify"];

/// Waits until the runner stands in a statement that waits for a lock.
fn until_it_waits(client: &mut Client, statement: &str) -> i32 {
    let query = format!(
        "SELECT coalesce(max(pid), 0) FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '{statement}%'"
    );
    eventually(&format!("{statement} waits"), || value::<i32>(client, &query) > 0);
    value(client, &query)
}

fn steps(client: &mut Client) -> i32 {
    value(client, "SELECT steps FROM counter")
}

fn is_valid(client: &mut Client) -> Option<bool> {
    let query = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('by_name')";
    client.query_opt(query, &[]).unwrap().map(|row| row.get(0))
}

#[test]
fn a_second_runner_is_refused_or_waits_its_turn() {
    let (database, mut client) = database(PARCEL);
    let mut holder = database.connect().unwrap();
    let project = Project::new(&[("ALTER TABLE parcel ADD a int; UPDATE counter SET steps = steps + 1;", "")]);
    let mut held = holder.transaction().unwrap();
    held.batch_execute("LOCK TABLE parcel IN ACCESS SHARE MODE").unwrap();
    let first = project.start(&database.url(), &["apply", "--no-verify", "--lock-timeout", "0"]);
    let pid = until_it_waits(&mut client, "ALTER TABLE parcel");
    let refused = project.run(&database.url(), &APPLY).ends_with(3).tells("another runner is at work");
    refused.tells(&format!("session {pid} of postgres called tablewright")).tells("in ALTER TABLE parcel ADD a int");
    project.run(&database.url(), &["rollback", "--no-verify"]).ends_with(3).tells("another runner is at work");
    project.run(&database.url(), &["status"]).ends_with(2);
    let second = project.start(&database.url(), &["apply", "--no-verify", "--wait", "60"]);
    held.commit().unwrap();
    ended(first).ends_with(0).tells("applied: 011_step");
    ended(second).ends_with(0).tells("nothing to do");
    assert_eq!(steps(&mut client), 1);
}

#[test]
fn what_the_server_still_does_for_a_killed_runner_is_waited_for() {
    let (database, mut client) = database(PARCEL);
    let mut writer = database.connect().unwrap();
    let project = Project::new(&[(INDEX, "")]);
    let mut writing = writer.transaction().unwrap();
    writing.batch_execute("UPDATE parcel SET name = 'b'").unwrap();
    let mut child = project.start(&database.url(), &APPLY);
    until_it_waits(&mut client, "CREATE INDEX");
    child.kill().unwrap();
    child.wait().unwrap();
    let refused = project.run(&database.url(), &APPLY).ends_with(3);
    refused.tells("in CREATE INDEX CONCURRENTLY by_name").tells("--wait SECONDS");
    project
        .run(&database.url(), &["status"])
        .ends_with(2)
        .tells("cut off on its way up, 1 parts done, then in `CREATE INDEX");
    let waiting = project.start(&database.url(), &["apply", "--no-verify", "--wait", "60"]);
    writing.commit().unwrap();
    ended(waiting).ends_with(0).tells("part     1 of 3 was done before");
    assert_eq!((is_valid(&mut client), steps(&mut client)), (Some(true), 11));
}

#[test]
fn an_index_that_a_lost_connection_has_left_half_made_is_made_anew() {
    let (database, mut client) = database(PARCEL);
    let mut writer = database.connect().unwrap();
    let project = Project::new(&[(INDEX, "")]);
    let mut writing = writer.transaction().unwrap();
    writing.batch_execute("UPDATE parcel SET name = 'b'").unwrap();
    let child = project.start(&database.url(), &APPLY);
    let pid = until_it_waits(&mut client, "CREATE INDEX");
    client.execute("SELECT pg_terminate_backend($1)", &[&pid]).unwrap();
    ended(child).ends_with(1).tells("in part 2 of 3").tells("run `codegen apply` again");
    assert_eq!(is_valid(&mut client), Some(false));
    writing.commit().unwrap();
    let answer = project.run(&database.url(), &APPLY).ends_with(0);
    answer.tells("tidy     DROP INDEX CONCURRENTLY public.by_name");
    assert_eq!((is_valid(&mut client), steps(&mut client)), (Some(true), 11));
}

#[test]
fn an_index_of_somebody_else_is_not_taken_for_ours() {
    let (database, mut client) = database(PARCEL);
    client.batch_execute("CREATE INDEX by_name ON parcel (id)").unwrap();
    let project = Project::new(&[(INDEX, "")]);
    for _ in 0..2 {
        project.run(&database.url(), &APPLY).ends_with(1).tells("relation \"by_name\" already exists");
    }
    client.batch_execute("DROP INDEX by_name").unwrap();
    project.run(&database.url(), &APPLY).ends_with(0);
    assert_eq!((is_valid(&mut client), steps(&mut client)), (Some(true), 11));
}

#[test]
fn a_busy_table_is_not_blocked_for_longer_than_the_lock_timeout() {
    let (database, mut client) = database(PARCEL);
    let project = Project::new(&[("UPDATE counter SET steps = steps + 1; ALTER TABLE parcel ADD a int;", "")]);
    let mut holder = database.connect().unwrap();
    let mut held = holder.transaction().unwrap();
    held.batch_execute("SELECT FROM parcel").unwrap();
    let impatient = ["apply", "--no-verify", "--lock-timeout", "0.2", "--retries", "2"];
    let failed = project.run(&database.url(), &impatient).ends_with(1);
    failed.tells("canceling statement due to lock timeout").tells("--lock-timeout").tells("nothing of it stays");
    assert_eq!(steps(&mut client), 0);

    let over = AtomicBool::new(false);
    let work = |sql: &str| {
        let mut client = database.connect().unwrap();
        let mut longest = Duration::ZERO;
        while !over.load(Ordering::Relaxed) {
            let start = Instant::now();
            client.batch_execute(sql).unwrap();
            longest = longest.max(start.elapsed());
        }
        longest
    };
    let (answer, waited) = thread::scope(|scope| {
        let users = [
            "SELECT FROM parcel",
            "UPDATE parcel SET name = 'c'",
            "INSERT INTO parcel VALUES (2, 'd') ON CONFLICT DO NOTHING",
        ];
        let users = users.map(|sql| scope.spawn(move || work(sql)));
        let child = project.start(&database.url(), &["apply", "--no-verify", "--lock-timeout", "0.2"]);
        // It is refused the lock at least twice before the holder lets go.
        thread::sleep(Duration::from_millis(1200));
        held.commit().unwrap();
        let answer: Answer = ended(child);
        over.store(true, Ordering::Relaxed);
        (answer, users.map(|user| user.join().unwrap()))
    });
    answer.ends_with(0).tells("applied: 011_step");
    assert!(waited.iter().all(|longest| *longest < Duration::from_secs(1)), "users waited {waited:?}");
    assert_eq!(steps(&mut client), 1);
}

#[test]
fn a_deadlock_is_tried_again() {
    let (database, mut client) = database(PARCEL);
    let project = Project::new(&[("UPDATE counter SET steps = steps + 1; LOCK TABLE parcel;", "")]);
    let mut other = database.connect().unwrap();
    let mut held = other.transaction().unwrap();
    // The one that asks last is the one that PostgreSQL ends, if the other has been checked before.
    held.batch_execute("SET LOCAL deadlock_timeout = '1h'; LOCK TABLE parcel").unwrap();
    let child = project.start(&database.url(), &["apply", "--no-verify", "--lock-timeout", "0"]);
    until_it_waits(&mut client, "LOCK TABLE");
    held.batch_execute("UPDATE counter SET steps = steps + 100").unwrap();
    held.commit().unwrap();
    ended(child).ends_with(0);
    assert_eq!(steps(&mut client), 101);
}

#[test]
fn whom_a_long_statement_waits_for_is_said_meanwhile() {
    let (database, _) = database(PARCEL);
    let project = Project::new(&[(INDEX, "")]);
    let mut writer = database.connect().unwrap();
    let mut writing = writer.transaction().unwrap();
    writing.batch_execute("UPDATE parcel SET name = 'b'").unwrap();
    let pid = writing.query_one("SELECT pg_backend_pid()", &[]).unwrap().get::<_, i32>(0);
    let child = project.start(&database.url(), &APPLY);
    // What only shows how it stands is said once in five seconds where there is no terminal.
    thread::sleep(Duration::from_secs(8));
    writing.commit().unwrap();
    let answer = ended(child).ends_with(0).tells("CREATE INDEX CONCURRENTLY by_name ON parcel (name): ");
    answer.tells(&format!("waits for session {pid}")).tells("waiting for writers before build");
}
