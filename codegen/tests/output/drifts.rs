//! What a check says, to people and to GitHub.

use codegen::output::{DriftKind, github_annotation};

use super::*;

fn drift(old: &str, new: &str) -> Drift {
    let project = Project::new();
    project.write(&[whole("generated/a.sql", new)]);
    project.put("generated/a.sql", old);
    project.check(&[whole("generated/a.sql", new)]).remove(0)
}

#[test]
fn a_drift_is_a_unified_diff_with_its_first_line() {
    let old = "1\n2\n3\n4\n5\nx\n7\n8\n9\n10\n11";
    let new = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n";
    let drift = drift(old, new);
    let want = "--- a/generated/a.sql\n+++ b/generated/a.sql\n@@ -3,9 +3,9 @@\n 3\n 4\n 5\n-x\n+6\n 7\n 8\n 9\n 10\n\
                -11\n\\ No newline at end of file\n+11\n";
    assert_eq!(drift.diff, want);
    assert_eq!((drift.kind, drift.line), (DriftKind::Stale, 6));
    assert_eq!(drift.to_string(), "generated/a.sql:6: is stale; run `cargo run -p codegen`");
}

#[test]
fn a_missing_file_is_a_diff_from_nothing() {
    let project = Project::new();
    let drifts = project.check(&[whole("generated/a.sql", "a\nb\n")]);
    let want = "--- /dev/null\n+++ b/generated/a.sql\n@@ -0,0 +1,2 @@\n+a\n+b\n";
    assert_eq!(drifts[1].diff, want);
}

#[test]
fn a_huge_diff_is_cut_and_quick() {
    let lines = |word: &str| (0..200_000).map(|n| format!("{word} {n}\n")).collect::<String>();
    let drift = drift(&lines("old"), &lines("new"));
    assert!(drift.diff.lines().count() < 500, "{}", drift.diff.lines().count());
    assert!(drift.diff.contains("more lines"), "{}", &drift.diff[drift.diff.len() - 99..]);

    let late = format!("{}x\n", lines("same"));
    let drift = self::drift(&late, &lines("same"));
    assert!(drift.diff.contains("@@ -199998,4 +199998,3 @@\n"), "{}", drift.diff);
    assert_eq!(drift.line, 200_001);
}

#[test]
fn a_binary_file_is_only_named() {
    let project = Project::new();
    project.put("generated/a.sql", b"\xff\xfe\0");
    let drifts = project.check(&[whole("generated/a.sql", "a\n")]);
    assert_eq!(drifts[1].diff, "Binary files a/generated/a.sql and b/generated/a.sql differ\n");
}

#[test]
fn an_annotation_is_escaped() {
    let drift = Drift { path: "gen,e:r%a\r\n.sql".into(), kind: DriftKind::Missing, diff: String::new(), line: 7 };
    let want = "::error file=gen%2Ce%3Ar%25a%0D%0A.sql,line=7::\
                gen,e:r%25a%0D%0A.sql is missing; run `cargo run -p codegen`";
    assert_eq!(github_annotation(&drift), want);
}

#[test]
fn a_check_finds_every_edit_by_one_byte_and_every_deletion() {
    let project = Project::new();
    let artifacts = ["generated/a", "generated/b", "generated/c"].map(|path| whole(path, "text\n"));
    project.write(&artifacts);
    project.put("generated/a", "texT\n");
    std::fs::remove_file(project.root().join("generated/b")).unwrap();
    project.put("generated/c", "text");
    let want = [
        ("generated/a".to_owned(), DriftKind::Stale),
        ("generated/b".to_owned(), DriftKind::Missing),
        ("generated/c".to_owned(), DriftKind::Stale),
    ];
    assert_eq!(kinds(&project.check(&artifacts)), want);
}
