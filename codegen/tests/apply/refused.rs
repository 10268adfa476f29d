//! What is refused, and what has to be decided: edited files, roles without rights, statements of unknown outcome.

use super::fixture::{Project, applied, contents, database, server, value};
use super::proxy::{Proxy, Stop};

const APPLY: [&str; 2] = ["apply", "--no-verify"];
const UP: &str = "CREATE TABLE parcel (id int);";

#[test]
fn an_edited_file_is_refused_before_anything_is_touched() {
    let (database, mut client) = database("");
    let project = Project::new(&[(UP, "DROP TABLE parcel;"), ("ALTER TABLE parcel ADD a int;", "")]);
    project.put("generated/up/012_step.sql", "ALTER TABLE parcel ADD b int;");
    project.run(&database.url(), &APPLY).ends_with(3).tells("generated/up/012_step.sql was edited after it was sealed");
    assert!(value::<bool>(&mut client, "SELECT to_regclass('parcel') IS NULL"));
    project.put("generated/up/012_step.sql", "-- a comment\nALTER TABLE parcel ADD a int;   \n");
    project.run(&database.url(), &APPLY).ends_with(0);
    project.seal(11, "CREATE TABLE parcel (id int, more int);", "DROP TABLE parcel;");
    let answer = project.run(&database.url(), &["status"]).ends_with(3);
    answer.tells("011_step  applied with another text").tells("restore generated/up/011_step.sql as it was applied");
    project.run(&database.url(), &APPLY).ends_with(3);
}

#[test]
fn a_file_that_was_edited_half_way_is_refused() {
    let (database, mut client) = database("");
    let first = "BEGIN; CREATE TABLE parcel (id int); COMMIT; BEGIN; ALTER TABLE nowhere ADD a int; COMMIT;";
    let project = Project::new(&[(first, "DROP TABLE parcel;")]);
    project.run(&database.url(), &APPLY).ends_with(1).tells("parts 1 to 1 stay");
    project.run(&database.url(), &["rollback", "--no-verify"]).ends_with(3).tells("finish it first: codegen apply");
    project.seal(11, &first.replace("parcel (id", "parcel (number"), "DROP TABLE parcel;");
    let answer = project.run(&database.url(), &APPLY).ends_with(3);
    answer.tells("part 1 (`CREATE TABLE parcel (id int)`) is no longer what generated/up/011_step.sql says");
    // What has not run yet may be mended.
    project.seal(11, &first.replace("nowhere", "parcel"), "DROP TABLE parcel;");
    project.run(&database.url(), &APPLY).ends_with(0).tells("part     1 of 2 was done before");
    assert_eq!(applied(&mut client), [11]);
}

#[test]
fn a_gap_is_refused_and_can_be_noted_as_applied() {
    let (database, mut client) = database("");
    let project = Project::new(&[(UP, "")]);
    project.run(&database.url(), &APPLY).ends_with(0);
    client.batch_execute("UPDATE tablewright.applied_migrations SET number = 12").unwrap();
    project.seal(12, UP, "");
    project.run(&database.url(), &APPLY).ends_with(3).tells("codegen apply --adopt 11");
    project.run(&database.url(), &["apply", "--adopt", "11"]).ends_with(0).tells("011_step");
    project.run(&database.url(), &APPLY).ends_with(0).tells("nothing to do");
}

#[test]
fn a_role_without_rights_is_told_what_it_lacks() {
    let (database, mut client) = database("CREATE ROLE clerk LOGIN");
    let project = Project::new(&[(UP, "")]);
    let url = database.url().replace("postgres@", "clerk@");
    project.run(&url, &APPLY).ends_with(1).tells("permission denied for database").tells("CREATE on the database");
    project.run(&url, &["status"]).ends_with(2).tells("pending");
    assert!(value::<bool>(&mut client, "SELECT to_regnamespace('tablewright') IS NULL"));
    let grant =
        format!("GRANT CREATE ON DATABASE {} TO clerk; REVOKE CREATE ON SCHEMA public FROM PUBLIC", database.name());
    client.batch_execute(&grant).unwrap();
    project.run(&url, &APPLY).ends_with(1).tells("permission denied for schema public").tells("nothing of it stays");
    client.batch_execute("ALTER ROLE clerk SET default_transaction_read_only = on").unwrap();
    project.run(&url, &APPLY).ends_with(3).tells("default_transaction_read_only");
    drop(client);
    super::fixture::server()
        .config()
        .connect(postgres::NoTls)
        .unwrap()
        .batch_execute("ALTER ROLE clerk RESET ALL")
        .unwrap();
}

#[test]
fn what_a_migration_sets_holds_for_itself_alone() {
    let (database, mut client) = database("CREATE SCHEMA elsewhere");
    let astray = "SET search_path = elsewhere; SET lock_timeout = 1; CREATE TABLE first (id int);";
    let project = Project::new(&[
        (astray, ""),
        ("CREATE TABLE second (id int);", ""),
        ("RESET ALL; VACUUM second; RESET ALL;", ""),
    ]);
    project.seal(14, "BEGIN; RESET ALL; CREATE TABLE third (id int); COMMIT; CREATE TABLE fourth (id int);", "");
    project.run(&database.url(), &APPLY).ends_with(0);
    let there = "SELECT to_regclass('elsewhere.first') IS NOT NULL AND to_regclass('public.second') IS NOT NULL";
    assert!(value::<bool>(&mut client, there));
    assert_eq!(applied(&mut client), [11, 12, 13, 14]);
    project.seal(15, "DISCARD ALL;", "");
    project
        .run(&database.url(), &APPLY)
        .ends_with(3)
        .tells("generated/up/015_step.sql:1: this takes the lock of the run away");
}

#[test]
fn names_that_would_lead_elsewhere_are_refused() {
    let (database, mut client) = database("CREATE SCHEMA elsewhere");
    let project = Project::new(&[(UP, "")]);
    let url = format!("{}?options=-csearch_path%3Delsewhere", database.url());
    project.run(&url, &APPLY).ends_with(3).tells("looked for in `elsewhere`, and the project means `public`");
    assert!(value::<bool>(&mut client, "SELECT to_regclass('elsewhere.parcel') IS NULL"));
}

#[test]
fn a_session_that_is_not_ours_alone_is_refused() {
    let (database, _) = database("");
    let project = Project::new(&[(UP, "")]);
    // What a pooler would hand on: a session in which a run has left its word.
    let url = format!("{}?options=-ctablewright.runner%3Danother", database.url());
    project.run(&url, &APPLY).ends_with(3).tells("a pooler that lends sessions by the transaction");
    // Another session in the middle of a run, which does not have our word.
    let (database, mut client) = self::database("");
    let project =
        Project::new(&[("SET tablewright.runner = ''; BEGIN; CREATE TABLE parcel (id int); COMMIT; VACUUM;", "")]);
    project.run(&database.url(), &APPLY).ends_with(3).tells("a pooler that lends sessions by the transaction");
    assert!(value::<bool>(&mut client, "SELECT to_regclass('parcel') IS NULL"));
}

#[test]
fn of_a_statement_that_can_not_be_looked_for_the_user_is_asked() {
    const SETTING: &str = "ALTER SYSTEM SET log_min_duration_sample = 5;\n";
    let alone = Project::new(&[(&format!("{SETTING}CREATE TABLE parcel (id int);"), "")]);
    alone.run(&database("").0.url(), &APPLY).ends_with(1).tells("write BEGIN and COMMIT around the statements");
    let project = Project::new(&[(&format!("{SETTING}BEGIN;\nCREATE TABLE parcel (id int);\nCOMMIT;"), "")]);
    let (mut asked, mut at) = (0, 0);
    loop {
        let (database, mut client) = database("");
        let proxy = Proxy::start(server().directory(), Stop::After(at));
        let child = project.start(&proxy.url(database.name()), &APPLY);
        if !proxy.is_reached_by(child) {
            break;
        }
        drop(proxy);
        let again = project.run(&database.url(), &["apply", "--no-verify", "--wait", "30"]);
        if again.code == 3 {
            let again =
                again.tells("ALTER SYSTEM SET log_min_duration_sample = 5").tells("generated/up/011_step.sql:1");
            again.tells("`codegen apply --resume done`");
            let how = if asked % 2 == 0 { "done" } else { "again" };
            project.run(&database.url(), &["apply", "--no-verify", "--resume", how]).ends_with(0);
            asked += 1;
        } else {
            again.ends_with(0);
        }
        assert_eq!(applied(&mut client), [11]);
        assert!(contents(&mut client).iter().any(|line| line.contains("parcel")));
        at += 1;
    }
    assert!(at > 10 && asked >= 2, "killed at {at} messages, asked {asked} times");
}
