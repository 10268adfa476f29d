//! What the build script of a service's package writes and says.
//!
//! Rows are made of any declaration without faults, so that a service goes on building while a migration is undecided
//! or `generated/` is behind; then the build only warns.

mod migrations;

use std::collections::BTreeSet;
use std::path::Path;

use tablewright_syntax::Diagnostic;

use crate::emit::{Settings, World, rows};
use crate::output::{Artifact, Mode};
use crate::read::Sources;
use crate::run::{self, Failure, Project};

/// What the build script has to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Build {
    /// Files for `OUT_DIR`: name and text. None if there is an error.
    pub files: Vec<(&'static str, String)>,
    /// Instructions for cargo, one a line (The Cargo Book, Build Scripts).
    pub instructions: Vec<String>,
}

/// The command that brings `generated/` in line.
const COMMAND: &str = "cargo run -p codegen";

/// Reads the project in a folder and makes what its package includes: `schema.rs` and `migrations.rs`.
pub fn build(root: &Path) -> Build {
    let mut instructions = vec![watch(&root.join("schema")), watch(&root.join("generated"))];
    let files = match run::read(root) {
        Ok(project) => files(root, &project, &mut instructions),
        Err(failure) => Err(errors(&failure)),
    };
    let files = files.unwrap_or_else(|errors| {
        instructions.extend(errors.iter().map(|error| said("error", error)));
        Vec::new()
    });
    Build { files, instructions }
}

fn files(
    root: &Path,
    project: &Project,
    instructions: &mut Vec<String>,
) -> Result<Vec<(&'static str, String)>, Vec<String>> {
    let declared = &project.declared;
    let settings = Settings::of(&declared.declarations);
    let migrations = migrations::rust(root, &settings)?;
    let world = World::new(&declared.declarations, &declared.schema, settings, None);
    instructions.extend(freshness(root, project));
    Ok(vec![("schema.rs", rows::rust(&world)), ("migrations.rs", migrations)])
}

/// What to watch besides the two folders, and what is behind.
fn freshness(root: &Path, project: &Project) -> Vec<String> {
    let planned = match run::plan(project, None).and_then(|planned| run::decided(project, &planned).map(|()| planned)) {
        Ok(planned) => planned,
        Err(failure) => return errors(&failure).iter().map(|it| said("warning", it)).collect(),
    };
    let artifacts = run::artifacts(project, &planned);
    let mut instructions = watched(root, &artifacts);
    let warnings = match run::settle(project, artifacts, Mode::Check) {
        Ok(report) if report.drifts.is_empty() => Vec::new(),
        Ok(report) => vec![stale(report.drifts.len())],
        Err(failure) => errors(&failure),
    };
    let sealed = run::sealed_drifts(project);
    let sealed = sealed.iter().map(|drift| format!("{} {}", drift.path.display(), drift.kind.what()));
    instructions.extend(warnings.into_iter().chain(sealed).map(|it| said("warning", &it)));
    instructions
}

fn stale(count: usize) -> String {
    let files = if count == 1 { "one file differs".to_owned() } else { format!("{count} files differ") };
    format!("generated/ is stale: {files}; run `{COMMAND}`")
}

/// The hand-written files that hold managed regions: an edit of them can make them stale.
fn watched(root: &Path, artifacts: &[Artifact]) -> Vec<String> {
    let outside = artifacts.iter().filter(|it| !it.path.starts_with("generated"));
    // A file may hold several regions.
    let paths: BTreeSet<&Path> = outside.map(|it| it.path.as_path()).collect();
    paths.into_iter().map(|path| watch(&root.join(path))).collect()
}

fn watch(path: &Path) -> String {
    format!("cargo::rerun-if-changed={}", path.display())
}

/// An instruction ends with its line, so that a text of several lines becomes one.
fn said(level: &str, text: &str) -> String {
    format!("cargo::{level}={}", text.lines().map(str::trim).collect::<Vec<_>>().join(" "))
}

fn errors(failure: &Failure) -> Vec<String> {
    match failure {
        Failure::Unreadable(errors) => errors.clone(),
        Failure::Faulty(sources, faults) => faults.iter().map(|fault| located(sources, fault)).collect(),
        Failure::Unwritable(errors) => errors.iter().map(ToString::to_string).collect(),
        Failure::Cycle(cycle) => vec![cycle.to_string()],
        Failure::Ambiguous(_) => vec![undecided("has changes that could be meant in two ways")],
        Failure::Pending(_) => vec![undecided("has changes that no migration speaks of")],
        Failure::Refused(..) => vec![undecided("loses data or opens a hole, which its migration does not accept")],
    }
}

fn undecided(what: &str) -> String {
    format!("the declared schema {what}; run `{COMMAND}` to see how to decide")
}

/// A fault as rustc writes one: file, line and column from 1, what, and what to do.
fn located(sources: &Sources, fault: &Diagnostic) -> String {
    let file = sources.file(fault.file).map_or("schema/src", |file| &file.path);
    let start = fault.span.start();
    let help = fault.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    format!("{file}:{}:{}: {}{help}", start.line, start.column + 1, fault.message)
}
