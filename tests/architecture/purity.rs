//! Invariant 8: everything after `read` is pure.

use super::paths::named;
use super::source::{Source, assert_none, codegen, shipped};

/// Who may look at the world: what reads, what writes, what talks to people and to servers.
const IMPURE: &[&str] = &[
    "codegen/src/read/sources.rs",
    "codegen/src/read/history.rs",
    "codegen/src/read/texts.rs",
    // Two sessions see one moment, each from a thread; what they find is put in order, whoever found it.
    "codegen/src/read/catalog/together.rs",
    "codegen/src/output/",
    // The surroundings of a connection: variables, service and password files.
    "codegen/src/connect/",
    // Sides of a comparison are files and databases, and two of them are read at once.
    "codegen/src/compare.rs",
    "codegen/src/compare/",
    // The runner reads the migrations' files, waits, and watches from a thread.
    "codegen/src/apply/",
    "codegen/src/scratch.rs",
    "codegen/src/scratch/",
    "codegen/src/prove.rs",
    "codegen/src/prove/",
    // What a build script calls: it reads the project, and writes where cargo says.
    "codegen/src/service.rs",
    "codegen/src/service/",
    "codegen/src/cli/",
    "codegen/src/main.rs",
];

/// The world: the clock, the environment, files, the network, other processes, chance.
const WORLD: &[&[&str]] = &[
    &["std", "env"],
    &["std", "fs"],
    &["std", "net"],
    &["std", "process"],
    &["std", "thread"],
    &["std", "time"],
    &["rand"],
];

#[test]
fn everything_after_read_is_pure() {
    let pure = codegen().into_iter().filter(|source| !source.is_in(IMPURE));
    assert_none(pure.flat_map(|source| impurities(&source, WORLD)).collect());
}

#[test]
fn nothing_depends_on_the_order_of_a_hash_map() {
    let hashed: &[&[&str]] = &[&["HashMap"], &["HashSet"]];
    assert_none(shipped().iter().flat_map(|source| impurities(source, hashed)).collect());
}

fn impurities(source: &Source, world: &[&[&str]]) -> Vec<String> {
    let paths = named(&source.code()).into_iter().filter(|path| world.iter().any(|part| path.has(part)));
    paths
        .map(|path| source.fault(path.line, format!("`{}` makes the result depend on the world", path.text())))
        .collect()
}

#[test]
fn a_look_at_the_world_is_found() {
    let faults = |text| impurities(&Source::example("codegen/src/plan/x.rs", text), WORLD).len();
    assert_eq!(faults("use std::{collections::BTreeMap, env};"), 1);
    assert_eq!(faults("fn f() { let now = std::time::SystemTime::now(); }"), 1);
    assert_eq!(faults("use std::time::Instant; fn f() -> Instant { Instant::now() }"), 1);
    assert_eq!(faults("/// Reads no `std::env`.\nfn env() {}"), 0);
}
