//! The history door: what is written is read, and forks and edits are named.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use codegen::model::Schema;
use codegen::read::history::{Entry, History, HistoryFault, entry_text, history, text_hash};
use codegen::read::{Sources, declared};

fn schema(columns: &str) -> Schema {
    let text = format!("/// It's \"odd\"\n#[derive(Table)] struct A {{ {columns} }}");
    declared(&Sources::of([("schema/src/a.rs", text.as_str())])).unwrap().schema
}

fn seal(root: &Path, number: u32, name: &str, before: &Schema, after: &Schema) -> Entry {
    let files = BTreeMap::from([("a.sql".to_owned(), text_hash("a.sql", "SELECT 1;"))]);
    let entry = Entry::of(number, name, before, after, files);
    fs::create_dir_all(root.join("schema/history")).unwrap();
    fs::write(root.join(entry.path()), entry_text(&entry)).unwrap();
    entry
}

fn faults(read: Result<History, Vec<HistoryFault>>) -> Vec<String> {
    read.err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn a_project_without_history_starts_from_nothing() {
    let root = tempfile::tempdir().unwrap();
    let read = history(root.path()).unwrap();
    assert!(read.last().is_none() && read.schema().is_empty());
}

#[test]
fn what_was_sealed_is_read_back() {
    let root = tempfile::tempdir().unwrap();
    let (first, second) = (schema("id: Uuid"), schema("id: Uuid, name: Option<Text>"));
    seal(root.path(), 7, "first", &Schema::default(), &first);
    let last = seal(root.path(), 12, "second", &first, &second);
    let read = history(root.path()).unwrap();
    assert_eq!(read.last(), Some(&last));
    assert_eq!(read.schema().hash(), second.hash());
    assert_eq!(read.sealed.iter().map(|it| it.number).collect::<Vec<_>>(), [7, 12]);
}

#[test]
fn an_entry_has_one_object_per_line() {
    let entry = Entry::of(7, "first", &Schema::default(), &schema("id: Uuid"), BTreeMap::new());
    let lines: Vec<String> = entry_text(&entry).lines().map(str::to_owned).collect();
    assert_eq!(lines[1..3], ["  \"number\": 7,", "  \"name\": \"first\","]);
    assert_eq!(lines[5..7], ["  \"files\": {},", "  \"objects\": ["]);
    assert!(lines[7].starts_with("    {\"kind\":\"table\"") && lines[7].ends_with("},"), "{}", lines[7]);
    assert_eq!(lines.len(), 7 + entry.objects.len() + 2);
}

#[test]
fn forks_name_both_branches() {
    let root = tempfile::tempdir().unwrap();
    let (first, a, b) = (schema("id: Uuid"), schema("id: Uuid, a: Text"), schema("id: Uuid, b: Text"));
    seal(root.path(), 1, "first", &Schema::default(), &first);
    seal(root.path(), 2, "a", &first, &a);
    seal(root.path(), 3, "b", &first, &b);
    assert_eq!(
        faults(history(root.path())),
        ["schema/history/003_b.json: 3 `b` follows 1 `first`, and not 2 `a`: these are two branches; \
         keep the one that ran first; of the other, remove schema/history/003_b.json, give its intent the next number, \
         generate and seal it anew"]
    );
    fs::remove_file(root.path().join("schema/history/003_b.json")).unwrap();
    seal(root.path(), 2, "b", &first, &b);
    assert_eq!(
        faults(history(root.path())),
        ["schema/history/002_b.json: two branches made a migration 2: `a` and `b`, and both follow the same schema; \
         keep the one that ran first; of the other, remove schema/history/002_b.json, give its intent the next number, \
         generate and seal it anew"]
    );
}

#[test]
fn edited_files_are_named() {
    let root = tempfile::tempdir().unwrap();
    let entry = seal(root.path(), 1, "first", &Schema::default(), &schema("id: Uuid"));
    let path = root.path().join(entry.path());
    let text = fs::read_to_string(&path).unwrap();
    let cases = [
        (
            text.replace("uuid", "text"),
            "schema/history/001_first.json: it was changed after it was sealed: its objects have",
        ),
        (
            text.replace("\"kind\":\"table\"", "\"kind\":\"tabel\""),
            "this is not a history entry: unknown variant `tabel`",
        ),
        (text[..text.len() / 2].to_owned(), "this is not a history entry: EOF"),
        (
            text.replace("\"number\": 1,", "\"number\": 2,"),
            "schema/history/001_first.json: it holds migration 2 `first`; rename it to schema/history/002_first.json",
        ),
        (text.replace("\"files\"", "\"fils\""), "this is not a history entry: unknown field `fils`"),
    ];
    for (edited, expected) in cases {
        fs::write(&path, edited).unwrap();
        let faults = faults(history(root.path()));
        assert!(
            faults.len() == 1
                && faults[0].starts_with("schema/history/001_first.json:")
                && faults[0].contains(expected),
            "{faults:#?}\n{expected}"
        );
    }
}

#[test]
fn a_hash_knows_no_line_ends_and_no_comments() {
    let hash = text_hash("a.sql", "SELECT 1;\nSELECT 2;\n");
    assert_eq!(hash, text_hash("a.sql", "-- why\r\nSELECT 1;  \r\n  -- because\nSELECT 2;"));
    assert_ne!(hash, text_hash("a.sql", "SELECT 1;\nSELECT 3;\n"));
    assert_ne!(text_hash("a.md", "-- a\nb"), text_hash("a.md", "b"));
}
