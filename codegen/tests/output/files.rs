//! Whole files.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::PathBuf;

use codegen::output::{DriftKind, Mode, settle};

use super::*;

#[test]
fn writes_what_is_missing_or_stale() {
    let project = Project::new();
    project.put("generated/b.sql", "old");
    let artifacts = [whole("generated/a/b/c.sql", "c\n"), whole("generated/b.sql", "new")];

    let drifts = project.check(&artifacts);
    let index = ("generated/.tablewright.json".to_owned(), DriftKind::Missing);
    let missing = ("generated/a/b/c.sql".to_owned(), DriftKind::Missing);
    let stale = ("generated/b.sql".to_owned(), DriftKind::Stale);
    assert_eq!(kinds(&drifts), [index, missing, stale]);

    let report = project.write(&artifacts);
    assert_eq!(report.written.len(), 3);
    assert_eq!(project.get("generated/a/b/c.sql"), "c\n");
    assert_eq!(project.get("generated/b.sql"), "new");
    assert_eq!(project.check(&artifacts), []);
}

#[test]
fn a_second_run_writes_nothing() {
    let project = Project::new();
    let artifacts = [whole("generated/a.sql", "a"), whole("generated/b.sql", "b")];
    project.write(&artifacts);
    let stamps = || {
        let paths = project.everything().into_iter().map(|(path, _)| path);
        let paths = paths.chain([project.root().to_owned()]);
        let stamp = |path: PathBuf| {
            let it = fs::metadata(&path).unwrap();
            (path, it.ino(), it.ctime(), it.ctime_nsec())
        };
        paths.map(stamp).collect::<Vec<_>>()
    };
    let before = stamps();
    let report = project.write(&artifacts);
    assert_eq!(before, stamps());
    assert_eq!((report.written.len(), report.unchanged), (0, 3));
}

#[test]
fn the_index_is_sorted_and_the_same_for_the_same_artifacts() {
    let (one, other) = (Project::new(), Project::new());
    let mut artifacts = vec![whole("generated/b", "2"), whole("generated/a", "1")];
    one.write(&artifacts);
    artifacts.reverse();
    other.write(&artifacts);
    let index = one.get("generated/.tablewright.json");
    assert_eq!(index, other.get("generated/.tablewright.json"));
    let a = "\"generated/a\": \"6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b\"";
    assert!(index.contains(a) && index.find(a) < index.find("generated/b"), "{index}");
}

#[test]
fn keeps_the_permissions_of_a_file() {
    let project = Project::new();
    project.put("generated/run.sh", "old");
    let file = project.root().join("generated/run.sh");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o751)).unwrap();
    project.write(&[whole("generated/run.sh", "new")]);
    assert_eq!(project.get("generated/run.sh"), "new");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o751);
}

#[test]
fn writes_through_a_link_that_stays_inside() {
    let project = Project::new();
    project.put("real/a.sql", "old");
    fs::create_dir(project.root().join("generated")).unwrap();
    symlink("../real/a.sql", project.root().join("generated/a.sql")).unwrap();
    symlink("real", project.root().join("linked")).unwrap();
    let artifacts = [whole("generated/a.sql", "new"), whole("linked/b.sql", "b")];
    project.write(&artifacts);
    assert_eq!(project.get("real/a.sql"), "new");
    assert_eq!(project.get("real/b.sql"), "b");
    assert!(project.root().join("generated/a.sql").is_symlink());
    assert_eq!(project.check(&artifacts), []);
}

#[test]
fn two_artifacts_of_one_file_through_a_link_are_refused() {
    let project = Project::new();
    project.put("real/a.sql", "old");
    symlink("real", project.root().join("linked")).unwrap();
    project.write(&[]);
    let errors = project.refused(&[whole("linked/b", "1"), whole("real/b", "2")]);
    assert_one(&errors, &["real/b: ", "symbolic link"]);
}

#[test]
fn runs_at_once_take_turns() {
    let project = Project::new();
    let files = |text: &str| -> Vec<_> { (0..40).map(|n| whole(&format!("generated/{n}"), text)).collect() };
    std::thread::scope(|scope| {
        for round in 0..8 {
            let (project, files) = (&project, files(&round.to_string()));
            scope.spawn(move || {
                settle(project.root(), files, &project.owned, Mode::Write).unwrap();
            });
        }
    });
    let text = project.get("generated/0");
    assert_eq!(project.check(&files(&text)), []);
}

#[test]
fn a_file_that_no_run_wrote_is_not_overwritten_outside_the_owned_folders() {
    let project = Project::new();
    project.put("src/types.ts", "by hand");
    let artifacts = [whole("src/types.ts", "generated")];
    let errors = project.refused(&artifacts);
    assert_one(&errors, &["src/types.ts: ", "not written by an earlier run", "move it away"]);

    fs::remove_file(project.root().join("src/types.ts")).unwrap();
    project.write(&artifacts);
    project.write(&[whole("src/types.ts", "again")]);
    assert_eq!(project.get("src/types.ts"), "again");
}
