//! Arguments, colours and readers that go away.

use std::process::Stdio;

use super::*;

#[test]
fn wrong_arguments_fail_with_the_code_of_failures() {
    let project = Project::new(&[("schema/src/a.rs", TABLE)]);
    project.refused(&["frob"], 1, &["unrecognized subcommand 'frob'", "--help"]);
    project.refused(&["--rollback", "foo"], 1, &["possible values: runnable, exact"]);
    project.refused(&["new"], 1, &["<NAME>"]);
    assert!(project.done(&["--help"]).contains("Commands:"));
    assert!(project.done(&["seal", "--help"]).contains("--baseline"));
}

#[test]
fn names_of_migrations_are_words() {
    for bad in ["../x", "a b", "Upper", "", "a-b", "é", "a/b", "a.b"] {
        Project::new(&[("schema/src/a.rs", TABLE)]).refused(
            &["new", bad],
            1,
            &["can't be a migration's name", "add_active_flag"],
        );
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let project = Project::new(&[("schema/src/a.rs", TABLE)]);
    for args in [&["--help"][..], &["explain"], &["explain", "--json"], &["check"]] {
        let mut child = project.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code().is_some_and(|code| code <= 2) && !said.contains("panicked"), "{args:?}: {said}");
    }
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let project = Project::new(&[("schema/src/a.rs", "pub struct A {\n")]);
    let colored = |args: &[&str], variable: Option<(&str, &str)>| {
        let mut command = project.command(args);
        command.envs(variable);
        Run::of(&command.output().unwrap()).text.contains('\u{1b}')
    };
    assert!(!colored(&[], None), "this is no terminal");
    assert!(!colored(&[], Some(("CLICOLOR_FORCE", "1"))), "only the argument asks");
    assert!(colored(&["--color", "always"], None));
    assert!(colored(&["--color", "always"], Some(("NO_COLOR", "1"))), "an argument is more than the environment");
    assert!(!colored(&["--color", "never"], None));
}

#[test]
fn faults_are_also_said_to_machines() {
    let project = Project::new(&[("schema/src/a.rs", &column("", "b: String"))]);
    let run = project.run(&["--json"]);
    let said: serde_json::Value = serde_json::from_str(&run.text).unwrap();
    assert_eq!((run.code, &said["failure"], &said["exit_code"]), (1, &"faulty".into(), &1.into()));
    assert_eq!((&said["details"][0]["line"], &said["details"][0]["column"]), (&3.into(), &13.into()), "{said}");
}
