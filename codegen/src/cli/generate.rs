//! `generate`: writes every file that the declaration asks for.

use std::process::ExitCode;

use serde_json::json;

use super::terminal::{Terminal, command};
use super::{Common, Outcome};
use crate::output::{Drift, Mode, Report};
use crate::run;

/// Reads, plans, writes and tells what was written.
pub fn run(common: &Common, terminal: &Terminal) -> Outcome {
    let project = run::read(&common.root)?;
    let planned = run::plan(&project, common.asked())?;
    run::decided(&project, &planned)?;
    let mut report = run::settle(&project, run::artifacts(&project, &planned), Mode::Write)?;
    let sealed = run::sealed_drifts(&project);
    report.unchanged += run::sealed_files(&project) - sealed.len();
    say(terminal, &report);
    if let Some(intent) = planned.intent.filter(|_| !report.written.is_empty() && !planned.migration.is_empty()) {
        let open = format!("{:03}_{}", intent.number.value, intent.name.value);
        let seal = command("seal");
        terminal.say(format!("migration {open} is open; freeze it before it runs where others need it: {seal}"));
    }
    for drift in &sealed {
        terminal.complain(left(terminal, drift));
    }
    terminal.json(&json!({
        "written": report.written, "removed": report.removed, "unchanged": report.unchanged,
        "left": report.drifts.iter().chain(&sealed).map(|drift| drift.path.clone()).collect::<Vec<_>>(),
    }));
    Ok(ExitCode::from(if report.drifts.is_empty() && sealed.is_empty() { 0 } else { 2 }))
}

/// Tells what was written.
pub fn say(terminal: &Terminal, report: &Report) {
    for path in &report.written {
        terminal.say(format!("wrote    {}", path.display()));
    }
    for path in &report.removed {
        terminal.say(format!("removed  {}", path.display()));
    }
    for drift in &report.drifts {
        terminal.complain(left(terminal, drift));
    }
    if report.written.is_empty() && report.removed.is_empty() {
        terminal.say(up_to_date(report.unchanged));
    }
}

/// That so many files are as they should be.
pub fn up_to_date(count: usize) -> String {
    if count == 1 { "1 file is up to date".to_owned() } else { format!("{count} files are up to date") }
}

fn left(terminal: &Terminal, drift: &Drift) -> String {
    format!("{}: {drift}", terminal.red("left alone"))
}
