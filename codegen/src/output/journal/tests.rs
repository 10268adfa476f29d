//! Runs that stop at each point, without a process to kill.

use std::collections::BTreeSet;

use tempfile::TempDir;

use super::*;
use crate::output::{Artifact, Content, Mode, Owned, settle};

const PAGE: &str = "<!-- tablewright:begin r -->\nold\n<!-- tablewright:end r -->\n";

fn artifacts(word: &str) -> Vec<Artifact> {
    let whole = |path: &str| Artifact { path: path.into(), content: Content::Whole(word.to_owned()) };
    let region =
        Artifact { path: "page.md".into(), content: Content::Region { name: "r".to_owned(), text: word.to_owned() } };
    let only = format!("generated/{word}/only");
    vec![whole("generated/a"), whole("generated/b"), whole(&only), region]
}

fn owned() -> Owned {
    Owned { folders: vec!["generated".into()], except: Vec::new(), index: Some("generated/.index.json".into()) }
}

fn old_project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.md"), PAGE).unwrap();
    settle(folder.path(), artifacts("old"), &owned(), Mode::Write).unwrap();
    folder
}

/// The change from old to new, staged and not yet committed.
fn staged(root: &Path) -> (Places, Record) {
    let mut places = Places::new(root).unwrap();
    let survey = crate::output::survey(&mut places, artifacts("new"), &owned()).unwrap();
    let (removals, _) = crate::output::orphan::split(survey.orphans);
    let record = record::plan(places.root(), &survey.differences, removals);
    announce(places.root(), &record).unwrap();
    stage(places.root(), &record, &survey.differences).unwrap();
    (places, record)
}

fn drifts(root: &Path, word: &str) -> BTreeSet<DriftKind> {
    let report = settle(root, artifacts(word), &owned(), Mode::Check).unwrap();
    report.drifts.iter().map(|it| it.kind).collect()
}

#[test]
fn a_run_that_stopped_before_its_commit_is_undone() {
    let folder = old_project();
    staged(folder.path());
    assert_eq!(drifts(folder.path(), "old"), BTreeSet::from([DriftKind::Interrupted]));
    assert!(folder.path().join("generated/new").exists());
    let report = settle(folder.path(), artifacts("old"), &owned(), Mode::Write).unwrap();
    assert!(report.recovered && report.written.is_empty());
    assert!(!folder.path().join("generated/new").exists());
    assert_eq!(drifts(folder.path(), "old"), BTreeSet::new());
}

#[test]
fn a_run_that_stopped_after_its_commit_is_finished_from_every_point() {
    let steps = 6;
    for done in 0..=steps {
        let folder = old_project();
        let (mut places, record) = staged(folder.path());
        assert_eq!(record.moves.len() + record.removals.len(), steps);
        rename(places.root(), STAGING, JOURNAL).unwrap();
        for it in record.moves.iter().take(done) {
            assert!(finish_move(&mut places, it).unwrap());
        }
        for it in record.removals.iter().take(done.saturating_sub(record.moves.len())) {
            assert!(finish_removal(&mut places, it).unwrap());
        }
        for word in ["old", "new"] {
            let found = drifts(folder.path(), word);
            assert!(found.contains(&DriftKind::Interrupted), "{done} {word} {found:?}");
        }
        let report = settle(folder.path(), artifacts("new"), &owned(), Mode::Write).unwrap();
        assert!(report.recovered && report.written.is_empty(), "{report:?}");
        assert_eq!(drifts(folder.path(), "new"), BTreeSet::new());
        assert!(!folder.path().join("generated/old").exists());
    }
}

#[test]
fn an_edit_between_the_stop_and_the_next_run_is_kept() {
    let folder = old_project();
    let (places, _) = staged(folder.path());
    rename(places.root(), STAGING, JOURNAL).unwrap();
    let page = folder.path().join("page.md");
    fs::write(&page, format!("a new sentence\n{PAGE}")).unwrap();
    settle(folder.path(), artifacts("new"), &owned(), Mode::Write).unwrap();
    let want = format!("a new sentence\n{}", PAGE.replace("old", "new"));
    assert_eq!(fs::read_to_string(page).unwrap(), want);
    assert_eq!(drifts(folder.path(), "new"), BTreeSet::new());
}

#[test]
fn a_record_that_reaches_outside_or_is_damaged_is_refused() {
    let outside = r#"{"folders":[],"removals":[],
        "moves":[{"staged":"s","target":"../victim","before":null}]}"#;
    for text in ["", "{", outside] {
        let folder = old_project();
        fs::write(folder.path().join(JOURNAL), text).unwrap();
        let errors = settle(folder.path(), artifacts("new"), &owned(), Mode::Write).unwrap_err();
        assert!(errors[0].what.contains("damaged"), "{errors:?}");
        assert_eq!(fs::read_to_string(folder.path().join("generated/a")).unwrap(), "old");
    }
}
