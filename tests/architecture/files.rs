//! What holds for every file: its length, and that it names no machine.

use super::source::{Source, assert_none, below, root, rust};

/// A longer file is two files.
const LINES: usize = 300;

/// Folders that a machine's own things are in, without their slashes, so that this file does not name them.
const HOMES: &[&str] = &["home", "Users", "root", "work", "workspace", "builds", "farm"];

/// A file that a program writes, and a table of cases.
const EXEMPT: &[&str] = &["tests/odd_types/made.rs", "codegen/tests/declared/faults.rs"];

#[test]
fn no_file_is_long() {
    let folders = ["codegen", "schema", "src", "tests"];
    assert_none(
        folders
            .into_iter()
            .flat_map(rust)
            .filter(|source| !source.is_in(EXEMPT))
            .filter_map(|it| too_long(&it))
            .collect(),
    );
}

#[test]
fn no_file_names_a_machine() {
    let here = root().to_string_lossy();
    assert_none(below(".").iter().flat_map(|source| machines(source, &here)).collect());
}

#[test]
fn every_decision_is_in_the_index() {
    let (index, decisions): (Vec<Source>, Vec<Source>) =
        below("docs/decisions").into_iter().partition(|source| source.path.ends_with("/README.md"));
    assert_none(decisions.iter().filter_map(|decision| unlisted(decision, &index[0])).collect());
}

fn too_long(source: &Source) -> Option<String> {
    let lines = source.text.lines().count();
    (lines > LINES).then(|| source.fault(LINES, format!("{lines} lines; split it at a seam of its meaning")))
}

fn unlisted(decision: &Source, index: &Source) -> Option<String> {
    let name = decision.path.rsplit('/').next().unwrap_or_default();
    let listed = index.text.contains(&format!("]({name}): "));
    (!listed).then(|| decision.fault(1, "is not in docs/decisions/README.md; add a sentence for it"))
}

/// Lines that hold the path of a checkout or of a home, or the host of a package registry.
fn machines(source: &Source, here: &str) -> Vec<String> {
    let lines = source.text.lines().enumerate();
    let found = lines.filter(|(_, line)| line.contains(here) || names_home(line) || names_registry(line));
    found.map(|(at, line)| source.fault(at + 1, format!("names a machine: {}", line.trim()))).collect()
}

fn names_home(line: &str) -> bool {
    let starts_path = |before: &str| !before.ends_with(|it: char| it.is_alphanumeric() || "._-}$)*<>/".contains(it));
    // Homebrew is there on every Linux machine.
    let line = line.replace("/home/linuxbrew/", "");
    HOMES.iter().any(|home| line.split_once(&format!("/{home}/")).is_some_and(|(before, _)| starts_path(before)))
}

fn names_registry(line: &str) -> bool {
    let setting = line.trim_start();
    let npm = setting.starts_with("registry=") || setting.starts_with("registry =");
    let resolved = setting.starts_with(concat!("\"resol", "ved\": \"http"));
    npm || resolved || ["registry.", "npm.", "pypi.", "static."].iter().any(|host| line.contains(&format!("://{host}")))
}

#[test]
fn a_long_file_is_found() {
    assert!(too_long(&Source::example("src/x.rs", &"\n".repeat(LINES + 1))).is_some());
    assert!(too_long(&Source::example("src/x.rs", &"\n".repeat(LINES))).is_none());
}

#[test]
fn a_machine_is_found() {
    let faults = |text: &str| machines(&Source::example("README.md", text), "/tmp/clone").len();
    assert_eq!(faults(&format!("see /{}/me/notes", "home")), 1);
    assert_eq!(faults("built in /tmp/clone/target"), 1);
    assert_eq!(faults("registry=http://localhost:4873"), 1);
    assert_eq!(faults(&format!("https:/{}.example.org/x", "/registry")), 1);
    assert_eq!(faults("tests/home/page and ${HOME}/work/x and /tmp/other"), 0);
}

#[test]
fn an_unlisted_decision_is_found() {
    let index = Source::example("docs/decisions/README.md", "- [0001](0001-a.md): a.\n");
    assert!(unlisted(&Source::example("docs/decisions/0001-a.md", ""), &index).is_none());
    assert!(unlisted(&Source::example("docs/decisions/0002-b.md", ""), &index).is_some());
}
