//! `new`: scaffolds the intent of the next migration.

use std::process::ExitCode;

use serde_json::json;

use super::terminal::Terminal;
use super::{Common, Outcome, generate};
use crate::intent::{resolutions, short};
use crate::output::{Artifact, Content};
use crate::plan::Aspect;
use crate::run::{self, Failure, Project};

const FOLDER: &str = "schema/src/migrations";
const MODULE: &str = "schema/src/migrations.rs";

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
    let artifacts =
        vec![whole(&path, scaffold(&project, common, number, name)), whole(MODULE, modules(&project, &stem))];
    let report = run::settle_sources(&project, artifacts)?;
    generate::say(terminal, &report);
    terminal.say(format!("say why in {path}, then: cargo run -p codegen"));
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
            "migration {:03}_{} is open already; put the changes into it, or seal it first: cargo run -p codegen -- seal",
            open.number.value, open.name.value
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

fn scaffold(project: &Project, common: &Common, number: u32, name: &str) -> String {
    let hints: String = hints(project, common).iter().map(|hint| format!("    // {hint}\n")).collect();
    let title = name.replace('_', " ");
    format!(
        "use tablewright_declare::prelude::*;\n\npub const MIGRATION: Migration = Migration {{\n    number: {number},\n    \
         name: {name:?},\n    title: {title:?},\n    reason: \"\",\n{hints}    ..Migration::DEFAULT\n}};\n"
    )
}

/// What a human has to decide, as far as it is known by now.
fn hints(project: &Project, common: &Common) -> Vec<String> {
    match run::plan(project, common.policy()) {
        Ok(planned) => {
            let data = planned.migration.losses.iter().filter(|loss| loss.aspect == Aspect::Data);
            data.map(|loss| format!("accepts: &[Accept::Loss {{ object: {:?}, because: \"...\" }}],", short(&loss.id)))
                .collect()
        }
        Err(Failure::Ambiguous(found)) => {
            found.iter().flat_map(|it| resolutions(&it.dropped, &it.created)).map(|line| line + ",").collect()
        }
        Err(_) => Vec::new(),
    }
}
