//! What `lint` says of files that people write, by their text alone and where the schema is known: `lint/hazards.sql` and
//! `lint/harmless.sql`.
//!
//! `TABLEWRIGHT_PG_MAJORS=14,16` chooses the majors. Each case goes to two of them, or to all of them if
//! `TABLEWRIGHT_EVERY_MAJOR` is set.

#![cfg(feature = "database")]

#[path = "cases/case.rs"]
#[allow(dead_code, reason = "only the root is needed here")]
mod case;
#[path = "cases/servers.rs"]
mod servers;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::{Command, Output};

use codegen::lint::written::{Text, WRITTEN, Written, traced, written};
use codegen::lint::{Level, rules};
use codegen::proof::{self, Start};
use codegen::scratch::Server;

const SCHEMA: &str = include_str!("lint/schema.sql");
const HAZARDS: &str = include_str!("lint/hazards.sql");
const HARMLESS: &str = include_str!("lint/harmless.sql");

#[test]
fn hazards_are_named() {
    let servers = servers::start();
    let mut faults = Vec::new();
    for case in HAZARDS.split("\n\n").filter(|case| !case.starts_with("-- Statements")) {
        let lines = |word: &str| {
            let rules = case.lines().filter_map(|line| line.strip_prefix(&format!("-- {word}: ")));
            rules.flat_map(|line| line.split(", ")).map(str::to_owned).collect::<BTreeSet<_>>()
        };
        let (both, text, known) = (lines("both"), lines("text"), lines("known"));
        let all: Vec<&String> = both.iter().chain(&text).chain(&known).collect();
        assert!(!all.is_empty() && all.iter().all(|rule| is_rule(rule)), "{case}");
        let mut expect = |place: String, wanted: BTreeSet<String>, unwanted: BTreeSet<String>, found: Written| {
            let found: BTreeSet<String> = names(found);
            let missing: Vec<_> = wanted.difference(&found).collect();
            let more: Vec<_> = unwanted.intersection(&found).collect();
            if !missing.is_empty() || !more.is_empty() {
                faults.push(format!("{place}: lacks {missing:?}, has {more:?}, of {found:?}\n{case}\n"));
            }
        };
        expect("text".into(), &both | &text, BTreeSet::new(), by_text(case));
        for server in servers::two_in_turn(&servers, case, |_| true) {
            let place = format!("PostgreSQL {}", server.version());
            expect(place, &both | &known, lines("not"), with_schema(server, case));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn of_what_is_harmless_nothing_is_said() {
    let servers = servers::start();
    let mut faults = Vec::new();
    for case in HARMLESS.split("-- file: ").skip(1) {
        let (name, text) = case.split_once('\n').unwrap();
        let mut silent = |place: &str, found: Written| {
            let said: Vec<String> = found
                .hazards
                .iter()
                .map(|it| format!("{} {}: {}", it.hazard.rule, it.hazard.object, it.hazard.what))
                .collect();
            let said: Vec<String> = said.into_iter().chain(found.faults).collect();
            if !said.is_empty() {
                faults.push(format!("{name}: {place}: {}", said.join("; ")));
            }
        };
        silent("text", by_text(text));
        for server in servers::two_in_turn(&servers, case, |_| true) {
            silent(&format!("PostgreSQL {}", server.version()), with_schema(server, text));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The rules that only files can break are all tried.
#[test]
fn each_rule_of_files_has_a_case() {
    let named = |rule: &str| HAZARDS.lines().any(|line| line.starts_with("-- ") && line.contains(rule));
    let lacking: Vec<&str> = WRITTEN.iter().map(|rule| rule.id).filter(|rule| !named(rule)).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
}

#[test]
fn hazards_stand_at_the_line_of_the_file_with_the_locks_that_were_measured() {
    let schema = file("known schema", SCHEMA);
    let text = "SET lock_timeout = '1s';\n-- a comment\nALTER TABLE t\n  DROP CONSTRAINT t_p;\n\nDROP TABLE\n  pt;\n";
    let output = lint(&["--format", "json", "--from", &schema, &file("known", text)]);
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let hazards = told["hazards"].as_array().unwrap();
    let of = |rule: &str| hazards.iter().find(|it| it["rule"] == rule).unwrap_or_else(|| panic!("{rule}: {told:#}"));
    let key = of("foreign-key-drop-locks-referenced");
    assert_eq!((&key["line"], &key["column"]), (&3.into(), &1.into()), "{key:#}");
    let locks: BTreeMap<&str, &str> = key["locks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["table"].as_str().unwrap(), it["mode"].as_str().unwrap()))
        .collect();
    let both = [("table public.p", "ACCESS_EXCLUSIVE"), ("table public.t", "ACCESS_EXCLUSIVE")];
    assert_eq!(locks, BTreeMap::from(both), "{key:#}");
    assert_eq!(of("table-dropped")["line"], 6);
    assert!(hazards.iter().any(|it| it["object"] == "table public.pt_1" && it["rule"] == "table-dropped"), "{told:#}");
}

#[test]
fn a_live_database_is_read_and_left_as_it_is() {
    let server = servers::start().pop().unwrap();
    let database = codegen::scratch::script::load(&server, &[("schema".into(), SCHEMA.into())]).unwrap();
    let output = lint(&[
        "--database-url",
        &database.url(),
        &file("live", "DROP TABLE t CASCADE;\nALTER TABLE p ADD x positive;\n"),
    ]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(3), "{told}{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains("table-dropped") && told.contains("domain-column-rewrites"), "{told}");
    let mut client = database.connect().unwrap();
    assert_eq!(client.query_one("SELECT count(*) FROM pg_class WHERE relname = 't'", &[]).unwrap().get::<_, i64>(0), 1);
}

#[test]
fn what_can_not_be_started_from_is_said() {
    let text = file("start", "SELECT 1;\n");
    let broken = file("broken schema", "CREATE TABLE a (;\n");
    for (arguments, says) in [
        (vec!["--from", "nowhere.sql", &text], "--from: `nowhere.sql` is neither"),
        (vec!["--from", &broken, &text], "broken schema"),
        (vec!["--from", &broken], "required"),
    ] {
        let output = lint(&arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() != Some(0) && said.contains(says), "{arguments:?}: {said}");
    }
}

fn is_rule(id: &str) -> bool {
    rules().chain(WRITTEN).any(|rule| rule.id == id)
}

fn by_text(text: &str) -> Written {
    written(&Text { name: "case", text })
}

fn with_schema(server: &Server, text: &str) -> Written {
    let start = Start::Texts(vec![("schema".to_owned(), SCHEMA.to_owned())]);
    traced(&Text { name: "case", text }, &proof::trace(server, &start, text).unwrap())
}

fn names(found: Written) -> BTreeSet<String> {
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    assert!(
        found.hazards.iter().all(|it| it.hazard.level >= Level::Note && !it.range.is_empty()),
        "{:?}",
        found.hazards
    );
    found.hazards.into_iter().map(|it| it.hazard.rule.to_owned()).collect()
}

fn file(name: &str, text: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("lint files");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{name}.sql"));
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

fn lint(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_codegen"));
    command.current_dir(case::root()).env_remove("GITHUB_ACTIONS").arg("lint").args(arguments).output().unwrap()
}
