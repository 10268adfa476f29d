//! Runs that are refused before anything changes.

use std::fs;
use std::os::unix::fs::symlink;

use super::*;

#[test]
fn paths_that_leave_the_project_are_refused() {
    let project = Project::new();
    let bad = ["../a", "/etc/a", "a/../../b", "./a", "", "a\\b", "a\nb"];
    let artifacts = bad.map(|path| whole(path, "x"));
    let errors = project.refused(&artifacts);
    assert_eq!(errors.len(), bad.len(), "{errors:#?}");
    assert!(errors.iter().all(|it| it.contains("not a path inside the project")));
    assert!(errors.iter().any(|it| it.starts_with("a\\nb: ")), "{errors:#?}");
}

#[test]
fn links_that_leave_the_project_are_refused() {
    let project = Project::new();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("a.sql"), "old").unwrap();
    symlink(outside.path(), project.root().join("folder")).unwrap();
    symlink(outside.path().join("a.sql"), project.root().join("file.sql")).unwrap();
    symlink("nowhere", project.root().join("dangling.sql")).unwrap();
    let paths = ["folder/a.sql", "file.sql", "dangling.sql"];
    let errors = project.refused(&paths.map(|path| whole(path, "new")));
    assert_eq!(errors.len(), 3, "{errors:#?}");
    assert!(errors[0].starts_with("dangling.sql: cannot follow the symbolic link"), "{errors:#?}");
    assert!(errors[1].starts_with("file.sql: the symbolic link leaves"), "{errors:#?}");
    assert!(errors[2].starts_with("folder: the symbolic link leaves"), "{errors:#?}");
    assert_eq!(fs::read_to_string(outside.path().join("a.sql")).unwrap(), "old");
}

#[test]
fn artifacts_that_contradict_each_other_are_refused() {
    let project = Project::new();
    let twice = project.refused(&[whole("a", "1"), whole("a", "1")]);
    assert_one(&twice, &["a: two artifacts fill the file"]);
    let both = project.refused(&[whole("a", "1"), region("a", "r", "1")]);
    assert_one(&both, &["a: two artifacts fill region `r` or the file"]);
    let regions = project.refused(&[region("a", "r", "1"), region("a", "r", "2")]);
    assert_one(&regions, &["two artifacts fill region `r`"]);
    let below = project.refused(&[whole("a", "1"), whole("a/b/c", "2")]);
    assert_one(&below, &["a/b/c: a is a file of this run, not a folder"]);
}

#[test]
fn something_in_the_way_is_named() {
    let project = Project::new();
    project.put("generated/file", "x");
    project.put("generated/folder/x", "x");
    let errors = project.refused(&[whole("generated/file/a", "1"), whole("generated/folder", "2")]);
    assert_eq!(errors.len(), 2, "{errors:#?}");
    assert!(errors[0].starts_with("generated/file: a file stands where a folder is needed"));
    assert!(errors[1].starts_with("generated/folder: no regular file stands there"));
}

#[test]
fn a_root_that_does_not_exist_is_named() {
    let project = Project::new();
    let root = project.root().join("nowhere");
    let errors = settle(&root, Vec::new(), &project.owned, Mode::Write).unwrap_err();
    assert!(errors[0].what.starts_with("cannot find the project folder"), "{errors:?}");
}

/// The kernel refuses to make files in /proc, for root too: the folder that nobody can write to.
#[test]
fn a_folder_that_cannot_be_written_to_is_named() {
    let owned = Owned::default();
    let artifacts = vec![whole("tablewright.sql", "x")];
    let errors = settle(Path::new("/proc"), artifacts, &owned, Mode::Write).unwrap_err();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].what.starts_with("cannot write the record"), "{errors:?}");
}
