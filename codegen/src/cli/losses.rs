//! `losses`: the ledger of the open migration.

#[cfg(feature = "database")]
use std::collections::BTreeMap;
use std::process::ExitCode;

use serde_json::json;

use super::terminal::{Terminal, command};
use super::{Common, Outcome};
use crate::emit::ledger::{Entry, ledger};
#[cfg(feature = "database")]
use crate::model::Id;
use crate::plan::Count;
use crate::run::{self, Failure};

/// Where the losses are counted.
#[derive(clap::Args)]
pub struct Args {
    /// Count the rows and values that would be lost in this database, reading only
    #[cfg(feature = "database")]
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

/// Tells what each way destroys; 3 if a loss is not accepted.
pub fn run(common: &Common, terminal: &Terminal, args: &Args) -> Outcome {
    let project = run::read(&common.root)?;
    let planned = run::plan(&project, common.asked())?;
    let mut entries = ledger(&planned.migration, &planned.accepted);
    #[cfg(feature = "database")]
    if let Some(url) = &args.database_url {
        count(&mut entries, url)?;
    }
    tell(terminal, &entries);
    let unaccepted: Vec<String> = planned.unaccepted.iter().map(|it| it.0.id.to_string()).collect();
    terminal.json(&json!({ "losses": entries, "unaccepted": unaccepted }));
    if unaccepted.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let explain = command("explain");
    terminal.complain(format!("nobody has accepted the loss of {}; see {explain}", unaccepted.join(", ")));
    Ok(ExitCode::from(3))
}

/// Counts what would be lost in a database.
#[cfg(feature = "database")]
pub fn count(entries: &mut [Entry], url: &str) -> Result<(), Failure> {
    let ids: Vec<_> = entries.iter().map(|entry| entry.before.clone()).collect();
    let counts = counted(url, &ids)?;
    for entry in entries.iter_mut().filter(|entry| ["data", "kept"].contains(&entry.aspect)) {
        entry.count = counts.get(&entry.before).copied();
    }
    Ok(())
}

/// How many rows of tables and values of columns there are in a database.
#[cfg(feature = "database")]
pub fn counted(url: &str, ids: &[Id]) -> Result<BTreeMap<Id, Count>, Failure> {
    use crate::compare::{Side, counts};
    let failed = |error: String| Failure::Unreadable(vec![format!("--database-url: {error}")]);
    let Side::Database(target) = Side::parse(url).map_err(failed)? else {
        return Err(failed(format!("`{url}` is no database")));
    };
    counts(&target, ids).map_err(|error| failed(error.to_string()))
}

/// A heading, and what stands under it.
type Part = (&'static str, fn(&Entry) -> bool);

fn tell(terminal: &Terminal, entries: &[Entry]) {
    let parts: [Part; 4] = [
        ("The way up destroys for good", |it| it.way == "up" && it.aspect == "data"),
        ("The way up keeps for the rollback", |it| it.aspect == "kept"),
        ("The rollback can't bring back", |it| it.way == "down" && it.aspect != "data"),
        ("The rollback destroys", |it| it.way == "down" && it.aspect == "data"),
    ];
    let mut nothing = true;
    for (title, is_part) in parts {
        let of_part: Vec<&Entry> = entries.iter().filter(|entry| is_part(entry)).collect();
        if !of_part.is_empty() {
            nothing = false;
            terminal.say(terminal.bold(title));
            of_part.into_iter().for_each(|entry| terminal.say(line(entry)));
        }
    }
    if nothing {
        terminal.say("Nothing is lost, on no way.");
    }
}

fn line(entry: &Entry) -> String {
    let count = entry.count.map(words).unwrap_or_default();
    let because = entry.accepted_because.as_ref().map(|it| format!(" (accepted: {it})")).unwrap_or_default();
    let by = entry.by.as_ref().map(|by| format!("\n    by {}", by.split_whitespace().collect::<Vec<_>>().join(" ")));
    format!("  {}: {}{count}{because}{}", entry.object, entry.what, by.unwrap_or_default())
}

fn words(count: Count) -> String {
    let about = if count.exact { "" } else { "about " };
    format!(" ({about}{} in this database)", count.rows)
}
