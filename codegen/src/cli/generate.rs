//! `generate`: writes every file that the declaration asks for.

use std::process::ExitCode;

use serde_json::json;

use super::terminal::Terminal;
use super::{Common, Outcome};
use crate::output::{Drift, Mode, Report};
use crate::run;

/// Reads, plans, writes and tells what was written.
pub fn run(common: &Common, terminal: &Terminal) -> Outcome {
    let project = run::read(&common.root)?;
    let planned = run::plan(&project, common.policy())?;
    run::decided(&project, &planned)?;
    let report = run::settle(&project, run::artifacts(&project, &planned), Mode::Write)?;
    say(terminal, &report);
    let sealed = run::sealed_drifts(&project);
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
        terminal.say(format!("{} files are up to date", report.unchanged));
    }
}

fn left(terminal: &Terminal, drift: &Drift) -> String {
    format!("{}: {drift}", terminal.red("left alone"))
}
