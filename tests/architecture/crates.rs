//! Invariant 10: the declaration never depends on the generator, and its crates stand on each other one way.

use super::source::{Source, assert_none, below};

/// What each crate of the declaration may take from the workspace.
const CRATES: &[(&str, &[&str])] = &[
    ("schema/syntax/Cargo.toml", &[]),
    ("schema/derive/Cargo.toml", &["tablewright-syntax"]),
    ("schema/declare/Cargo.toml", &["tablewright-derive"]),
    ("schema/Cargo.toml", &["tablewright-declare"]),
];

#[test]
fn the_declaration_does_not_depend_on_the_generator() {
    let manifests: Vec<Source> = below("schema").into_iter().filter(|it| it.path.ends_with("Cargo.toml")).collect();
    assert_eq!(manifests.len(), CRATES.len(), "every crate of the declaration is in the list above");
    assert_none(manifests.iter().flat_map(wrong_dependencies).collect());
}

fn wrong_dependencies(manifest: &Source) -> Vec<String> {
    let allowed = CRATES.iter().find(|(path, _)| *path == manifest.path).map_or(&[][..], |(_, allowed)| allowed);
    let ours = dependencies(&manifest.text).into_iter().filter(|(_, name)| is_ours(name));
    let wrong = ours.filter(|(_, name)| !allowed.contains(&name.as_str()));
    wrong.map(|(line, name)| manifest.fault(line, format!("must not depend on `{name}`"))).collect()
}

/// The dependencies of a manifest with their lines; those of its tests are nobody's dependencies.
fn dependencies(text: &str) -> Vec<(usize, String)> {
    let mut section = "";
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.starts_with('[') {
            section = line.trim();
        } else if ["[dependencies]", "[build-dependencies]"].contains(&section) {
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            found.push((at + 1, name.to_owned()));
        }
    }
    found
}

fn is_ours(name: &str) -> bool {
    name.starts_with("tablewright") || ["codegen", "schema"].contains(&name)
}

#[test]
fn a_dependency_on_the_generator_is_found() {
    let faults = |text| wrong_dependencies(&Source::example("schema/Cargo.toml", text)).len();
    assert_eq!(faults("[dependencies]\ntablewright-codegen.workspace = true\n"), 1);
    assert_eq!(faults("[build-dependencies]\ncodegen = { path = \"../codegen\" }\n"), 1);
    assert_eq!(faults("[dependencies]\ntablewright-declare.workspace = true\nsyn = \"3\"\n"), 0);
}
