//! `verify`: what a live database differs in from what it should be.

use std::process::ExitCode;

use super::terminal::{Terminal, command};
use super::{Common, Outcome, runner};
use crate::apply::drift;
use crate::compare::Side;
use crate::run::{self, Failure};

/// Which database, and what it should be.
#[derive(clap::Args)]
pub struct Args {
    /// The database: a URL, or anything else that libpq understands; else DATABASE_URL, else the PG* variables
    #[arg(value_name = "URL")]
    url: Option<String>,

    /// What it should be: `declared`, `history:NNN`, an .sql file, or a folder of migrations
    #[arg(long, value_name = "SIDE", default_value = "declared")]
    against: String,

    /// Leave out what is not declared at all: others use the database too
    #[arg(long)]
    declared_only: bool,

    /// Print the SQL that makes the database what it should be
    #[arg(long)]
    sql: bool,
}

/// Compares; writes nothing. 2 if anything differs.
pub fn run(common: &Common, terminal: &Terminal, args: &Args) -> Outcome {
    let side = Side::parse(&args.against).map_err(|error| unreadable(format!("--against: {error}")))?;
    let project = run::read(&common.root)?;
    let target = runner::target(terminal, args.url.as_deref())?;
    let compared =
        drift::expected(&side, &project, &target).and_then(|expected| drift::drift(&target, &expected, &common.root));
    let drift = compared.map_err(|error| unreadable(error.to_string()))?;
    let drift = if args.declared_only { drift.of_declared() } else { drift };
    let mut value = runner::drift_value(&drift);
    if args.sql {
        let sql = drift.mend(&target.to_string(), &side.to_string()).map_err(|error| unreadable(error.to_string()))?;
        terminal.say(sql.trim_end());
        value["sql"] = sql.into();
    } else {
        runner::tell_drift(terminal, &drift);
    }
    terminal.json(&value);
    if drift.differences.is_empty() {
        terminal.complain(format!("{target} is {side}"));
        return Ok(ExitCode::SUCCESS);
    }
    let (count, sql, pull) = (drift.differences.len(), command("verify URL --sql"), command("pull URL"));
    terminal.complain(format!(
        "{target} differs from {side} in {count} objects; what makes the database what it should be: {sql}; \
         what makes the declaration what the database is: {pull}"
    ));
    Ok(ExitCode::from(2))
}

fn unreadable(message: String) -> Failure {
    Failure::Unreadable(vec![message])
}
