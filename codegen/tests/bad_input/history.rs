//! A history that somebody edited, or that two branches wrote.

use super::*;

const A: (&str, &str) = ("schema/src/a.rs", TABLE);
const ONE: &str = "schema/history/001_one.json";

fn sealed() -> Project {
    let project = Project::new(&[A, ("schema/src/m.rs", &intent(1, "one", ""))]);
    project.done(&[]);
    project.done(&["seal"]);
    project
}

#[test]
fn entries_that_are_not_what_was_sealed_are_refused() {
    let project = sealed();
    let text = project.get(ONE);
    project.put(ONE, text.replacen("\"not_null\":true", "\"not_null\":false", 1));
    project.refused(&[], 1, &[ONE, "changed after it was sealed", "restore it from version control"]);
    for (broken, place) in [("", ":1:1: "), ("{", ":1:1: "), ("{\n  \"number\": \"x\"\n}", ":2:15: ")] {
        project.put(ONE, broken);
        project.refused(&["check"], 1, &[&format!("{ONE}{place}"), "this is not a history entry"]);
    }
    project.put(ONE, text.replace("\"name\": \"one\"", "\"name\": \"two\""));
    project.refused(&[], 1, &[ONE, "it holds migration 1 `two`; rename it to schema/history/001_two.json"]);
}

#[test]
fn forks_are_named_with_what_to_do() {
    let entry = |number: u32, name: &str, before: &str, after: &str| {
        format!("{{\"number\":{number},\"name\":{name:?},\"before\":{before:?},\"after\":{after:?},\"objects\":[]}}")
    };
    let path = |stem: &str| format!("schema/history/{stem}.json");
    let (one, two, three) = (path("001_one"), path("002_two"), path("002_three"));
    let files = [
        (A.0, TABLE),
        (&one, &entry(1, "one", "a", "b")),
        (&two, &entry(2, "two", "b", "c")),
        (&three, &entry(2, "three", "b", "d")),
    ];
    let says = ["two branches made a migration 2: `three` and `two`", "both follow the same schema", "the next number"];
    Project::new(&files).refused(&[], 1, &says);
    let (first, fork) = (entry(1, "one", "a", "b"), entry(2, "two", "a", "c"));
    let files = [(A.0, TABLE), (one.as_str(), first.as_str()), (&two, &fork)];
    Project::new(&files).refused(&[], 1, &[&two, "these are two branches"]);
}

#[test]
fn only_what_is_current_is_sealed_and_only_once() {
    let project = Project::new(&[A]);
    project.refused(&["seal"], 2, &["no migration is open"]);
    project.put("schema/src/m.rs", intent(1, "one", ""));
    project.refused(&["seal"], 1, &["the files differ from the declaration"]);
    project.done(&[]);
    project.put("generated/migrations/001_one.sql", "-- edited\n");
    project.refused(&["seal"], 1, &["the files differ from the declaration"]);
    project.done(&[]);
    project.done(&["seal"]);
    project.refused(&["seal"], 1, &["nothing to seal", "001_one"]);
    project.refused(&["seal", "--baseline", "2_two"], 1, &["the history begins with an earlier migration already"]);
}

#[test]
fn a_baseline_is_a_number_and_a_name() {
    for bad in ["", "x", "1", "1_", "one_1", "1_A", "1_../x", "-1_x", "1_a b"] {
        Project::new(&[A]).refused(
            &["seal", &format!("--baseline={bad}")],
            1,
            &["is no number and name", "152_drop_columns"],
        );
    }
}
