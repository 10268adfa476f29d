//! A project from zero: what `docs/new-project.md` says.

use super::*;

#[test]
fn a_project_begins_with_init() {
    let project = Project::new(&[]);
    assert!(project.done(&["init"]).contains("new init"));
    project.refused(&["init"], 1, &["there is a folder `schema` already"]);
    project.refused(&[], 2, &["create table notes", "no migration is open"]);
    project.done(&["new", "init"]);
    assert!(project.get("schema/src/lib.rs").ends_with("\npub mod migrations;\n"));
    assert!(project.get("schema/src/migrations.rs").ends_with("\npub mod m001_init;\n"));
    let intent = "schema/src/migrations/m001_init.rs";
    project.refused(&[], 1, &["m001_init.rs:7:13", "the reason is empty"]);
    project.put(intent, project.get(intent).replace("reason: \"\"", "reason: \"the first table\""));
    assert!(project.done(&[]).contains("generated/migrations/001_init.sql"));
    assert!(project.done(&["seal"]).contains("its 3 files are frozen"));
    assert_eq!(project.done(&["check"]), "4 files are up to date\n");
    assert_eq!(project.done(&[]), "4 files are up to date\n");
}

#[test]
fn a_scaffold_offers_what_is_to_be_decided() {
    let (table, intent) = ("schema/src/note.rs", "schema/src/migrations/m002_change.rs");
    let project = Project::new(&[]);
    project.done(&["init"]);
    project.done(&["seal", "--baseline", "1_base"]);
    project.put(table, project.get(table).replace("pub text", "pub body"));
    project.done(&["new", "change"]);
    let text = project.get(intent).replace("reason: \"\"", "reason: \"a better name\"");
    assert!(text.contains("// Accept::Loss { object: \"column notes.text\""), "{text}");
    project.put(intent, text.replace("// Rename", "Rename"));
    project.done(&[]);
    assert!(project.get("generated/migrations/002_change.sql").contains("RENAME COLUMN text TO body;"));
    project.refused(&["new", "another"], 1, &["migration 002_change is open already"]);
}

#[test]
fn a_workspace_that_is_there_is_left_alone() {
    let project = Project::new(&[("Cargo.toml", "[workspace]\n")]);
    assert!(project.done(&["init"]).contains("add \"schema\" to the members"));
    assert_eq!(project.get("Cargo.toml"), "[workspace]\n");
}
