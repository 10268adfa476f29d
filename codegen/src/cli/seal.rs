//! `seal`: freezes the open migration.

use std::collections::BTreeMap;
use std::process::ExitCode;

use serde_json::json;

use super::terminal::Terminal;
use super::{Common, Outcome, generate};
use crate::output::{Artifact, Content, Mode};
use crate::read::history::{Entry, entry_text};
use crate::run::{self, Failure, Project};

/// Freezes the open migration: its files get hashes, and the schema after it goes into the history.
pub fn run(common: &Common, terminal: &Terminal) -> Outcome {
    let project = run::read(&common.root)?;
    let planned = run::plan(&project, common.policy())?;
    run::decided(&project, &planned)?;
    let Some(intent) = planned.intent.filter(|_| !planned.migration.is_empty()) else {
        return refuse("there is no open migration with anything to do; name one: cargo run -p codegen -- new NAME");
    };
    let report = run::settle(&project, run::artifacts(&project, &planned), Mode::Check)?;
    if !report.drifts.is_empty() {
        return refuse(
            "the files differ from the declaration; write them before they are frozen: cargo run -p codegen",
        );
    }
    let (number, name) = (intent.number.value, intent.name.value.as_str());
    let files = run::frozen(&planned, &project);
    let entry = Entry::of(number, name, project.history.schema(), &project.declared.schema, files);
    record(&project, terminal, &entry)
}

/// Takes the declared schema as what databases already have: the history begins here.
pub fn baseline(common: &Common, terminal: &Terminal, name: &str) -> Outcome {
    let project = run::read(&common.root)?;
    if let Some(last) = project.history.last() {
        return refuse(&format!(
            "the history begins with an earlier migration already and is at {:03}_{}",
            last.number, last.name
        ));
    }
    let parts = name.split_once('_').and_then(|(number, name)| Some((number.parse::<u32>().ok()?, name)));
    let good =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let Some((number, name)) = parts.filter(|(_, name)| good(name)) else {
        return refuse(&format!("`{name}` is no number and name; write it like 152_drop_columns"));
    };
    let entry = Entry::of(number, name, project.history.schema(), &project.declared.schema, BTreeMap::new());
    record(&project, terminal, &entry)
}

fn record(project: &Project, terminal: &Terminal, entry: &Entry) -> Outcome {
    let artifact = Artifact { path: entry.path().into(), content: Content::Whole(entry_text(entry)) };
    let report = run::settle_sources(project, vec![artifact])?;
    generate::say(terminal, &report);
    // What is generated from now on no longer has an open migration to speak of.
    let project = run::read(&project.root)?;
    let planned = run::plan(&project, None)?;
    run::settle(&project, run::artifacts(&project, &planned), Mode::Write)?;
    terminal
        .json(&json!({ "written": report.written, "number": entry.number, "name": entry.name, "schema": entry.after }));
    Ok(ExitCode::SUCCESS)
}

fn refuse(message: &str) -> Outcome {
    Err(Failure::Unreadable(vec![message.to_owned()]))
}
