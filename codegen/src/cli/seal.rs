//! `seal`: freezes the open migration.

pub mod give_up;

use std::collections::BTreeMap;
use std::process::ExitCode;

use serde_json::json;

use super::terminal::{Terminal, command};
use super::{Common, Outcome, generate};
use crate::output::{Artifact, Content, Mode};
use crate::read::history::{Entry, entry_text};
use crate::run::{self, Failure, Project};

/// Freezes the open migration: its files get hashes, and the schema after it goes into the history.
pub fn run(common: &Common, terminal: &Terminal) -> Outcome {
    let project = run::read(&common.root)?;
    let planned = run::plan(&project, common.asked())?;
    run::decided(&project, &planned)?;
    let Some(intent) = planned.intent.filter(|_| !planned.migration.is_empty()) else {
        return refuse(&nothing_open(&project));
    };
    let report = run::settle(&project, run::artifacts(&project, &planned), Mode::Check)?;
    if !report.drifts.is_empty() {
        let mend = command("");
        return refuse(&format!("the files differ from the declaration; write them before they are frozen: {mend}"));
    }
    let (number, name) = (intent.number.value, intent.name.value.as_str());
    let files = run::frozen(&planned, &project);
    let (before, after) = (&planned.migration.before, &planned.migration.after);
    let mut entry = Entry::of(number, name, before, after, files);
    entry.statements = run::statements(&run::world(&project, &planned));
    if let Some(rolling) = &project.rolling {
        (entry.step_of, entry.to_come) = (rolling.name().to_owned(), rolling.to_come());
    }
    entry.kept = planned.migration.kept.iter().map(|kept| kept.table.clone()).collect();
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
    let (number, name) = numbered(name).or_else(|message| refuse_with(&message))?;
    let mut entry = Entry::of(number, name, project.history.schema(), &project.declared.schema, BTreeMap::new());
    let planned = run::plan(&project, common.asked())?;
    entry.statements = run::statements(&run::world(&project, &planned));
    record(&project, terminal, &entry)
}

/// `152_drop_columns`, taken apart.
///
/// # Errors
/// What to write instead.
pub fn numbered(text: &str) -> Result<(u32, &str), String> {
    let parts = text.split_once('_').and_then(|(number, name)| Some((number.parse::<u32>().ok()?, name)));
    let good =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let parts = parts.filter(|(_, name)| good(name));
    parts.ok_or_else(|| format!("`{text}` is no number and name; write it like 152_drop_columns"))
}

fn record(project: &Project, terminal: &Terminal, entry: &Entry) -> Outcome {
    let artifact = Artifact { path: entry.path().into(), content: Content::Whole(entry_text(entry)) };
    let report = run::settle_sources(project, vec![artifact])?;
    generate::say(terminal, &report);
    let count = match entry.files.len() {
        0 => "there are no files of it to freeze".to_owned(),
        1 => "its file is frozen: from now on it is only checked".to_owned(),
        count => format!("its {count} files are frozen: from now on they are only checked"),
    };
    terminal.say(format!("sealed   {:03}_{}; {count}", entry.number, entry.name));
    // What is generated from now on no longer has an open migration to speak of.
    let project = run::read(&project.root)?;
    let planned = run::plan(&project, None)?;
    run::settle(&project, run::artifacts(&project, &planned), Mode::Write)?;
    terminal
        .json(&json!({ "written": report.written, "number": entry.number, "name": entry.name, "schema": entry.after }));
    Ok(ExitCode::SUCCESS)
}

fn nothing_open(project: &Project) -> String {
    let last = match project.history.last() {
        Some(last) => format!("since {:03}_{} was sealed, nothing has changed", last.number, last.name),
        None => "nothing is declared".to_owned(),
    };
    format!("there is nothing to seal: {last}")
}

fn refuse(message: &str) -> Outcome {
    refuse_with(message)
}

fn refuse_with<T>(message: &str) -> Result<T, Failure> {
    Err(Failure::Unreadable(vec![message.to_owned()]))
}
