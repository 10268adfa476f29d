//! Limits on time: those that the user asks for are stronger than those that a file sets, and these than ours.

use std::time::{Duration, Instant};

use super::fixture::{Project, database, value};

const SEEN: &str = "CREATE TABLE seen (id serial, lock text, statement text); CREATE TABLE parcel (id int);";
const LOOK: &str =
    "INSERT INTO seen (lock, statement) SELECT current_setting('lock_timeout'), current_setting('statement_timeout')";

/// What the statements of this text meet.
fn met(up: &str, asked: &[&str]) -> Vec<String> {
    let (database, mut client) = database(SEEN);
    let project = Project::new(&[(up, "")]);
    project.run(&database.url(), &[&["apply", "--no-verify"], asked].concat()).ends_with(0);
    let rows = client.query("SELECT lock || ' ' || statement FROM seen ORDER BY id", &[]).unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

const ASKED: [&str; 4] = ["--lock-timeout", "7", "--statement-timeout", "60"];

#[test]
fn what_the_user_asks_for_is_stronger_than_what_a_file_sets() {
    let in_one = format!(
        "{LOOK}; SET LOCAL lock_timeout = '1s'; SET LOCAL statement_timeout = '2min'; {LOOK};
         SELECT set_config('lock_timeout', '3s', true); {LOOK}; SET lock_timeout = '4s'; {LOOK}"
    );
    assert_eq!(met(&in_one, &[]), ["5s 0", "1s 2min", "3s 2min", "4s 2min"]);
    assert_eq!(met(&in_one, &ASKED), ["7s 1min"; 4]);
    let in_parts = format!(
        "SET lock_timeout = '1s'; BEGIN; {LOOK}; SET LOCAL lock_timeout = '2s'; {LOOK}; COMMIT;
         SET statement_timeout = '2min'; {LOOK}; SET lock_timeout = 0; CREATE INDEX CONCURRENTLY i ON parcel (id); {LOOK};
         RESET lock_timeout; RESET statement_timeout; {LOOK}"
    );
    assert_eq!(met(&in_parts, &[]), ["1s 0", "2s 0", "1s 2min", "0 2min", "5s 0"]);
    assert_eq!(met(&in_parts, &ASKED), ["7s 1min"; 5]);
    assert_eq!(met(&in_parts, &ASKED[..2]), ["7s 0", "7s 0", "7s 2min", "7s 2min", "7s 0"]);
}

#[test]
fn a_file_that_would_wait_for_long_does_not_where_the_user_is_impatient() {
    let (database, mut client) = database(SEEN);
    let mut holder = database.connect().unwrap();
    let mut held = holder.transaction().unwrap();
    held.batch_execute("LOCK TABLE parcel").unwrap();
    let project = Project::new(&[("SET LOCAL lock_timeout = '60s'; ALTER TABLE parcel ADD a int;", "")]);
    let start = Instant::now();
    let impatient = ["apply", "--no-verify", "--lock-timeout", "0.2", "--retries", "1"];
    project.run(&database.url(), &impatient).ends_with(1).tells("canceling statement due to lock timeout");
    assert!(start.elapsed() < Duration::from_secs(20), "it took {:?}", start.elapsed());
    held.rollback().unwrap();
    project.run(&database.url(), &impatient).ends_with(0);
    assert!(value::<bool>(
        &mut client,
        "SELECT count(*) = 2 FROM pg_attribute WHERE attrelid = 'parcel'::regclass AND attnum > 0"
    ));
}

#[test]
fn what_is_built_concurrently_waits_for_as_long_as_it_must_all_the_same() {
    let (database, mut client) = database(SEEN);
    let mut writer = database.connect().unwrap();
    let mut writing = writer.transaction().unwrap();
    writing.batch_execute("INSERT INTO parcel VALUES (1)").unwrap();
    let project = Project::new(&[("CREATE INDEX CONCURRENTLY i ON parcel (id);", "")]);
    let child = project.start(&database.url(), &["apply", "--no-verify", "--lock-timeout", "0.1", "--retries", "0"]);
    std::thread::sleep(Duration::from_secs(2));
    writing.commit().unwrap();
    super::fixture::ended(child).ends_with(0);
    assert!(value::<bool>(&mut client, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass"));
}
