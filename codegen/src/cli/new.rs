//! `new`: scaffolds the intent of the next migration.

use std::collections::BTreeSet;
use std::process::ExitCode;

use serde_json::json;

use super::terminal::{Terminal, command};
use super::{Common, Outcome, generate};
use crate::intent::{acceptance, resolutions};
use crate::output::{Artifact, Content};
use crate::plan::Aspect;
use crate::run::{self, Failure, Project};

const FOLDER: &str = "schema/src/migrations";
const MODULE: &str = "schema/src/migrations.rs";
const CRATE: &str = "schema/src/lib.rs";

/// Writes the intent with what is known already, and names it in the list of modules.
pub fn run(common: &Common, terminal: &Terminal, name: &str) -> Outcome {
    let name = checked(name)?;
    let project = run::read(&common.root)?;
    let number = next_number(&project)?;
    let stem = format!("m{number:03}_{name}");
    let path = format!("{FOLDER}/{stem}.rs");
    if project.sources.files.iter().any(|file| file.path == path) {
        return Err(Failure::Unreadable(vec![format!("{path} is there already; edit it, or choose another name")]));
    }
    let mut artifacts =
        vec![whole(&path, scaffold(&project, common, number, name)), whole(MODULE, modules(&project, &stem))];
    artifacts.extend(crate_with_module(&project).map(|text| whole(CRATE, text)));
    let report = run::settle_sources(&project, artifacts)?;
    generate::say(terminal, &report);
    terminal.say(format!("say in {path} why it is made, then: {}", command("")));
    terminal.json(&json!({ "written": report.written, "number": number, "name": name }));
    Ok(ExitCode::SUCCESS)
}

fn whole(path: &str, text: String) -> Artifact {
    Artifact { path: path.into(), content: Content::Whole(text) }
}

/// A name that can be a file's and a module's.
fn checked(name: &str) -> Result<&str, Failure> {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let good = !name.is_empty() && name.len() <= 100 && name.chars().all(fine);
    let message = || {
        format!("`{name}` can't be a migration's name; use lower case letters, digits and underscores: add_active_flag")
    };
    if good { Ok(name) } else { Err(Failure::Unreadable(vec![message()])) }
}

fn next_number(project: &Project) -> Result<u32, Failure> {
    let last = project.history.last().map_or(0, |entry| entry.number);
    let open = project.declared.declarations.migrations.iter().find(|it| it.number.value > last);
    match open {
        Some(open) => Err(Failure::Unreadable(vec![format!(
            "migration {:03}_{} is open already; put the changes into it, or seal it first: {}",
            open.number.value,
            open.name.value,
            command("seal")
        )])),
        None => Ok(last + 1),
    }
}

/// The list of modules with one more, where it reads best: at the end of those that are there.
fn modules(project: &Project, stem: &str) -> String {
    let present = project.sources.files.iter().find(|file| file.path == MODULE).map(|file| file.text.trim_end());
    let head = present.unwrap_or(
        "//! The intents of migrations: what only a human knows about them. Their SQL is planned, not written.\n",
    );
    format!("{head}\npub mod {stem};\n")
}

/// The crate's root with the list of modules in it; none if it names the list already, or can't be read as Rust.
fn crate_with_module(project: &Project) -> Option<String> {
    let text = &project.sources.files.iter().find(|file| file.path == CRATE)?.text;
    let items = syn::parse_file(text).ok()?.items;
    let has_it = items.iter().any(|item| matches!(item, syn::Item::Mod(module) if module.ident == "migrations"));
    // Items may stand in any order, so that the end is a right place whatever else is there.
    (!has_it).then(|| format!("{}\n\npub mod migrations;\n", text.trim_end()))
}

fn scaffold(project: &Project, common: &Common, number: u32, name: &str) -> String {
    let title = name.replace('_', " ");
    let hints = hints(project, common);
    format!(
        "use tablewright_declare::prelude::*;\n\npub const MIGRATION: Migration = Migration {{\n    number: {number},\n    \
         name: {name:?},\n    title: {title:?},\n    reason: \"\",\n{hints}    ..Migration::DEFAULT\n}};\n"
    )
}

/// What a human has to decide, as far as it is known by now.
fn hints(project: &Project, common: &Common) -> String {
    match run::plan(project, common.asked()) {
        Ok(planned) => {
            let data = planned.migration.losses.iter().filter(|loss| loss.aspect == Aspect::Data);
            choices(
                "this data is lost for good: take it in, if that is right",
                "accepts",
                data.map(|it| acceptance(&it.id)),
            )
        }
        Err(Failure::Ambiguous(found)) => {
            let both = || found.iter().map(|it| resolutions(&it.dropped, &it.created));
            let renames =
                choices("either it is a rename, and the data stays", "renames", both().map(|[rename, _]| rename));
            renames
                + &choices("or it is none, and the data is lost for good", "accepts", both().map(|[_, accept]| accept))
        }
        Err(_) => String::new(),
    }
}

/// A list whose entries stand there as comments, since nobody may decide for the author.
fn choices(why: &str, field: &str, entries: impl Iterator<Item = String>) -> String {
    let entries: BTreeSet<String> = entries.map(|entry| format!("        // {entry},\n")).collect();
    let lines: String = entries.into_iter().collect();
    if lines.is_empty() { lines } else { format!("    {field}: &[\n        // {why}\n{lines}    ],\n") }
}
