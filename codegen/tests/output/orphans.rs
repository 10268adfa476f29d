//! Files that no artifact fills any more, and files of strangers.

use std::fs;

use codegen::output::DriftKind;

use super::*;

#[test]
fn an_orphan_of_ours_is_removed_with_its_empty_folders() {
    let project = Project::new();
    let kept = whole("generated/kept.sql", "k");
    project.write(&[kept.clone(), whole("generated/deep/er/gone.sql", "g\n"), whole("notices/gone.md", "n")]);

    let drifts = project.check(std::slice::from_ref(&kept));
    let gone = ("generated/deep/er/gone.sql".to_owned(), DriftKind::Orphaned);
    let notice = ("notices/gone.md".to_owned(), DriftKind::Orphaned);
    assert_eq!(kinds(&drifts)[1..], [gone, notice], "after the index");
    assert!(drifts[1].diff.contains("+++ /dev/null\n@@ -1 +0,0 @@\n-g\n"), "{}", drifts[1].diff);

    let report = project.write(std::slice::from_ref(&kept));
    assert_eq!(report.removed.len(), 2);
    assert_eq!(report.drifts, []);
    assert!(!project.exists("generated/deep") && !project.exists("notices"));
    assert_eq!(project.check(&[kept]), []);
}

#[test]
fn an_orphan_that_was_edited_stays_and_is_reported_on_every_run() {
    let project = Project::new();
    project.write(&[whole("generated/a.sql", "a"), whole("out/b.sql", "b")]);
    project.put("generated/a.sql", "edited");
    project.put("out/b.sql", "edited");
    for _ in 0..2 {
        let report = project.write(&[]);
        let left = ["generated/a.sql", "out/b.sql"].map(|it| (it.to_owned(), DriftKind::EditedOrphan));
        assert_eq!(kinds(&report.drifts), left);
        assert_eq!(report.removed, Vec::<PathBuf>::new());
        assert_eq!(kinds(&project.check(&[])), left);
    }
    assert_eq!(project.get("out/b.sql"), "edited");
}

#[test]
fn a_strangers_file_is_reported_and_never_removed() {
    let project = Project::new();
    let ours = [whole("generated/a.sql", "a")];
    project.write(&ours);
    project.put("generated/sub/mine.txt", "mine");
    project.put("generated/sub/excepted/mine.txt", "mine");
    project.put("generated/.gitkeep", "");
    let owned = Owned { except: vec!["generated/sub/excepted".into()], ..project.owned.clone() };
    let project = Project { owned, ..project };
    let stranger = [("generated/sub/mine.txt".to_owned(), DriftKind::Foreign)];
    assert_eq!(kinds(&project.check(&ours)), stranger);
    let report = project.write(&ours);
    assert_eq!(kinds(&report.drifts), stranger);
    assert_eq!(report.written, Vec::<PathBuf>::new());
    assert!(project.exists("generated/sub/mine.txt"));
}

#[test]
fn a_damaged_index_removes_nothing() {
    let project = Project::new();
    project.write(&[whole("generated/a.sql", "a"), whole("generated/b.sql", "b")]);
    let index = project.get("generated/.tablewright.json");
    project.put("generated/.tablewright.json", format!("<<<<<<< ours\n{index}"));
    let report = project.write(&[whole("generated/a.sql", "a")]);
    assert_eq!(kinds(&report.drifts), [("generated/b.sql".to_owned(), DriftKind::Foreign)]);
    assert!(project.exists("generated/b.sql"));
}

#[test]
fn an_index_that_names_files_outside_removes_nothing() {
    let project = Project::new();
    let outside = tempfile::tempdir().unwrap();
    let victim = outside.path().join("victim");
    fs::write(&victim, "a").unwrap();
    project.write(&[whole("generated/a.sql", "a")]);
    let index = project.get("generated/.tablewright.json");
    let forged = index.replace("generated/a.sql", victim.to_str().unwrap());
    project.put("generated/.tablewright.json", forged);
    project.write(&[whole("generated/a.sql", "a")]);
    assert!(victim.exists());
}
