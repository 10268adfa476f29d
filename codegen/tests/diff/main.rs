//! `codegen diff` as people run it: what each side can be, what it writes, which code it ends with.

#![cfg(feature = "cli")]

#[path = "../check/copy.rs"]
mod copy;
#[path = "../program/mod.rs"]
mod program;
mod search_path;

use std::fs;
use std::path::Path;
use std::process::Command;

use codegen::scratch::{BIN_VARIABLE, Binaries, Server, script};
use program::Answer;
use tempfile::TempDir;

const BEFORE: &str = "CREATE TABLE parcel (id integer PRIMARY KEY, label text);\n";
const AFTER: &str = "CREATE TABLE parcel (id integer PRIMARY KEY, tag text);\nCREATE INDEX by_tag ON parcel (tag);\n";

/// A folder with `before.sql` and `after.sql`.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.put("before.sql", BEFORE);
        folder.put("after.sql", AFTER);
        folder
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.0.path().join(path)).unwrap()
    }

    fn diff(&self, arguments: &[&str]) -> Answer {
        answer(self.0.path(), arguments)
    }
}

fn binaries() -> Binaries {
    Binaries::find(None, &Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap()
}

fn answer(folder: &Path, arguments: &[&str]) -> Answer {
    let mut command = Command::new(env!("CARGO_BIN_EXE_codegen"));
    command.arg("diff").args(arguments).current_dir(folder).env(BIN_VARIABLE, binaries().bindir);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Answer { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn two_files_are_compared_and_the_way_up_is_printed() {
    let answer = Folder::new().diff(&["--from", "before.sql", "--to", "after.sql"]);
    assert_eq!(answer.code, 2, "{answer:?}");
    assert!(answer.out.contains("ALTER TABLE public.parcel DROP COLUMN label;"), "{answer:?}");
    assert!(answer.out.contains("column public.parcel.label: its values"), "the loss is not said: {answer:?}");
    assert!(answer.err.contains("--rename 'column:public.parcel.label=tag'"), "{answer:?}");
}

#[test]
fn equal_sides_need_nothing() {
    let answer = Folder::new().diff(&["--from", "after.sql", "--to", "after.sql"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(answer.out.contains("Nothing to do"), "{answer:?}");
}

#[test]
fn both_ways_are_written_and_run() {
    let folder = Folder::new();
    let answer = folder.diff(&["--from", "before.sql", "--to", "after.sql", "--up", "up.sql", "--down", "down.sql"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    folder.put("there.sql", &(BEFORE.to_owned() + &folder.text("up.sql")));
    assert_eq!(folder.diff(&["--from", "there.sql", "--to", "after.sql"]).code, 0);
    folder.put("back.sql", &(folder.text("there.sql") + &folder.text("down.sql")));
    assert_eq!(folder.diff(&["--from", "back.sql", "--to", "before.sql"]).code, 0);
}

#[test]
fn a_new_source_of_numbers_goes_on_behind_those_that_are_there() {
    let folder = Folder::new();
    folder.put("identity.sql", "CREATE TABLE parcel (id integer GENERATED ALWAYS AS IDENTITY, label text);");
    folder.put("serial.sql", "CREATE TABLE parcel (id serial, label text);");
    folder.put("plain.sql", "CREATE TABLE parcel (id integer NOT NULL, label text);");
    let server = Server::start(&binaries()).unwrap();
    for [from, to] in [["identity", "serial"], ["serial", "identity"], ["plain", "serial"], ["plain", "identity"]] {
        let sides = [format!("{from}.sql"), format!("{to}.sql")];
        let answer = folder.diff(&["--from", &sides[0], "--to", &sides[1], "--up", "up.sql"]);
        assert_eq!(answer.code, 0, "{answer:?}");
        let database = server.database().unwrap();
        let mut client = database.connect().unwrap();
        let rows = "INSERT INTO parcel (id, label) OVERRIDING SYSTEM VALUE VALUES (7, 'a'), (3, 'b');";
        client.batch_execute(&(folder.text(&sides[0]) + rows + &folder.text("up.sql"))).unwrap();
        let row = client.query_one("INSERT INTO parcel (label) VALUES ('c') RETURNING id", &[]).unwrap();
        assert_eq!(row.get::<_, i32>(0), 8, "from {from} to {to}");
    }
}

#[test]
fn a_rename_that_is_asked_for_keeps_the_values() {
    let answer =
        Folder::new().diff(&["--from", "before.sql", "--to", "after.sql", "--rename", "column:parcel.label=tag"]);
    assert!(answer.out.contains("ALTER TABLE public.parcel RENAME COLUMN label TO tag;"), "{answer:?}");
    assert!(!answer.out.contains("DROP"), "{answer:?}");
}

#[test]
fn a_rename_of_nothing_is_an_error() {
    let answer =
        Folder::new().diff(&["--from", "before.sql", "--to", "after.sql", "--rename", "column:parcel.lable=tag"]);
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.err.contains("column public.parcel.lable"), "{answer:?}");
}

/// A table that is partitioned by an enum with these values.
fn keyed(values: &str) -> String {
    format!("CREATE TYPE mood AS ENUM ({values}); CREATE TABLE days (mood mood) PARTITION BY LIST (mood);\n")
}

/// Three generations of tables with a column that is computed, or not.
fn computed(how: &str) -> String {
    format!(
        "CREATE TABLE a (n integer, m integer{how});\nCREATE TABLE b () INHERITS (a);\nCREATE TABLE c () INHERITS (b);\n"
    )
}

const EXPRESSION: &str = " GENERATED ALWAYS AS (n + 1) STORED";

#[test]
fn what_postgresql_can_not_change_is_refused_before_anything_is_written() {
    for (before, after, named) in [
        (keyed("'low', 'high'"), keyed("'high'"), "public.days.mood is part of the key"),
        (computed(EXPRESSION), computed(""), "public.a.m is computed in tables that inherit from tables that inherit"),
    ] {
        let folder = Folder::new();
        folder.put("before.sql", &before);
        folder.put("after.sql", &after);
        let answer = folder.diff(&["--from", "before.sql", "--to", "after.sql", "--up", "up.sql"]);
        assert_eq!(answer.code, 1, "{}", answer.err);
        assert!(answer.err.contains(named), "{}", answer.err);
        let exactly_back = ["--from", "after.sql", "--to", "before.sql", "--rollback", "exact", "--up", "up.sql"];
        let answer = folder.diff(&exactly_back);
        assert_eq!(answer.code, 1, "{}", answer.err);
        assert!(answer.err.contains(named), "{}", answer.err);
        assert!(!folder.0.path().join("up.sql").exists());
    }
}

#[test]
fn a_runnable_rollback_leaves_what_can_not_change_back_and_says_so() {
    for (before, after, left) in [
        (keyed("'high'"), keyed("'low', 'high'"), "enum public.mood: it stays as it is"),
        (computed(""), computed(EXPRESSION), "column public.a.m: it stays as it is"),
    ] {
        let folder = Folder::new();
        folder.put("before.sql", &(before + "CREATE TABLE gone (id integer);"));
        folder.put("after.sql", &after);
        let ways = ["--rollback", "runnable", "--up", "up.sql", "--down", "down.sql"];
        let answer = folder.diff(&[&["--from", "before.sql", "--to", "after.sql"], &ways[..]].concat());
        assert_eq!(answer.code, 0, "{}", answer.err);
        assert!(folder.text("down.sql").contains(left), "{}", folder.text("down.sql"));
        folder.put("back.sql", &(folder.text("before.sql") + &folder.text("up.sql") + &folder.text("down.sql")));
        folder.put("left.sql", &(after + "CREATE TABLE gone (id integer);"));
        let answer = folder.diff(&["--from", "back.sql", "--to", "left.sql"]);
        assert_eq!(answer.code, 0, "{answer:?}");
    }
}

#[test]
fn a_folder_of_migrations_is_its_ways_up_in_order() {
    let folder = Folder::new();
    folder.put("migrations/9_first.up.sql", BEFORE);
    folder.put("migrations/9_first.down.sql", "DROP TABLE nothing_like_that;");
    folder.put(
        "migrations/10_second.sql",
        "ALTER TABLE parcel RENAME label TO tag; CREATE INDEX CONCURRENTLY by_tag ON parcel (tag);",
    );
    let answer = folder.diff(&["--from", "migrations", "--to", "after.sql"]);
    assert_eq!(answer.code, 0, "{answer:?}");
}

#[test]
fn a_live_database_is_a_side_and_its_password_is_never_said() {
    let server = Server::start(&binaries()).unwrap();
    let database = script::load(&server, &[("before.sql".to_owned(), BEFORE.to_owned())]).unwrap();
    let url = database.url().replace("postgres@", "postgres:hush-hush@");
    let answer = Folder::new().diff(&["--from", &url, "--to", "after.sql", "--json"]);
    assert_eq!(answer.code, 2, "{answer:?}");
    let value: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    let changes = value["up"]["steps"].as_array().unwrap().iter().flat_map(|step| step["changes"].as_array().unwrap());
    let objects: Vec<&str> = changes.map(|change| change["object"].as_str().unwrap()).collect();
    assert_eq!(objects, ["column public.parcel.label", "column public.parcel.tag", "index public.by_tag"]);
    assert_eq!(value["unmodelled"], serde_json::json!({}));
    let gone = Folder::new().diff(&["--from", &format!("{url}_no_such"), "--to", "after.sql"]);
    assert_eq!(gone.code, 1, "{gone:?}");
    assert!(!format!("{answer:?}{gone:?}").contains("hush-hush"), "{answer:?}{gone:?}");
}

#[test]
fn the_declaration_and_its_history_are_compared_as_they_are_declared() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let answer = answer(&root, &["--from", "history:152", "--to", "declared"]);
    assert_eq!(answer.code, 2, "{answer:?}");
    assert!(answer.out.contains("DROP COLUMN external_cluster_id"), "{answer:?}");
}

#[test]
fn the_declaration_is_compared_with_sql_through_a_database() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let empty = Folder::new();
    empty.put("empty.sql", "");
    let script = empty.0.path().join("empty.sql");
    let built = answer(&root, &["--from", script.to_str().unwrap(), "--to", "declared"]);
    assert_eq!(built.code, 2, "{built:?}");
    empty.put("built.sql", &built.out);
    let script = empty.0.path().join("built.sql");
    let again = answer(&root, &["--from", script.to_str().unwrap(), "--to", "declared"]);
    assert_eq!(again.code, 0, "{again:?}");
}

#[test]
fn every_side_that_is_nothing_is_reported() {
    let answer = Folder::new().diff(&["--from", "befor.sql", "--to", "history:first"]);
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.err.contains("--from: `befor.sql` is neither"), "{answer:?}");
    assert!(answer.err.contains("--to: `first` is no number"), "{answer:?}");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let missing = self::answer(&root, &["--from", "history:7", "--to", "declared"]);
    assert_eq!(missing.code, 1, "{missing:?}");
    assert!(missing.err.contains("no entry 007 in the history; it has 152"), "{missing:?}");
}

#[test]
fn a_fault_in_a_file_is_named_by_its_line() {
    let folder = Folder::new();
    folder.put("bad.sql", "CREATE TABLE a (id integer);\n\n-- nothing\nCREATE TABEL b ();\n");
    let answer = folder.diff(&["--from", "bad.sql", "--to", "after.sql"]);
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.err.contains("bad.sql:4:"), "{answer:?}");
}

#[test]
fn nothing_is_written_where_it_can_not_be() {
    let folder = Folder::new();
    let answer =
        folder.diff(&["--from", "before.sql", "--to", "after.sql", "--up", "up.sql", "--down", "no/such/folder.sql"]);
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(!folder.0.path().join("up.sql").exists(), "one file was written, the other not");
}
