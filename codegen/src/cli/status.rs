//! `status`: which migrations a database has.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::terminal::{Terminal, command};
use super::{Common, Outcome, runner};
use crate::apply::{self, Line, Migrations};
use crate::run::{self, Failure};

/// Which database.
#[derive(clap::Args)]
pub struct Args {
    /// The database: a URL, or anything else that libpq understands; else DATABASE_URL, else the PG* variables
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

/// Says how the database stands: 2 if it lacks something, 3 if something has to be decided first.
pub fn run(common: &Common, terminal: &Terminal, args: &Args) -> Outcome {
    let project = run::read(&common.root)?;
    let migrations = Migrations::of(&project, common.asked()).map_err(Failure::Unreadable)?;
    let target = runner::target(terminal, args.database_url.as_deref())?;
    let status = match apply::status(&target, &migrations) {
        Ok(status) => status,
        Err(stopped) => return Ok(runner::stopped(terminal, &stopped)),
    };
    terminal.say(target.to_string());
    for line in &status.lines {
        terminal.say(format!("  {:03}_{}  {}", line.number, line.name, line.standing.words()));
    }
    status.refusals.iter().for_each(|it| terminal.complain(format!("{}: {it}", terminal.red("error"))));
    let is_behind = status.lines.iter().any(|line| line.standing.is_behind());
    let code = match (status.refusals.is_empty(), is_behind) {
        (false, _) => 3,
        (true, true) => 2,
        (true, false) => 0,
    };
    if code == 2 {
        terminal.say(format!("to go on: {}", command("apply")));
    }
    let lines: Vec<Value> = status.lines.iter().map(value).collect();
    terminal.json(&json!({ "migrations": lines, "refusals": status.refusals, "behind": is_behind }));
    Ok(ExitCode::from(code))
}

fn value(line: &Line) -> Value {
    json!({ "number": line.number, "name": line.name, "standing": line.standing.words(), "behind": line.standing.is_behind() })
}
