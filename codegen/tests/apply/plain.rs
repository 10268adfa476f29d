//! A run that nothing disturbs.

use codegen::scratch::BIN_VARIABLE;

use super::fixture::{Project, applied, contents, database, value};

const UP: &str = "CREATE TABLE parcel (id int PRIMARY KEY);\nINSERT INTO parcel VALUES (1);\n";
const DOWN: &str = "DROP TABLE parcel;\n";

#[test]
fn what_is_missing_is_applied_once_and_rolled_back_step_by_step() {
    let (database, mut client) = database("");
    let empty = contents(&mut client);
    let project = Project::new(&[(UP, DOWN), ("ALTER TABLE parcel ADD a int;", "ALTER TABLE parcel DROP a;")]);
    let url = database.url();
    project.run(&url, &["status"]).ends_with(2).tells("011_step  pending");
    project.run(&url, &["apply", "--dry-run"]).ends_with(0).tells("up 011_step: 2 statements, one transaction");
    assert_eq!(contents(&mut client), empty);
    project.run(&url, &["apply", "--to", "11", "--no-verify"]).ends_with(0).tells("applied: 011_step");
    project.run(&url, &["apply", "--no-verify"]).ends_with(0).tells("applied: 012_step");
    assert_eq!(applied(&mut client), [11, 12]);
    project.run(&url, &["apply", "--no-verify"]).ends_with(0).tells("nothing to do");
    project.run(&url, &["status"]).ends_with(0).tells("012_step  applied 2");
    project.run(&url, &["rollback", "--no-verify"]).ends_with(0).tells("rolled back: 012_step");
    assert_eq!(applied(&mut client), [11]);
    project.run(&url, &["apply", "--no-verify"]).ends_with(0);
    project.run(&url, &["rollback", "--to", "10", "--no-verify"]).ends_with(0).tells("012_step, 011_step");
    assert_eq!(contents(&mut client), empty);
    project.run(&url, &["rollback", "--no-verify"]).ends_with(0).tells("nothing to do");
}

#[test]
fn a_refused_migration_leaves_nothing_and_says_where() {
    let (database, mut client) = database("");
    let project = Project::new(&[(UP, DOWN), ("CREATE TABLE half (id int);\n\nALTER TABLE nowhere\n  ADD a int;", "")]);
    let answer = project.run(&database.url(), &["apply", "--no-verify"]).ends_with(1);
    answer
        .tells("generated/up/012_step.sql:3 `ALTER TABLE nowhere")
        .tells("relation \"nowhere\" does not exist")
        .tells("nothing of it stays");
    assert_eq!(applied(&mut client), [11]);
    assert!(value::<bool>(&mut client, "SELECT to_regclass('half') IS NULL"));
}

#[test]
fn numbers_to_go_to_must_be_there() {
    let (database, _) = database("");
    let project = Project::new(&[(UP, DOWN)]);
    project.run(&database.url(), &["apply", "--to", "12"]).ends_with(3).tells("there are 010, 011");
    project.run(&database.url(), &["rollback", "--to", "9"]).ends_with(3).tells("there are 010, 011");
    project.run(&database.url(), &["apply", "--wait=-1"]).ends_with(1).tells("write seconds");
}

#[test]
fn without_a_server_of_ours_it_is_said_that_nothing_was_compared() {
    let (database, mut client) = database("");
    let project = Project::new(&[(UP, DOWN)]);
    let output = project.command(&database.url(), &["apply"]).env(BIN_VARIABLE, project.path()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("not compared with the schema that it should have"), "{said}");
    assert_eq!((output.status.code(), applied(&mut client)), (Some(0), vec![11]));
    // With one, the table is found, which the history does not have.
    let answer =
        project.run(&database.url(), &["apply"]).ends_with(2).tells("the database is not what it should be now");
    answer.tells("table public.parcel should not be there");
}
