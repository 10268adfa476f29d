//! What each statement outside of transactions leaves when its session is ended in it, and how the next run sees to it.

use super::fixture::{Project, applied, contents, database, ended, eventually, value};

const TABLES: &str = "CREATE TABLE parcel (id int, \"Odd name\" text);
    INSERT INTO parcel VALUES (1, 'a');
    CREATE INDEX \"By Odd\" ON parcel (\"Odd name\");
    CREATE TABLE days (day int) PARTITION BY RANGE (day);
    CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM (1) TO (10);
    INSERT INTO days VALUES (1);";

const APPLY: [&str; 4] = ["apply", "--no-verify", "--lock-timeout", "0"];

/// Ends the session while the statement waits for a transaction that has done this; then runs it again.
fn ended_in(statement: &str, held: &str, left: &str, tidied: &str) {
    let (undisturbed, mut client) = database(TABLES);
    let project = Project::new(&[(statement, "")]);
    project.run(&undisturbed.url(), &APPLY).ends_with(0);
    let expected = contents(&mut client);

    let (database, mut client) = database(TABLES);
    let mut holder = database.connect().unwrap();
    let mut holding = holder.transaction().unwrap();
    holding.batch_execute(held).unwrap();
    let child = project.start(&database.url(), &APPLY);
    let waits = "SELECT coalesce(max(pid), 0) FROM pg_stat_activity WHERE datname = current_database()
        AND wait_event_type = 'Lock' AND application_name = 'tablewright'";
    eventually(statement, || value::<i32>(&mut client, waits) > 0);
    let pid = value::<i32>(&mut client, waits);
    client.execute("SELECT pg_terminate_backend($1)", &[&pid]).unwrap();
    ended(child).ends_with(1).tells("codegen apply` again");
    assert!(value::<bool>(&mut client, left), "{statement} has left nothing half-made");
    holding.commit().unwrap();
    project.run(&database.url(), &APPLY).ends_with(0).tells(tidied);
    assert_eq!(contents(&mut client), expected);
    assert_eq!(applied(&mut client), [11]);
}

#[test]
fn an_index_that_was_being_made() {
    let left = "SELECT NOT indisvalid FROM pg_index WHERE indexrelid = '\"New one\"'::regclass";
    let statement = "CREATE UNIQUE INDEX CONCURRENTLY \"New one\" ON public.parcel (\"Odd name\")";
    ended_in(statement, "UPDATE parcel SET id = 1", left, "tidy     DROP INDEX CONCURRENTLY public.\"New one\"");
}

/// PostgreSQL keeps the first 63 bytes.
#[test]
fn an_index_with_a_name_that_is_too_long() {
    let left = "SELECT NOT indisvalid FROM pg_index AS i JOIN pg_class AS c ON c.oid = indexrelid WHERE relname LIKE 'longlong%'";
    let statement = format!("CREATE INDEX CONCURRENTLY {} ON parcel (id)", "long".repeat(20));
    ended_in(&statement, "UPDATE parcel SET id = 1", left, "tidy     DROP INDEX CONCURRENTLY public.longlong");
}

#[test]
fn an_index_that_was_being_dropped() {
    let left = "SELECT NOT indisvalid FROM pg_index WHERE indexrelid = '\"By Odd\"'::regclass";
    ended_in("DROP INDEX CONCURRENTLY \"By Odd\"", "SELECT FROM parcel", left, "applied: 011_step");
}

#[test]
fn an_index_that_was_being_rebuilt() {
    let left = "SELECT count(*) = 1 FROM pg_class WHERE relname = 'By Odd_ccnew'";
    for statement in ["REINDEX INDEX CONCURRENTLY \"By Odd\"", "REINDEX TABLE CONCURRENTLY public.parcel"] {
        ended_in(
            statement,
            "UPDATE parcel SET id = 1",
            left,
            "tidy     DROP INDEX CONCURRENTLY public.\"By Odd_ccnew\"",
        );
    }
}

#[test]
fn a_partition_that_was_being_detached() {
    let left = "SELECT inhdetachpending FROM pg_inherits WHERE inhrelid = 'days_1'::regclass";
    let statement = "ALTER TABLE days DETACH PARTITION public.days_1 CONCURRENTLY";
    let finalized = "tidy     ALTER TABLE days DETACH PARTITION public.days_1 FINALIZE";
    ended_in(statement, "SELECT FROM days", left, finalized);
}
