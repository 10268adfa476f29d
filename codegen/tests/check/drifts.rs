//! Files that are not what the declaration asks for.

use serde_json::Value;

use crate::copy::Copy;
use crate::{CLUSTER, MEND, MIGRATION, ROLLBACK};

#[test]
fn the_repository_is_up_to_date() {
    let answer = Copy::as_committed().run_untouched(&["check"]).ends_with(0).says(" files are up to date");
    assert_eq!(answer.err, "");
}

#[test]
fn a_second_run_writes_nothing() {
    let copy = Copy::generated();
    copy.run_untouched(&[]).ends_with(0).says(" files are up to date");
    copy.run_untouched(&["generate"]).ends_with(0);
}

#[test]
fn one_byte_is_found_and_mended() {
    let copy = Copy::generated();
    let before = copy.text(MIGRATION);
    copy.replace(MIGRATION, "DROP INDEX IF EXISTS idx_clusters", "DROP INDEX IF EXISTS idx-clusters");
    let line = 1 + before.lines().position(|line| line.starts_with("DROP INDEX")).unwrap();
    copy.run_untouched(&["check"])
        .ends_with(2)
        .says(&format!("{MIGRATION}:{line}: is stale; run `{MEND}`"))
        .says(&format!("--- a/{MIGRATION}\n+++ b/{MIGRATION}\n@@ -"))
        .says("\n-DROP INDEX IF EXISTS idx-clusters_external_cluster_id;\n+DROP INDEX IF EXISTS idx_clusters_external_cluster_id;\n")
        .complains(&format!("1 file differs from the declaration; mend with: {MEND}"));
    mended(&copy, &["wrote", MIGRATION]);
    assert_eq!(copy.text(MIGRATION), before);
}

#[test]
fn a_deleted_file_is_found_and_mended() {
    let copy = Copy::generated();
    let before = copy.text(ROLLBACK);
    copy.remove(ROLLBACK);
    copy.run_untouched(&["check"])
        .ends_with(2)
        .says(&format!("{ROLLBACK}:1: is missing; run `{MEND}`"))
        .says(&format!("--- /dev/null\n+++ b/{ROLLBACK}\n@@ -0,0 +1,"))
        .complains("1 file differs");
    mended(&copy, &["wrote", ROLLBACK]);
    assert_eq!(copy.text(ROLLBACK), before);
}

#[test]
fn every_difference_is_listed() {
    let copy = Copy::generated();
    copy.remove(ROLLBACK);
    copy.put(MIGRATION, "SELECT 1;\n");
    copy.run_untouched(&["check"])
        .ends_with(2)
        .says(&format!("{ROLLBACK}:1: is missing"))
        .says(&format!("{MIGRATION}:1: is stale"))
        .complains("2 files differ");
}

#[test]
fn what_is_not_generated_any_more_is_found_and_removed() {
    let upsert = "generated/sql/upserts/tickets.sql";
    let copy = Copy::generated();
    assert!(copy.path(upsert).is_file());
    copy.replace("schema/src/ticket.rs", ", natural_key)]", ")]");
    copy.run_untouched(&["check"])
        .ends_with(2)
        .says(&format!("{upsert}:1: is not generated any more; run `{MEND}`"))
        .says(&format!("--- a/{upsert}\n+++ /dev/null\n"));
    mended(&copy, &["removed", upsert]);
    assert!(!copy.path(upsert).exists());
}

#[test]
fn a_file_of_somebody_else_is_found_and_left() {
    let stray = "generated/sql/stray.sql";
    let copy = Copy::generated();
    copy.put(stray, "SELECT 1;\n");
    let sentence = format!("{stray}:1: stands in a generated folder, but was not generated; move the file out of");
    copy.run_untouched(&["check"]).ends_with(2).says(&sentence);
    copy.run_untouched(&[]).ends_with(2).complains(&sentence);
    copy.remove(stray);
    copy.run(&["check"]).ends_with(0);
}

#[test]
fn another_comment_is_found_wherever_it_stands() {
    let (old, new) = ("AI-generated ticket groupings from Workflow Platform", "Groups of tickets that belong together");
    let copy = Copy::generated();
    copy.replace(CLUSTER, old, new);
    copy.run_untouched(&["check"])
        .ends_with(2)
        .says(&format!("{MIGRATION}:"))
        .says(&format!("\n+COMMENT ON TABLE clusters IS '{new}';\n"))
        .says(&format!("{ROLLBACK}:"))
        .says(&format!("\n+COMMENT ON TABLE clusters IS '{old}';\n"))
        .complains(MEND);
    mended(&copy, &["wrote", MIGRATION]);
}

#[test]
fn a_new_column_is_found_and_gets_into_the_migration() {
    let copy = Copy::generated();
    copy.replace(CLUSTER, "    pub name: Text,\n", "    pub name: Text,\n    pub note: Option<Text>,\n");
    copy.run_untouched(&["check"])
        .ends_with(2)
        .says(&format!("{MIGRATION}:"))
        .says("\n+ALTER TABLE clusters ADD COLUMN note text;\n")
        .says(&format!("{ROLLBACK}:"))
        .says("\n+ALTER TABLE clusters DROP COLUMN IF EXISTS note;\n");
    mended(&copy, &["wrote", MIGRATION]);
    assert!(copy.text("generated/sql/upserts/clusters.sql").contains("note = EXCLUDED.note"));
}

#[test]
fn a_pull_request_shows_differences_at_their_lines() {
    let copy = Copy::generated();
    copy.remove(ROLLBACK);
    let annotation = format!("\n::error file={ROLLBACK},line=1::{ROLLBACK} is missing; run `{MEND}`\n");
    copy.run_on_github(&["check"]).ends_with(2).says(&annotation);
    assert!(!copy.run(&["check"]).out.contains("::error"), "annotations are for pull requests only");
}

#[test]
fn machines_read_the_differences() {
    let copy = Copy::generated();
    copy.remove(ROLLBACK);
    let answer = copy.run_untouched(&["check", "--json"]).ends_with(2);
    let value: Value = serde_json::from_str(&answer.out).unwrap();
    let drift = &value["drifts"][0];
    assert_eq!(value["drifts"].as_array().map(Vec::len), Some(1), "{value}");
    assert_eq!((drift["path"].as_str(), drift["kind"].as_str()), (Some(ROLLBACK), Some("is missing")));
    assert!(drift["diff"].as_str().unwrap().starts_with("--- /dev/null\n"), "{drift}");

    copy.run(&[]).ends_with(0);
    let answer = copy.run(&["check", "--json"]).ends_with(0);
    let value: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(value["drifts"], Value::Array(Vec::new()));
}

/// One run tells that it does this, and afterwards there is nothing left to do.
#[track_caller]
fn mended(copy: &Copy, words: &[&str]) {
    let answer = copy.run(&[]).ends_with(0);
    let is_told = |line: &str| words.iter().all(|word| line.contains(word));
    assert!(answer.out.lines().any(is_told), "{words:?} is expected in:\n{}", answer.out);
    copy.run_untouched(&["check"]).ends_with(0);
    copy.run_untouched(&[]).ends_with(0);
}
