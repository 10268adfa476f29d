//! `lint`: what it says of files that are written by hand, in every format, and the page about the rules.

#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use codegen::lint::written::WRITTEN;
use codegen::lint::{Group, Rule, rules};
use serde_json::Value;

const WRITTEN_SQL: &str = "codegen/tests/lint/written.sql";

#[test]
fn a_file_is_told_to_people_and_machines() {
    for format in ["text", "github", "json"] {
        let output = lint(&["--format", format, WRITTEN_SQL]);
        assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.bind(|| insta::assert_snapshot!(format!("lint_{format}"), stdout(&output)));
    }
}

#[test]
fn sarif_has_what_its_schema_asks_for() {
    let output = lint(&["--format", "sarif", WRITTEN_SQL]);
    let log: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().contains("sarif-2.1.0"));
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "tablewright");
    let known: Vec<&str> =
        driver["rules"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(known.len(), rules().count() + WRITTEN.len());
    let results = run["results"].as_array().unwrap();
    assert!(results.len() > 20, "{}", results.len());
    for result in results {
        assert!(known.contains(&result["ruleId"].as_str().unwrap()), "{result}");
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()), "{result}");
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], WRITTEN_SQL);
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1, "{result}");
        assert!(place["region"]["startColumn"].as_u64().unwrap() >= 1, "{result}");
    }
    let accepted = results.iter().find(|it| it["ruleId"] == "drop-cascade").unwrap();
    assert_eq!(accepted["suppressions"][0]["kind"], "inSource");
}

#[test]
fn sarif_is_valid_by_the_schema_of_the_standard() {
    let validator = jsonschema::validator_for(&sarif_schema()).unwrap();
    let faults = |log: &Value| -> Vec<String> {
        validator.iter_errors(log).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
    };
    let odd = written("odd, 100% \u{fc}: name", "-- \u{fc}\nDELETE FROM \"a\nb\";\n");
    let silent = written("silent", "SELECT 1;\n");
    for file in [WRITTEN_SQL, &odd, &silent] {
        let output = lint(&["--format", "sarif", file]);
        let log: Value = serde_json::from_str(&stdout(&output)).unwrap();
        assert_eq!(faults(&log), Vec::<String>::new(), "{file}");
    }
    // The schema does refuse.
    let mut log: Value = serde_json::from_str(&stdout(&lint(&["--format", "sarif", WRITTEN_SQL]))).unwrap();
    log["runs"][0]["results"][0]["level"] = "fatal".into();
    log["runs"][0]["tool"]["driver"].as_object_mut().unwrap().remove("name");
    assert_eq!(faults(&log).len(), 2, "{:?}", faults(&log));
}

/// The schema that OASIS publishes with the standard; the crate `serde-sarif` carries it.
fn sarif_schema() -> Value {
    let cargo = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO")).current_dir(root()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        stdout(&output)
    };
    let version = Command::new("rustc").arg("-vV").output().unwrap();
    let host = stdout(&version).lines().find_map(|line| line.strip_prefix("host: ").map(str::to_owned)).unwrap();
    let metadata = cargo(&["metadata", "--format-version", "1", "--locked", "--filter-platform", &host]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    let folder = Path::new(package["manifest_path"].as_str().unwrap()).with_file_name("src");
    let mut schema = serde_json::from_str(&fs::read_to_string(folder.join("schema.json")).unwrap()).unwrap();
    without_broken_pattern(&mut schema);
    schema
}

/// The pattern of languages has a bracket too many, which a validator that looks at patterns refuses; we name no language.
fn without_broken_pattern(schema: &mut Value) {
    match schema {
        Value::Object(parts) => {
            parts.retain(|name, value| name != "pattern" || value != "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$");
            parts.values_mut().for_each(without_broken_pattern);
        }
        Value::Array(parts) => parts.iter_mut().for_each(without_broken_pattern),
        _ => {}
    }
}

/// Source: GitHub documentation, "Workflow commands for GitHub Actions": in a property, `:` and `,` end it; in all of the
/// command, `%` begins an escape and a line break ends it.
#[test]
fn annotations_of_github_are_one_line_whatever_is_in_them() {
    let file = written("a,b:100%\u{d}", "DELETE FROM \"x,y: 5%\r\nz\";\n");
    let output = stdout(&lint(&["--format", "github", &file]));
    let lines: Vec<&str> = output.lines().collect();
    assert_eq!(lines.len(), 1, "{output}");
    let (properties, message) = lines[0].strip_prefix("::error ").unwrap().split_once("::").unwrap();
    let parts: Vec<&str> = properties.split(',').collect();
    let names: Vec<&str> = parts.iter().map(|part| part.split_once('=').unwrap().0).collect();
    assert_eq!(names, ["file", "line", "col", "title"]);
    assert!(parts[0].ends_with("a%2Cb%3A100%25%0D file.sql"), "{}", parts[0]);
    assert!(message.contains("x,y: 5%25%0D%0Az"), "{message}");
}

#[test]
fn nothing_grave_is_0_and_accepted_is_too() {
    let harmless = written("harmless", "SET lock_timeout = '3s';\nALTER TABLE t ADD COLUMN a text;\n");
    assert_eq!(lint(&[&harmless]).status.code(), Some(0));
    let accepted = written(
        "accepted",
        "-- tablewright: accept delete-without-where table \"Odd \"\"T\"\"\" because it is a cache\nDELETE FROM \"Odd \"\"T\"\"\";\n",
    );
    assert_eq!(lint(&[&accepted]).status.code(), Some(0), "{}", stdout(&lint(&[&accepted])));
    let refused = written("refused", "DELETE FROM \"Odd \"\"T\"\"\";\n");
    assert_eq!(lint(&[&refused]).status.code(), Some(3));
}

#[test]
fn what_was_not_looked_at_fails_only_when_it_must_not_be() {
    let file = written("unlooked", "DO $$ BEGIN PERFORM 1; END $$;\n");
    let output = lint(&[&file]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains("not looked at: DO $$ BEGIN PERFORM 1; END $$"), "{}", stdout(&output));
    assert_eq!(lint(&["--strict", &file]).status.code(), Some(3));
}

#[test]
fn what_is_wrong_is_said_at_its_place() {
    let cases = [
        ("nonsense", "SELECT 1;\nthis is no sql at all;\n", ":2:"),
        ("unused", "SELECT 1;\n-- tablewright: accept truncate table t because x\nSELECT 2;\n", "matches nothing"),
        ("form", "-- tablewright: accept truncate\nTRUNCATE t;\n", "write it like"),
    ];
    for (name, text, says) in cases {
        let output = lint(&[&written(name, text)]);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", stdout(&output));
        assert!(stderr(&output).contains(says), "{name}: {}", stderr(&output));
    }
    let missing = lint(&["there/is/none.sql"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(stderr(&missing).contains("there/is/none.sql"));
}

/// `TABLEWRIGHT_UPDATE=1 cargo test -p codegen --test lint` writes the page.
#[test]
fn the_page_about_the_rules_is_what_they_say() {
    let path = root().join("docs/hazards.md");
    let page = page();
    if std::env::var_os("TABLEWRIGHT_UPDATE").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), page, "docs/hazards.md is stale");
}

fn page() -> String {
    let mut page = include_str!("lint/head.md").to_owned();
    for group in Group::ALL {
        page += &format!(
            "\n## {}\n\n| rule | level | ways | what | why |\n| --- | --- | --- | --- | --- |\n",
            title(group)
        );
        for rule in rules().filter(|rule| rule.group == group) {
            page += &row(rule);
        }
    }
    page += "\n## Only in SQL that is written by hand\n\n| rule | level | ways | what | why |\n| --- | --- | --- | --- | --- |\n";
    WRITTEN.iter().for_each(|rule| page += &row(rule));
    page
}

fn row(rule: &Rule) -> String {
    let ways: Vec<&str> = rule.ways.iter().map(|way| way.name()).collect();
    format!("| `{}` | {} | {} | {} | {} |\n", rule.id, rule.level.name(), ways.join(", "), rule.what, rule.why)
}

fn title(group: Group) -> String {
    let name = group.name();
    name[..1].to_uppercase() + &name[1..]
}

fn written(name: &str, text: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("lint");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{name} file.sql"));
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

fn lint(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_codegen"));
    command.current_dir(root()).env_remove("GITHUB_ACTIONS").arg("lint").args(arguments).output().unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
