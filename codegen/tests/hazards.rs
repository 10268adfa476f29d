//! Each rule finds what it is for, and leaves alone what is near to it: `hazards/cases.sql`.
//!
//! `TABLEWRIGHT_HAZARDS=index` chooses the rules whose name has this in it.

#![cfg(feature = "database")]

#[path = "cases/case.rs"]
#[allow(dead_code, reason = "only the root is needed here")]
mod case;
#[path = "cases/servers.rs"]
mod servers;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write;

use codegen::compare::{self, Sides};
use codegen::kinds::Renaming;
use codegen::lint::written::{Text, traced};
use codegen::lint::{Hazard, lint, rules};
use codegen::model::parse_id;
use codegen::plan::Policy;
use codegen::proof::{self, Start};
use codegen::read::catalog::{CatalogReading, catalog};
use codegen::scratch::{Server, script};
use codegen::sql::Style;

const CASES: &str = include_str!("hazards/cases.sql");
/// It stands in for whatever has no rule of its own, and nothing has none today.
const WITHOUT_CASE: &[&str] = &["data-lost"];

#[test]
fn each_rule_finds_its_case_and_leaves_the_one_near_it_alone() {
    let server = servers::start().pop().unwrap();
    let wanted = env::var("TABLEWRIGHT_HAZARDS").unwrap_or_default();
    let (base, cases) = CASES.split_once("-- case: ").unwrap();
    let (mut faults, mut told, mut seen) = (Vec::new(), String::new(), BTreeSet::new());
    for case in cases.split("-- case: ").filter(|case| case.lines().next().unwrap().contains(&wanted)) {
        let (rule, body) = case.split_once('\n').unwrap();
        let (before, ends) = body.split_once("-- after\n").unwrap();
        let (after, near) = ends.split_once("-- near\n").unwrap();
        seen.insert(rule);
        let before = format!("{base}{before}");
        let start = read(&server, &before);
        let renames = body.lines().filter_map(|line| line.strip_prefix("-- rename: ")).map(rename).collect();
        let policy = if body.contains("-- policy: retained") { Policy::Retained } else { Policy::Runnable };
        let online = body.contains("-- online");
        let found = hazards(&start, &read(&server, &format!("{before}{after}")), renames, (policy, online));
        let beside = hazards(&start, &read(&server, &format!("{before}{near}")), Vec::new(), (policy, online));
        if !found.iter().any(|it| it.rule == rule) {
            faults.push(format!("{rule}: not found in {after}"));
        }
        if let Some(hazard) = beside.iter().find(|it| it.rule == rule) {
            faults.push(format!("{rule}: found in {near}: {}: {}", hazard.object, hazard.what));
        }
        writeln!(told, "== {rule}\n{}", words(&found)).unwrap();
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    if wanted.is_empty() {
        let all: BTreeSet<&str> = rules().map(|rule| rule.id).filter(|id| !WITHOUT_CASE.contains(id)).collect();
        assert_eq!(seen, all, "each rule has a case");
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.bind(|| insta::assert_snapshot!("hazards", told));
    }
}

/// Rules that a file can't be found guilty of: they are about the rollback, about policies of the planner, or about a rename
/// that the case only tells the planner.
const NOT_OF_FILES: &[&str] =
    &["rollback-incomplete", "rollback-destroys-data", "kept-by-copying", "renamed", "not-online"];

/// What the server refuses, so that the hazard is of another kind.
const REFUSED: &[&str] = &["enum-value-used-at-once"];

#[test]
fn a_file_that_is_run_is_told_what_a_plan_is_told() {
    let server = servers::start().pop().unwrap();
    let wanted = env::var("TABLEWRIGHT_HAZARDS").unwrap_or_default();
    let (base, cases) = CASES.split_once("-- case: ").unwrap();
    let mut faults = Vec::new();
    for case in cases.split("-- case: ").filter(|case| case.lines().next().unwrap().contains(&wanted)) {
        let (rule, body) = case.split_once('\n').unwrap();
        let (before, ends) = body.split_once("-- after\n").unwrap();
        let (after, near) = ends.split_once("-- near\n").unwrap();
        if NOT_OF_FILES.contains(&rule) || REFUSED.contains(&rule) {
            continue;
        }
        let start = Start::Texts(vec![("case".to_owned(), format!("{base}{before}"))]);
        let rules = |text: &str| of_file(&server, &start, text);
        let (found, beside) = (rules(after), rules(near));
        if !found.iter().any(|it| it == rule) {
            faults.push(format!("{rule}: not found in {after}: {found:?}"));
        }
        if beside.iter().any(|it| it == rule) {
            faults.push(format!("{rule}: found in {near}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn of_file(server: &Server, start: &Start, text: &str) -> Vec<String> {
    let file = Text { name: "case", text };
    let found = traced(&file, &proof::trace(server, start, text).unwrap());
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    found.hazards.into_iter().map(|it| it.hazard.rule.to_owned()).collect()
}

#[test]
fn what_one_transaction_locks_is_free_in_the_next() {
    let server = servers::start().pop().unwrap();
    let base = "CREATE TABLE a (id integer, gone text); CREATE TABLE b (id integer);";
    let from = read(&server, base);
    let to = read(&server, &format!("{base} ALTER TABLE a DROP gone; CREATE INDEX i ON b (id);"));
    let is_found = |split: bool| {
        let style = Style { online: split, wrapped: split, ..Style::default() };
        let sides = Sides { from: from.clone(), to: to.clone(), style };
        let migration = compare::plan(&sides, Policy::Runnable, Vec::new()).unwrap().migration;
        lint(&migration, &sides.style).iter().any(|it| it.rule == "work-under-exclusive-lock")
    };
    assert_eq!([is_found(false), is_found(true)], [true, false]);
}

#[test]
fn rules_have_names_of_their_own() {
    let mut count = BTreeMap::new();
    rules().for_each(|rule| *count.entry(rule.id).or_insert(0) += 1);
    assert!(count.values().all(|count| *count == 1), "{count:?}");
    let kebab = |id: &&&str| id.chars().all(|it| it.is_ascii_lowercase() || it == '-');
    assert_eq!(count.keys().filter(kebab).count(), count.len());
}

fn read(server: &Server, text: &str) -> CatalogReading {
    let database = script::load(server, &[("case".to_owned(), text.to_owned())]).unwrap();
    catalog(&mut database.connect().unwrap()).unwrap()
}

fn hazards(
    from: &CatalogReading,
    to: &CatalogReading,
    renames: Vec<Renaming>,
    (policy, online): (Policy, bool),
) -> Vec<Hazard> {
    let style = Style { unchecked_bodies: true, online, ..Style::default() };
    let sides = Sides { from: from.clone(), to: to.clone(), style };
    let comparison = compare::plan(&sides, policy, renames).unwrap();
    let found = lint(&comparison.migration, &sides.style);
    // A case is about one way; the rollback of what is near is often what another rule is for.
    let down_only = |rule: &str| rules().any(|it| it.id == rule && it.ways.len() == 1 && it.ways[0].name() == "down");
    found.into_iter().filter(|it| it.direction.name() == "up" || down_only(it.rule)).collect()
}

/// `column public.t.a to b`
fn rename(text: &str) -> Renaming {
    let (from, to) = text.rsplit_once(" to ").unwrap();
    Renaming { from: parse_id(from).unwrap(), to: to.to_owned() }
}

fn words(hazards: &[Hazard]) -> String {
    let line = |it: &Hazard| {
        let safer = it.safer.as_ref().map(|safer| format!("\n    safer: {safer}")).unwrap_or_default();
        format!("  {} {} on {}: {}{safer}", it.level.name(), it.rule, it.object, it.what)
    };
    hazards.iter().map(line).collect::<Vec<_>>().join("\n")
}
