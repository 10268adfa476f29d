//! `lint`: hazards of the open migration, or of SQL that is written by hand.

mod formats;
mod reported;
mod schema;

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;

use super::terminal::Terminal;
use super::{Common, Outcome};
use crate::lint::Level;
use crate::lint::written::Text;
use crate::run::{self, Failure};
use reported::Reported;

/// What is looked at, and how it is told.
#[derive(clap::Args)]
pub struct Args {
    /// Files of SQL; without one, the open migration
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How hazards are told
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Fail if a statement was not looked at
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    known: schema::Known,
}

/// How hazards are told.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// To people, with an excerpt of the file
    Text,
    /// To machines
    Json,
    /// To whoever reads SARIF 2.1.0: code scanning, editors
    Sarif,
    /// To GitHub, which shows them at their lines
    Github,
}

/// Tells the hazards; 3 if a grave one is accepted by nobody.
pub fn run(common: &Common, terminal: &Terminal, args: &Args) -> Outcome {
    let mut reported = if args.files.is_empty() { of_project(common)? } else { of_files(common, terminal, args)? };
    reported.sort_by_key(|it| (it.file.clone(), it.line, it.hazard.direction, std::cmp::Reverse(it.hazard.level)));
    let unlooked: usize = reported.iter().filter(|it| it.hazard.rule == NOT_LOOKED_AT).count();
    formats::say(terminal, args.format, &reported);
    let refused = reported.iter().any(|it| it.hazard.level == Level::Error && it.accepted.is_none());
    Ok(ExitCode::from(if refused || args.strict && unlooked > 0 { 3 } else { 0 }))
}

/// The name under which it is told that a statement was not looked at.
const NOT_LOOKED_AT: &str = crate::lint::written::NOT_LOOKED_AT;

fn of_project(common: &Common) -> Result<Vec<Reported>, Failure> {
    let project = run::read(&common.root)?;
    let planned = run::plan(&project, common.asked())?;
    Ok(planned.hazards.iter().map(|hazard| Reported::of_migration(&project, &planned, hazard)).collect())
}

fn of_files(common: &Common, terminal: &Terminal, args: &Args) -> Result<Vec<Reported>, Failure> {
    let look = schema::look(common, terminal, &args.known)?;
    let (mut reported, mut errors) = (Vec::new(), Vec::new());
    for path in &args.files {
        let name = path.display().to_string();
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                errors.push(format!("{name}: {error}"));
                continue;
            }
        };
        let found = look(&Text { name: &name, text: &text })?;
        errors.extend(found.faults);
        reported.extend(found.hazards.into_iter().map(|it| Reported::of_file(&name, &text, it)));
    }
    if errors.is_empty() { Ok(reported) } else { Err(Failure::Unreadable(errors)) }
}
