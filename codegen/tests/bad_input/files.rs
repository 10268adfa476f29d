//! Folders and files that are not what they should be.

use std::os::unix::fs::symlink;

use super::*;

const A: (&str, &str) = ("schema/src/a.rs", TABLE);

fn open() -> Project {
    Project::new(&[A, ("schema/src/m.rs", &intent(1, "one", ""))])
}

#[test]
fn a_project_without_a_declaration_says_what_to_do() {
    let empty = Project::new(&[]);
    empty.refused(&[], 1, &["there is no Rust file in", "schema/src; declare a table there"]);
    fs::create_dir_all(empty.root().join("schema/src")).unwrap();
    empty.refused(&[], 1, &["there is no Rust file in"]);
    Project::new(&[("schema/src/a.rs", "pub struct A;\n")]).refused(
        &[],
        1,
        &["schema/src/a.rs:1:1", "declare no table"],
    );
    Project::new(&[("schema", "x")]).refused(&[], 1, &["can't read", "Not a directory"]);
}

#[test]
fn a_root_that_is_not_there_is_named() {
    let nowhere = Command::new(env!("CARGO_BIN_EXE_codegen")).args(["--root", "nowhere"]).output().unwrap();
    let run = Run::of(&nowhere);
    assert!(run.code == 1 && run.text.contains("there is no folder nowhere"), "{}", run.text);
}

#[test]
fn bytes_that_are_no_text_have_a_place() {
    let project = Project::new(&[A]);
    project.put("schema/src/b.rs", b"use x;\n/// \xff\n");
    project.refused(&[], 1, &["schema/src/b.rs:2:5: this is not UTF-8 text"]);
}

#[test]
fn output_folders_that_cannot_be_written_are_named() {
    let project = open();
    project.put("generated/migrations", "x");
    project.refused(&[], 1, &["generated/migrations: a file stands where a folder is needed"]);
    let project = open();
    project.put("generated", "x");
    project.refused(&[], 1, &["generated: a file stands where a folder is needed"]);
    // The kernel lets nobody make files in /proc, not even root.
    let project = open();
    symlink("/proc/sys", project.root().join("generated")).unwrap();
    let run = project.run(&[]);
    assert!(run.code == 1 && run.text.contains("generated: the symbolic link leaves"), "{}", run.text);
}

#[test]
fn a_full_disk_changes_nothing() {
    let project = open();
    project.put("schema/src/m.rs", intent(1, "one", "").replace("A reason", &"A reason. ".repeat(20_000)));
    let before = project.everything();
    let line = "trap '' XFSZ; ulimit -f 64; exec \"$0\" --root \"$1\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", line, env!("CARGO_BIN_EXE_codegen"), project.root().to_str().unwrap()]);
    let run = Run::of(&shell.output().unwrap());
    assert!(run.code == 1 && run.text.contains("free some space"), "{}", run.text);
    assert_eq!(before, project.everything());
}

#[test]
fn an_interrupted_run_is_said_and_finished() {
    let project = open();
    project.done(&[]);
    project.put(".tablewright-draft", "{");
    project.refused(&["check"], 2, &[".tablewright-draft"]);
    project.done(&[]);
    assert!(!project.root().join(".tablewright-draft").exists());
    project.put(".tablewright-journal", "{");
    project.refused(&[], 1, &[".tablewright-journal"]);
}

#[test]
fn a_region_without_an_end_is_shown() {
    let document =
        "pub const D: Document = Document { path: \"page.md\", tables: exports![Note], regions: &[Region::Tables] };\n";
    let project = open();
    project.put("schema/src/d.rs", document);
    project.put("page.md", "# Page\n\n  <!-- tablewright:begin tables -->\ntext\n");
    project.refused(&[], 1, &["page.md:3:3", "region `tables` has no end marker", "<!-- tablewright:end tables -->"]);
    project.refused(&["check"], 1, &["page.md:3:3"]);
}
