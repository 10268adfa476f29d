//! Faults of intents.

use super::*;

const A: (&str, &str) = ("schema/src/a.rs", TABLE);
const M: &str = "schema/src/migrations/m.rs";

#[track_caller]
fn refused_at(place: &str, fields: &str, says: &str) {
    let place = format!("{M}:{place}");
    Project::new(&[A, (M, &intent(1, "one", fields))]).refused(&[], 1, &[&place, says]);
}

#[test]
fn what_an_intent_names_is_there() {
    refused_at(
        "5:35",
        "accepts: &[Accept::Loss { object: \"colum notes.text\", because: \"b\" }],",
        "did you mean `column`?",
    );
    refused_at(
        "5:35",
        "accepts: &[Accept::Loss { object: \"column notes.text\", because: \"b\" }],",
        "matches nothing",
    );
    let hazard = "accepts: &[Accept::Hazard { rule: \"nope\", object: \"column notes.text\", because: \"b\" }],";
    refused_at("5:51", hazard, "there is no hazard `nope`");
    refused_at(
        "5:46",
        "sections: &[Section { title: \"x\", objects: &[\"column notes.nope\"] }],",
        "nothing happens to",
    );
    refused_at(
        "5:33",
        "backfills: &[Backfill { column: \"notes.nope\", sql: \"SELECT 1\", rollback: None }],",
        "no place for",
    );
    refused_at(
        "5:50",
        "backfills: &[Backfill { column: \"notes.id\", sql: \"UPDATE (\", rollback: None }],",
        "invalid SQL",
    );
    refused_at(
        "5:27",
        "renames: &[Rename { from: \"column notes.old\", to: \"text\" }],",
        "there is no column public.notes.old",
    );
}

#[test]
fn numbers_and_names_that_cannot_be_carried_out_are_refused() {
    let numbered = |number: &str| intent(1, "one", "").replace("number: 1", &format!("number: {number}"));
    for (number, says) in [("0", "begin at 1"), ("-1", "whole number"), ("99999999999", "whole number")] {
        Project::new(&[A, (M, &numbered(number))]).refused(&[], 1, &["schema/src/migrations/m.rs:2:13", says]);
    }
    let named = intent(1, "../../one", "");
    Project::new(&[A, (M, &named)]).refused(&[], 1, &["schema/src/migrations/m.rs:3:11", "part of a file's name"]);
}

#[test]
fn two_intents_are_told_apart() {
    let (one, two) = (intent(1, "one", ""), intent(2, "two", ""));
    let n = "schema/src/migrations/n.rs";
    let pair = |second: &str, says: &[&str]| Project::new(&[A, (M, &one), (n, second)]).refused(&[], 1, says);
    pair(&two, &["n.rs:2:13", "migration 2 is open while 1 is not sealed yet"]);
    pair(&intent(1, "two", ""), &["n.rs:2:13", "two migrations have the number `1`", "m.rs:2:13"]);
    pair(&intent(2, "one", ""), &["n.rs:3:11", "two migrations have the name `one`", "m.rs:3:11"]);
}

#[test]
fn an_intent_does_not_come_before_what_was_sealed() {
    let project = Project::new(&[A]);
    project.done(&["seal", "--baseline", "7_base"]);
    project.put(M, intent(7, "other", ""));
    let says = ["m.rs:2:13", "migration 7 comes before the last sealed one, 7", "give it the number 8"];
    project.refused(&[], 1, &says);
}

#[test]
fn renames_have_a_source_and_a_free_target() {
    let project = Project::new(&[A]);
    project.done(&["seal", "--baseline", "1_base"]);
    let rename =
        |from: &str, to: &str| intent(2, "two", &format!("renames: &[Rename {{ from: {from:?}, to: {to:?} }}],"));
    project.put(M, rename("column notes.text", "id"));
    project.refused(&[], 1, &["m.rs:5:27", "column public.notes.id is there already"]);
    project.put(M, rename("column notes.text", "body"));
    project.refused(&[], 1, &["m.rs:5:27", "there is no column public.notes.body in the declaration"]);
    project.put(M, rename("primary key notes.nope", "x"));
    project.refused(&[], 1, &["m.rs:5:27", "there is no primary key public.notes.nope"]);
}

#[test]
fn losses_and_renames_are_decided_by_people() {
    let project = Project::new(&[A]);
    project.done(&["seal", "--baseline", "1_base"]);
    project.put(A.0, TABLE.replace("pub text", "pub body"));
    let both = ["renames: &[Rename { from: \"column notes.text\", to: \"body\" }]", "accepts: &[Accept::Loss"];
    project.refused(&[], 3, &both);
    project.put(A.0, TABLE.replace("    pub text: Option<Text>,\n", ""));
    project.refused(&[], 2, &["drop column notes.text", "no migration is open"]);
    project.put(M, intent(2, "two", ""));
    project.refused(&[], 3, &["column notes.text: its values", "accepts: &[Accept::Loss"]);
    project.refused(&["seal"], 3, &["does not accept that"]);
}

#[test]
fn a_reason_stays_inside_of_its_comment() {
    let with = |reason: &str| intent(1, "one", "").replace("A reason", reason);
    Project::new(&[A, (M, &with("a\\rDROP TABLE x;"))]).refused(&[], 1, &["m.rs:4:31", "control character U+000D"]);
    Project::new(&[A, (M, &with(" "))]).refused(&[], 1, &["m.rs:4:31", "say in a sentence why"]);
    let project = Project::new(&[A, (M, &with("a\\nDROP TABLE x;"))]);
    project.done(&[]);
    let sql = project.get("generated/migrations/001_one.sql");
    assert!(sql.lines().filter(|line| line.contains("DROP")).all(|line| line.starts_with("--")), "{sql}");
}
