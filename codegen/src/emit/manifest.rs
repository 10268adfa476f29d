//! The open migration for machines: what it does, what is lost, what it may break, and the hash of every file.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::ledger::{Entry, ledger};
use super::{Open, World};
use crate::lint::Hazard;
use crate::model::{Lock, LockMode, Statement};
use crate::output::{Artifact, Content};
use crate::plan::{Aside, Plan, Section, Step};

#[derive(Serialize)]
struct Manifest<'a> {
    number: u32,
    name: &'a str,
    title: &'a str,
    reason: &'a str,
    schema_before: String,
    schema_after: String,
    rollback: &'static str,
    up: Vec<SectionEntry<'a>>,
    down: Vec<SectionEntry<'a>>,
    losses: Vec<Entry>,
    hazards: &'a [Hazard],
    files: Vec<FileEntry<'a>>,
}

#[derive(Serialize)]
struct SectionEntry<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    steps: Vec<StepEntry<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    statements: Vec<StatementEntry<'a>>,
}

#[derive(Serialize)]
struct StepEntry<'a> {
    change: &'static str,
    object: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    carries: Vec<String>,
    statements: Vec<StatementEntry<'a>>,
}

#[derive(Serialize)]
struct StatementEntry<'a> {
    sql: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locks: Vec<LockEntry>,
}

#[derive(Serialize)]
struct LockEntry {
    table: String,
    mode: LockMode,
    scans: bool,
    rewrites: bool,
}

#[derive(Serialize)]
struct FileEntry<'a> {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
    sha256: String,
}

/// The manifest of the open migration; the files in it are those of `artifacts`.
pub fn emit(world: &World, artifacts: &[Artifact]) -> Vec<Artifact> {
    world.open.as_ref().map(|open| artifact(open, artifacts)).into_iter().collect()
}

fn artifact(open: &Open, artifacts: &[Artifact]) -> Artifact {
    let path = format!("generated/manifests/{:03}_{}.json", open.intent.number.value, open.intent.name.value);
    // Plain data of strings, numbers and lists, which JSON can always hold.
    let text = serde_json::to_string_pretty(&manifest(open, artifacts)).unwrap_or_default();
    Artifact { path: path.into(), content: Content::Whole(text + "\n") }
}

fn manifest<'a>(open: &'a Open, artifacts: &'a [Artifact]) -> Manifest<'a> {
    let (intent, migration) = (open.intent, open.migration);
    Manifest {
        number: intent.number.value,
        name: &intent.name,
        title: &intent.title,
        reason: &intent.reason,
        schema_before: migration.before.hash(),
        schema_after: migration.after.hash(),
        rollback: open.policy.name(),
        up: sections(&migration.up),
        down: sections(&migration.down),
        losses: ledger(migration, open.accepted),
        hazards: open.hazards,
        files: files(artifacts),
    }
}

fn sections(plan: &Plan) -> Vec<SectionEntry<'_>> {
    let opening = plan.opening.iter().map(aside_entry);
    let closing = plan.closing.iter().map(aside_entry);
    opening.chain(plan.sections.iter().map(section_entry)).chain(closing).collect()
}

/// Statements that change no object of the schema.
fn aside_entry(aside: &Aside) -> SectionEntry<'_> {
    let statements = aside.statements.iter().map(StatementEntry::of).collect();
    SectionEntry { title: &aside.title, steps: Vec::new(), statements }
}

fn section_entry(section: &Section) -> SectionEntry<'_> {
    SectionEntry {
        title: &section.title,
        steps: section.steps.iter().map(step_entry).collect(),
        statements: Vec::new(),
    }
}

fn step_entry(step: &Step) -> StepEntry<'_> {
    StepEntry {
        change: step.change.verb(),
        object: step.change.id().to_string(),
        carries: step.carries.iter().map(|change| format!("{} {}", change.verb(), change.id())).collect(),
        statements: step.statements.iter().map(StatementEntry::of).collect(),
    }
}

impl<'a> StatementEntry<'a> {
    fn of(statement: &'a Statement) -> Self {
        let lock = |lock: &Lock| LockEntry {
            table: lock.table.dotted(),
            mode: lock.mode,
            scans: lock.scan,
            rewrites: lock.rewrite,
        };
        Self { sql: &statement.sql, locks: statement.locks.iter().map(lock).collect() }
    }
}

fn files(artifacts: &[Artifact]) -> Vec<FileEntry<'_>> {
    let entry = |artifact: &'_ Artifact| artifact.path.to_string_lossy().replace('\\', "/");
    let mut files: Vec<FileEntry> = artifacts
        .iter()
        .map(|artifact| match &artifact.content {
            Content::Whole(text) => FileEntry { path: entry(artifact), region: None, sha256: sha256(text) },
            Content::Region { name, text } => {
                FileEntry { path: entry(artifact), region: Some(name), sha256: sha256(text) }
            }
        })
        .collect();
    files.sort_by(|a, b| (&a.path, a.region).cmp(&(&b.path, b.region)));
    files
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
