//! Imports go one way.

use super::paths::{Named, named};
use super::source::{Source, assert_none, codegen};

/// What each room of the generator may import besides itself. A room that is not listed is a fault.
const ROOMS: &[(&str, &[&str])] = &[
    ("sql", &[]),
    ("script", &[]),
    ("output", &[]),
    ("scratch", &["sql", "script"]),
    ("connect", &[]),
    // One room: an object knows its kind, a kind says what it is made of, and both read expressions.
    ("model", CORE),
    ("kinds", CORE),
    ("expression", CORE),
    ("diff", CORE),
    ("plan", &["sql", "model", "kinds", "expression", "diff"]),
    ("read", CORE),
    ("pull", &["sql", "model", "kinds", "expression", "plan", "read"]),
    ("lint", &["sql", "script", "model", "kinds", "expression", "diff", "plan"]),
    ("intent", &["sql", "model", "kinds", "expression", "diff", "plan", "lint", "read"]),
    ("emit", &["sql", "model", "kinds", "expression", "diff", "plan", "lint", "intent", "output"]),
    ("prove", &["sql", "model", "kinds", "expression", "diff", "plan", "read", "scratch", "pull"]),
    ("run", RUN),
    (
        "proof",
        &[
            "run", "sql", "script", "model", "kinds", "diff", "plan", "lint", "read", "intent", "emit", "prove",
            "scratch",
        ],
    ),
    ("compare", &["run", "sql", "model", "kinds", "diff", "plan", "read", "prove", "scratch", "connect"]),
    // A run ends with a comparison.
    ("apply", &["run", "compare", "sql", "script", "model", "kinds", "plan", "read", "emit", "prove", "connect"]),
    ("service", &["run", "sql", "script", "model", "kinds", "plan", "lint", "read", "emit", "output"]),
    (
        "cli",
        &[
            "run",
            "proof",
            "script",
            "compare",
            "sql",
            "model",
            "kinds",
            "pull",
            "expression",
            "diff",
            "plan",
            "lint",
            "read",
            "intent",
            "emit",
            "prove",
            "apply",
            "output",
            "scratch",
            "connect",
        ],
    ),
    ("main", &["cli"]),
];

const CORE: &[&str] = &["sql", "script", "model", "kinds", "expression"];
const RUN: &[&str] = &[
    "sql",
    "model",
    "kinds",
    "expression",
    "diff",
    "plan",
    "lint",
    "read",
    "intent",
    "emit",
    "prove",
    "output",
    "scratch",
    "connect",
];

#[test]
fn imports_go_one_way() {
    assert_none(codegen().iter().flat_map(wrong_imports).collect());
}

fn wrong_imports(source: &Source) -> Vec<String> {
    let room = room(source);
    if room == "lib" {
        return Vec::new();
    }
    let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        return vec![source.fault(1, format!("the room `{room}` is not in the list of rooms: say what it may import"))];
    };
    let imports = named(&source.code()).into_iter().filter_map(|path| Some((imported(source, &path)?, path.line)));
    let wrong = imports.filter(|(other, _)| is_room(other) && *other != room && !allowed.contains(&other.as_str()));
    wrong.map(|(other, line)| source.fault(line, format!("`{room}` imports `{other}`, which stands on it"))).collect()
}

/// The room that a file is part of: the name after `codegen/src/`.
fn room(source: &Source) -> &str {
    let inside = source.path.strip_prefix("codegen/src/").unwrap_or(&source.path);
    inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs")
}

/// The room that a path leads to, if it leads out of its own module: by `crate`, or by enough `super`.
fn imported(source: &Source, path: &Named) -> Option<String> {
    let first = path.parts.first()?.as_str();
    let start = match first {
        "crate" | "codegen" => 1,
        "super" => {
            let ups = path.parts.iter().take_while(|part| *part == "super").count();
            (ups == depth(source)).then_some(ups)?
        }
        _ => return None,
    };
    path.parts.get(start).cloned()
}

/// How many times `super` leads from a file to the crate's root.
fn depth(source: &Source) -> usize {
    let inside = source.path.strip_prefix("codegen/src/").unwrap_or(&source.path);
    inside.split('/').filter(|part| *part != "mod.rs").count()
}

fn is_room(name: &str) -> bool {
    ROOMS.iter().any(|(room, _)| *room == name)
}

#[test]
fn an_import_against_the_way_is_found() {
    let faults = |path, text| wrong_imports(&Source::example(path, text)).len();
    assert_eq!(faults("codegen/src/plan/order.rs", "use crate::{model::Id, lint::Hazard};"), 1);
    assert_eq!(faults("codegen/src/diff.rs", "fn f() { super::emit::emit() }"), 1);
    assert_eq!(faults("codegen/src/kinds/column/declared.rs", "use super::super::super::read::declared;"), 1);
    assert_eq!(faults("codegen/src/output/mod.rs", "use crate::model::Id;"), 1);
    assert_eq!(faults("codegen/src/helpers.rs", ""), 1);
    assert_eq!(faults("codegen/src/emit/erd.rs", "use super::super::plan::Step; use super::World;"), 0);
}
