//! Files of a sealed migration, which only version control brings back.

use crate::MIGRATION;
use crate::copy::Copy;

#[test]
fn sealing_changes_no_file_of_the_migration_and_leaves_nothing_to_do() {
    let copy = Copy::generated();
    let before = copy.text(MIGRATION);
    copy.run(&["seal"]).ends_with(0).says("wrote    schema/history/153_remove_external_cluster_id.json");
    assert_eq!(copy.text(MIGRATION), before);
    copy.run_untouched(&["check"]).ends_with(0);
    copy.run_untouched(&[]).ends_with(0);
}

#[test]
fn an_edited_file_is_found_and_not_written_over() {
    let copy = Copy::sealed();
    let before = copy.text(MIGRATION);
    copy.replace(MIGRATION, "ON DELETE CASCADE;", "ON DELETE RESTRICT;");
    let sentence = format!("{MIGRATION}:1: was edited after its migration was sealed; restore it from version control");
    copy.run_untouched(&["check"]).ends_with(2).says(&sentence);
    copy.run_untouched(&[]).ends_with(2).complains(&sentence);
    copy.put(MIGRATION, &before);
    copy.run(&["check"]).ends_with(0);
}

#[test]
fn a_deleted_file_is_found() {
    let copy = Copy::sealed();
    copy.remove(MIGRATION);
    let sentence = format!("{MIGRATION}:1: is missing, and its migration is sealed; restore it from version control");
    copy.run_untouched(&["check"]).ends_with(2).says(&sentence);
}

#[test]
fn comments_and_line_ends_of_a_sealed_file_are_free() {
    let copy = Copy::sealed();
    copy.put(MIGRATION, &format!("-- Applied on Monday\n{}", copy.text(MIGRATION)).replace('\n', "\r\n"));
    copy.run_untouched(&["check"]).ends_with(0);
}

#[test]
fn an_edited_entry_of_the_history_fails() {
    let copy = Copy::sealed();
    let entry = "schema/history/153_remove_external_cluster_id.json";
    copy.replace(entry, r#""name":"active""#, r#""name":"passive""#);
    copy.run_untouched(&["check"]).ends_with(1).complains(entry).complains("it was changed after it was sealed");
}
