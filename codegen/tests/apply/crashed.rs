//! The server is killed under the runner and started again; and a server that only reads.

use super::fixture::{Project, applied, ended, eventually, value};
use super::servers::{Listening, cluster};

const APPLY: [&str; 2] = ["apply", "--no-verify"];

const SETTINGS: [&str; 4] =
    ["wal_level=replica", "max_wal_senders=2", "max_connections=100", "max_locks_per_transaction=512"];

fn url(server: &Listening) -> String {
    format!("host={} port={} user=postgres dbname=postgres", server.directory.display(), server.port)
}

#[test]
fn a_run_goes_on_after_the_server_was_killed_in_the_middle_of_it() {
    const UP: &str = "BEGIN; UPDATE counter SET steps = steps + 1; COMMIT;
        DO $$ BEGIN
          FOR batch IN 1..3 LOOP
            UPDATE parcel SET name = 'b' WHERE id = batch AND name = 'a'; COMMIT; PERFORM pg_sleep(0.4);
          END LOOP;
        END $$;
        CREATE INDEX CONCURRENTLY by_name ON parcel (name);
        BEGIN; UPDATE counter SET steps = steps + 10; SELECT pg_sleep(1); COMMIT;";
    let project = Project::new(&[(UP, "")]);
    let mut server = Listening::start("crashing", &cluster(), &[], &SETTINGS);
    let tables =
        "CREATE TABLE parcel (id int, name text); INSERT INTO parcel SELECT n, 'a' FROM generate_series(1, 3) AS n;
        CREATE TABLE counter (steps int); INSERT INTO counter VALUES (0); CHECKPOINT;";
    server.superuser().batch_execute(tables).unwrap();
    let in_batches = "SELECT count(*) = 1 FROM parcel WHERE name = 'b'";
    let in_index =
        "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'CREATE INDEX%'";
    let in_the_last =
        "SELECT count(*) > 0 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'";
    for (place, query) in [("batches", in_batches), ("index", in_index), ("the last part", in_the_last)] {
        let mut writer = server.superuser();
        let mut writing = writer.transaction().unwrap();
        if place == "index" {
            writing.batch_execute("INSERT INTO parcel VALUES (9, 'c')").unwrap();
        }
        let child = project.start(&url(&server), &APPLY);
        let mut client = server.superuser();
        eventually(place, || value::<bool>(&mut client, query));
        server.crash_and_restart();
        ended(child).ends_with(1).tells("codegen apply` again");
    }
    project.run(&url(&server), &APPLY).ends_with(0).tells("applied: 011_step");
    let mut client = server.superuser();
    assert_eq!(value::<i32>(&mut client, "SELECT steps FROM counter"), 11);
    assert_eq!(value::<i64>(&mut client, "SELECT count(*) FROM parcel WHERE name = 'b'"), 3);
    assert!(value::<bool>(&mut client, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_name'::regclass"));
    assert_eq!(applied(&mut client), [11]);
}

#[test]
fn a_standby_is_looked_at_and_not_written_to() {
    let project = Project::new(&[("CREATE TABLE parcel (id int);", "")]);
    let primary = Listening::start("main", &cluster(), &[], &SETTINGS);
    primary.superuser().batch_execute("CREATE TABLE extra (id int); CHECKPOINT").unwrap();
    let standby = Listening::start("copy", &primary.directory, &[("standby.signal", "")], &SETTINGS);
    project
        .run(&url(&standby), &APPLY)
        .ends_with(3)
        .tells("is a standby, which only reads")
        .tells("target_session_attrs");
    project.run(&url(&standby), &["status"]).ends_with(2).tells("011_step  pending");
    project.run(&url(&standby), &["verify"]).ends_with(2).tells("table public.extra should not be there");
}
