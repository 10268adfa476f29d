//! `verify`, and the comparison after `apply` and `rollback`, with the project of this repository.

use codegen::prove::build;
use codegen::run;
use codegen::scratch::Database;
use postgres::Client;

use super::copy::Copy;
use super::fixture::{database, root};

/// A database at the last sealed schema, 152.
fn at_152() -> (Database, Client) {
    let project = run::read(&root()).unwrap_or_else(|failure| panic!("{failure:?}"));
    database(&build(project.history.schema()).unwrap())
}

const AGAINST: [&str; 2] = ["--against", "history:152"];

#[test]
fn a_database_that_is_what_it_should_be_has_no_drift() {
    let (database, mut client) = at_152();
    let (copy, url) = (Copy::as_committed(), database.url());
    copy.run_installed(&["verify", &url, AGAINST[0], AGAINST[1]]).ends_with(0).complains("is history:152");
    // Books of runners are no drift.
    let books = "CREATE TABLE migration_history (id serial PRIMARY KEY, filename text UNIQUE, applied_at timestamptz);
        COMMENT ON TABLE migration_history IS 'what was applied'; CREATE INDEX ON migration_history (applied_at);
        CREATE SCHEMA tablewright; CREATE TABLE tablewright.applied_migrations (number bigint);";
    client.batch_execute(books).unwrap();
    copy.run_installed(&["verify", &url, AGAINST[0], AGAINST[1]])
        .ends_with(0)
        .complains("migration_history is the book of another runner");
    // The declaration is a migration ahead.
    let ahead = copy.run_installed(&["verify", &url]).ends_with(2).says("column public.ml_models.active is missing");
    ahead.says("column public.clusters.external_cluster_id should not be there");
}

#[test]
fn every_sort_of_drift_is_named_and_mended() {
    let (database, mut client) = at_152();
    let (copy, url) = (Copy::as_committed(), database.url());
    let drift = "DROP INDEX idx_clusters_kb_status; CREATE TABLE forgotten (id int);
        ALTER TABLE tickets ALTER COLUMN rita_status SET DEFAULT 'COMPLETED'; COMMENT ON TABLE clusters IS 'changed';
        ALTER TABLE tickets DISABLE ROW LEVEL SECURITY; GRANT SELECT ON blobs TO PUBLIC;
        CREATE OR REPLACE FUNCTION update_updated_at_column() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';";
    client.batch_execute(drift).unwrap();
    let arguments = ["verify", &url, AGAINST[0], AGAINST[1]];
    let answer = copy.run_installed(&arguments).ends_with(2);
    let answer = answer
        .says("index public.idx_clusters_kb_status is missing")
        .says("table public.forgotten should not be there");
    let answer = answer
        .says("column public.tickets.rita_status differs:")
        .says("expected \"default\"")
        .says("comment table public.clusters differs");
    let answer = answer
        .says("row level security public.tickets is missing")
        .says("grant table public.blobs to")
        .says("function public.update_updated_at_column");
    answer.complains("codegen verify URL --sql").complains("codegen pull URL");

    let json = copy.run_installed(&[arguments.as_slice(), &["--json"]].concat()).ends_with(2);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let found = value["differences"].as_array().unwrap();
    assert!(
        found.iter().any(|it| it["what"] == "missing" && it["object"] == "index public.idx_clusters_kb_status"),
        "{value}"
    );

    let sql = copy.run_installed(&[arguments.as_slice(), &["--sql"]].concat()).ends_with(2).out;
    client.batch_execute(&sql).unwrap();
    copy.run_installed(&arguments).ends_with(0);
}

#[test]
fn what_others_have_in_the_database_can_be_left_out() {
    let (database, mut client) = at_152();
    let others = "CREATE TABLE theirs (id int PRIMARY KEY, name text); CREATE INDEX ON theirs (name);
        COMMENT ON COLUMN theirs.name IS 'Not ours'; CREATE FUNCTION theirs() RETURNS int LANGUAGE sql RETURN 1;";
    client.batch_execute(others).unwrap();
    let (copy, url) = (Copy::as_committed(), database.url());
    let arguments = ["verify", &url, AGAINST[0], AGAINST[1]];
    let answer = copy
        .run_installed(&arguments)
        .ends_with(2)
        .says("table public.theirs should not be there, with 5 objects of it");
    assert!(!answer.out.contains("column public.theirs.name"), "{answer:?}");
    let of_declared = [arguments.as_slice(), &["--declared-only"]].concat();
    copy.run_installed(&of_declared).ends_with(0).complains("7 objects that nothing declared has to do with");
    // What is added to something that is declared is drift still.
    client
        .batch_execute("ALTER TABLE clusters ADD COLUMN sneaked int; CREATE INDEX sneaky ON clusters (name)")
        .unwrap();
    let answer =
        copy.run_installed(&of_declared).ends_with(2).says("column public.clusters.sneaked should not be there");
    answer.says("index public.sneaky should not be there");
    let sql = copy.run_installed(&[of_declared.as_slice(), &["--sql"]].concat()).ends_with(2).out;
    assert!(sql.contains("sneaked") && !sql.contains("theirs"), "{sql}");
}

#[test]
fn a_role_that_may_only_connect_sees_the_same() {
    let (database, mut client) = at_152();
    let rights =
        "CREATE ROLE visitor LOGIN; REVOKE ALL ON SCHEMA public FROM PUBLIC; DROP INDEX idx_clusters_kb_status;
        REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC;";
    client.batch_execute(&rights.replace("{}", database.name())).unwrap();
    let (copy, url) = (Copy::as_committed(), database.url());
    let differing = |user: &str| {
        let url = url.replace("postgres@", &format!("{user}@"));
        let answer = copy.run_installed(&["verify", &url, AGAINST[0], AGAINST[1], "--json"]).ends_with(2);
        let value: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
        value["differences"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["object"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(differing("visitor"), differing("postgres"));
    let visitor = url.replace("postgres@", "visitor@");
    copy.run_installed(&["verify", &visitor, AGAINST[0], AGAINST[1]])
        .ends_with(2)
        .complains("`postgres` is taken as the one that migrates");
}

#[test]
fn the_open_migration_is_applied_when_asked_for_and_rolled_back_as_it_was() {
    let (database, _) = at_152();
    let (copy, url) = (Copy::generated(), database.url());
    let at = ["--database-url", url.as_str()];
    let run = |arguments: &[&str]| copy.run_installed(&[arguments, &at].concat());
    run(&["apply"]).ends_with(0).says("153_remove_external_cluster_id is open and was left out").says("apply --open");
    run(&["status"]).ends_with(0).says("153_remove_external_cluster_id  open");
    run(&["apply", "--open"]).ends_with(0).says("applied: 153_remove_external_cluster_id");
    copy.run_installed(&["verify", &url]).ends_with(0);

    // The declaration goes on, and the migration's text with it.
    let more = "pub model_name: Text,\n    #[column(default = false)]\n    pub retired: Boolean,";
    copy.replace("schema/src/ml_model.rs", "pub model_name: Text,", more);
    copy.run_installed(&[]).ends_with(0);
    run(&["status"])
        .ends_with(3)
        .complains("the open migration 153_remove_external_cluster_id has changed since it was applied");
    run(&["apply", "--open"]).ends_with(3).complains("roll it back first");
    run(&["rollback"]).ends_with(3).complains("destroys values").complains("--accept-losses");
    run(&["rollback"]).ends_with(3).complains("column public.ml_models.active: its values");
    // What the rollback can't restore is named.
    let back = run(&["rollback", "--accept-losses"]).ends_with(2);
    back.says("column public.clusters.external_cluster_id differs:")
        .says("rolled back: 153_remove_external_cluster_id");
    run(&["apply", "--open"]).ends_with(0);
    copy.run_installed(&["verify", &url]).ends_with(0);
}
