//! `check`: compares the files with the declaration and writes nothing.

use std::process::ExitCode;

use serde_json::json;

use super::terminal::{Terminal, command};
use super::{Common, Outcome, generate};
use crate::output::{Drift, Mode, github_annotation};
use crate::run::{self, Project};

/// Lists every difference with its diff and the command that mends it.
pub fn run(common: &Common, terminal: &Terminal, strict: bool) -> Outcome {
    let project = run::read(&common.root)?;
    let planned = run::plan(&project, common.asked())?;
    run::decided(&project, &planned)?;
    let mut drifts = run::sealed_drifts(&project);
    let report = run::settle(&project, run::artifacts(&project, &planned), Mode::Check)?;
    let unchanged = report.unchanged + run::sealed_files(&project) - drifts.len();
    drifts.extend(report.drifts);
    let promises = if strict { promises(&project) } else { Vec::new() };
    say(terminal, &drifts, &promises, unchanged);
    let one = |drift: &Drift| json!({ "path": drift.path, "kind": drift.kind.what(), "line": drift.line, "diff": drift.diff, "help": drift.kind.help() });
    terminal.json(
        &json!({ "drifts": drifts.iter().map(one).collect::<Vec<_>>(), "promises": promises, "unchanged": unchanged }),
    );
    Ok(ExitCode::from(if drifts.is_empty() && promises.is_empty() { 0 } else { 2 }))
}

fn say(terminal: &Terminal, drifts: &[Drift], promises: &[String], unchanged: usize) {
    let annotated = std::env::var_os("GITHUB_ACTIONS").is_some();
    for drift in drifts {
        terminal.say(format!("{}\n{}", terminal.bold(&drift.to_string()), terminal.diff(&drift.diff)));
        if annotated {
            terminal.say(github_annotation(drift));
        }
    }
    for promise in promises {
        terminal.say(promise);
    }
    if drifts.is_empty() && promises.is_empty() {
        terminal.say(generate::up_to_date(unchanged));
    }
    if !drifts.is_empty() {
        let count =
            if drifts.len() == 1 { "1 file differs".to_owned() } else { format!("{} files differ", drifts.len()) };
        let mend = command("");
        terminal.complain(format!("{}: {count} from the declaration; mend with: {mend}", terminal.red("error")));
    }
}

/// What consumers are promised as not null although the database lets it be null.
fn promises(project: &Project) -> Vec<String> {
    let columns = project
        .declared
        .declarations
        .tables
        .iter()
        .flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    let promised = columns.filter(|(_, column)| column.ts_required.is_some());
    let word = |(table, column): (&tablewright_syntax::TableDecl, &tablewright_syntax::ColumnDecl)| {
        format!(
            "column {}.{} is promised to consumers as not null, but the database lets it be null",
            table.name.value, column.name.value
        )
    };
    promised.map(word).collect()
}
