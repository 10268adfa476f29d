//! `pull`: a database becomes a declaration.

mod fresh;
mod update;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;

use super::terminal::{Terminal, command};
use super::{Common, Outcome};
use crate::compare::pulled::{self, Origin};
use crate::connect::{Environment, Target};
use crate::output::Report;
use crate::prove::{self, Pulled};
use crate::pull::{Counts, Levels};
use crate::read::catalog::CatalogReading;
use crate::run::Failure;
use crate::scratch::Server;

/// Where it is noted which files of the declaration were written by a pull, and how.
const INDEX: &str = "schema/.tablewright-pull.json";

/// What is pulled, and where the numbers of migrations go on.
#[derive(clap::Args)]
pub struct Args {
    /// The database: a URL, or anything else that libpq understands
    #[arg(value_name = "URL", required_unless_present = "from_sql", conflicts_with = "from_sql")]
    url: Option<String>,

    /// Instead, SQL files or folders of them, which are run on a throw-away server; can be repeated
    #[arg(long, value_name = "FILE")]
    from_sql: Vec<PathBuf>,

    /// The number and name under which the history begins (`178_last_migration`)
    #[arg(long, value_name = "NUMBER_NAME", default_value = "0_baseline")]
    baseline: String,

    /// Write nothing, and exit with 2, if the database holds what no kind describes
    #[arg(long)]
    strict: bool,
}

/// Reads the database and writes the declaration: a new one, or what is new in the one that there is.
pub fn run(common: &Common, terminal: &Terminal, args: &Args) -> Outcome {
    let origin = origin(common, args)?;
    let CatalogReading { schema, unmodelled, hidden } = origin.reading;
    if args.strict && !unmodelled.is_empty() {
        terminal.complain(self::unmodelled(&unmodelled));
        terminal.json(&json!({ "unmodelled": unmodelled, "written": [] }));
        return Ok(ExitCode::from(2));
    }
    let server = origin.server.map_err(|error| unreadable(error.to_string()));
    if common.root.join("schema/src").exists() {
        return update::run(common, terminal, &server?, &schema, (&unmodelled, &hidden));
    }
    let pulled = match server {
        Ok(server) => proved(&server, &schema)?,
        Err(failure) => {
            // Without a server nothing is proved, which is said below.
            let declaration = crate::pull::declare(&schema, &mut Levels::default()).map_err(|it| undeclarable(*it))?;
            terminal.complain(format!("not proved: {}", told(&failure)));
            Pulled { declaration, differences: Vec::new(), refused: None }
        }
    };
    let report = fresh::write(common, &pulled.declaration, &args.baseline)?;
    say(terminal, &pulled, &unmodelled, &report);
    Ok(ExitCode::from(if pulled.differences.is_empty() && pulled.refused.is_none() { 0 } else { 2 }))
}

fn origin(common: &Common, args: &Args) -> Result<Origin, Failure> {
    let read = match &args.url {
        Some(url) => {
            let target = Target::parse(url, &Environment::of_process());
            let target = target.map_err(|error| unreadable(format!("{error}{}", meant(url))))?;
            pulled::of_database(&target, &common.root)
        }
        None => pulled::of_files(&args.from_sql, &common.root),
    };
    read.map_err(|error| unreadable(error.to_string()))
}

/// What somebody may have meant who wrote something else than an address.
fn meant(url: &str) -> String {
    match Path::new(url).exists() {
        true => format!("; to pull what SQL files make: {}", command(&format!("pull --from-sql {url}"))),
        false => "; an address begins with postgresql://, for example postgresql://me@localhost/shop".to_owned(),
    }
}

fn proved(server: &Server, schema: &crate::model::Schema) -> Result<Pulled, Failure> {
    prove::declaration(server, schema).map_err(|it| undeclarable(*it))
}

fn undeclarable(it: crate::pull::Undeclarable) -> Failure {
    Failure::Faulty(Box::new(it.sources), it.faults)
}

fn say(terminal: &Terminal, pulled: &Pulled, unmodelled: &BTreeMap<String, usize>, report: &Report) {
    for line in counted(&pulled.declaration.counts) {
        terminal.say(line);
    }
    terminal.say(format!("wrote    {} files below schema/", report.written.len()));
    if !unmodelled.is_empty() {
        terminal.complain(self::unmodelled(unmodelled));
    }
    doubts(terminal, pulled);
    terminal.say(format!("look at schema/src; there is nothing to migrate yet: {}", command("check")));
    terminal.json(&json!({ "written": report.written, "unmodelled": unmodelled }));
}

/// What the proof found.
fn doubts(terminal: &Terminal, pulled: &Pulled) {
    if let Some(refused) = &pulled.refused {
        terminal.complain(format!("{}: the declaration can't be built: {refused}", terminal.red("error")));
    }
    for difference in &pulled.differences {
        let text = difference.to_string();
        terminal.complain(format!(
            "{}: what is declared is not what is there: {}",
            terminal.red("error"),
            text.trim_end()
        ));
    }
}

/// `12 tables, 80 columns ...` and what of them is raw.
fn counted(counts: &BTreeMap<crate::kinds::Kind, Counts>) -> Vec<String> {
    let of = |count: fn(&Counts) -> usize| {
        let counted =
            counts.iter().filter(|(_, it)| count(it) > 0).map(|(kind, it)| format!("{} {}", count(it), kind.name()));
        counted.collect::<Vec<_>>().join(", ")
    };
    let (words, raw) = (of(|it| it.words), of(|it| it.raw));
    let lines = [("in Rust ", words), ("in SQL  ", raw)];
    lines.into_iter().filter(|(_, text)| !text.is_empty()).map(|(head, text)| format!("{head} {text}")).collect()
}

/// What no kind describes, counted: `unmodelled: 3 casts`.
fn unmodelled(counts: &BTreeMap<String, usize>) -> String {
    let counted: Vec<String> = counts.iter().map(|(what, count)| format!("{count} {what}")).collect();
    format!("unmodelled: {}; these are left out", counted.join(", "))
}

fn told(failure: &Failure) -> String {
    match failure {
        Failure::Unreadable(messages) => messages.join("; "),
        _ => String::new(),
    }
}

fn unreadable(message: String) -> Failure {
    Failure::Unreadable(vec![message])
}
