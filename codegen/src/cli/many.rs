//! `--targets` and `--databases`: the same on many databases, with a table at the end.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::apply::list;
use super::job::{Ended, Job};
use super::runner::{self, Silent};
use super::terminal::Terminal;
use crate::apply::many::{Fate, Fleet, each, listed, matching};
use crate::apply::{Stopped, Tell};
use crate::connect::{Environment, Target};

/// Which databases, and how they are taken.
#[derive(clap::Args, Clone)]
pub struct Many {
    /// Every database in this file: one address a line, `#` begins a comment
    #[arg(long, value_name = "FILE", conflicts_with_all = ["databases", "database_url"])]
    targets: Option<PathBuf>,

    /// Every database of the server with a name like this: `tenant_*`
    #[arg(long, value_name = "PATTERN")]
    databases: Option<String>,

    /// How many databases at a time
    #[arg(long, value_name = "COUNT", default_value_t = 4)]
    jobs: usize,

    /// How many databases before all others; if one of them fails, the others are left alone
    #[arg(long, value_name = "COUNT", default_value_t = 1)]
    canary: usize,

    /// Go on with the other databases when one has failed
    #[arg(long)]
    keep_going: bool,
}

impl Many {
    /// The databases, if it is many.
    pub fn targets(&self, terminal: &Terminal, url: Option<&str>) -> Option<Result<Vec<Target>, Stopped>> {
        if let Some(path) = &self.targets {
            let faults = |faults: Vec<String>| {
                let faults: Vec<String> = faults.iter().map(|fault| format!("{}: {fault}", path.display())).collect();
                Stopped::Failed(faults.join("\n"))
            };
            return Some(list(path).and_then(|text| listed(&text, &Environment::of_process()).map_err(faults)));
        }
        let pattern = self.databases.as_ref()?;
        let server = runner::target(terminal, url)
            .map_err(|_| Stopped::Failed("the address of the server can't be used".into()));
        Some(server.and_then(|server| matching(&server, pattern)))
    }
}

/// Carries it out on each, and says what became of them. The worst exit code is the answer.
pub fn run(terminal: &Terminal, args: &Many, job: &Job, targets: &[Target]) -> ExitCode {
    let tell = runner::teller(terminal);
    let silent: Tell = Arc::new(Silent);
    let fleet = Fleet { jobs: args.jobs, canary: args.canary, keep_going: args.keep_going };
    let (ended, total) = (AtomicUsize::new(0), targets.len());
    let fates = each(targets, fleet, |target| {
        tell.live(&format!("{} of {total} databases, now {}", ended.load(Ordering::Relaxed), target.database()));
        let carried = job.carry_out(target, &silent);
        ended.fetch_add(1, Ordering::Relaxed);
        if let Err(stopped) = &carried {
            tell.say(&format!("stopped  {target}: {stopped}"));
        }
        carried
    });
    drop(tell);
    table(terminal, targets, &fates);
    let values: Vec<Value> = targets.iter().zip(&fates).map(|(target, fate)| value(target, fate)).collect();
    terminal.json(&json!({ "databases": values, "summary": counted(&fates) }));
    ExitCode::from(fates.iter().map(exit_code).max().unwrap_or_default())
}

/// Says what would be done with each.
pub fn dry(terminal: &Terminal, job: &Job, targets: &[Target]) -> ExitCode {
    let fleet = Fleet { jobs: 4, canary: 0, keep_going: true };
    let fates = each(targets, fleet, |target| job.dry(target));
    let mut worst = 0;
    for (target, fate) in targets.iter().zip(&fates) {
        match fate {
            Fate::Done(lines, _) if lines.is_empty() => terminal.say(format!("{target}: nothing to do")),
            Fate::Done(lines, _) => terminal.say(format!("{target}:\n  {}", lines.join("\n  "))),
            Fate::Stopped(stopped, _) => {
                worst = worst.max(stopped.exit_code());
                terminal.complain(format!("{target}: {stopped}"));
            }
            Fate::Left => {}
        }
    }
    ExitCode::from(worst)
}

/// A line for each database, then the sum.
fn table(terminal: &Terminal, targets: &[Target], fates: &[Fate<Ended>]) {
    let width = targets.iter().map(|target| target.database().chars().count()).max().unwrap_or_default();
    for (target, fate) in targets.iter().zip(fates) {
        let (what, seconds) = match fate {
            Fate::Done(ended, took) => (words(ended), took.as_secs_f64()),
            Fate::Stopped(stopped, took) => {
                let head = stopped.to_string().lines().next().unwrap_or_default().to_owned();
                (format!("stopped: {head}"), took.as_secs_f64())
            }
            Fate::Left => ("not begun".to_owned(), 0.0),
        };
        terminal.say(format!("{:<width$}  {seconds:>6.1} s  {what}", target.database()));
    }
    terminal.say(counted(fates));
    if fates.iter().any(|fate| !matches!(fate, Fate::Done(..))) {
        terminal.say("mend what has stopped and run the same command again: it goes on where each has stopped");
    }
}

fn words(ended: &Ended) -> String {
    let done = match ended.done.now.is_empty() {
        true => "nothing to do".to_owned(),
        false => ended.done.now.join(", "),
    };
    match &ended.drift {
        Ok(drift) if drift.differences.is_empty() => done,
        Ok(drift) => {
            let first = drift.differences.first().map(|it| it.to_string()).unwrap_or_default();
            let first = first.lines().next().unwrap_or_default().to_owned();
            format!("{done}; differs in {} objects: {first}", drift.differences.len())
        }
        Err(reason) => format!("{done}; not compared: {}", reason.lines().next().unwrap_or_default()),
    }
}

fn counted(fates: &[Fate<Ended>]) -> String {
    let count = |is: fn(&Fate<Ended>) -> bool| fates.iter().filter(|fate| is(fate)).count();
    let done = count(|fate| exit_code(fate) == 0 && !matches!(fate, Fate::Left));
    let differ = count(|fate| exit_code(fate) == 2);
    let stopped = count(|fate| matches!(fate, Fate::Stopped(..)));
    let left = count(|fate| matches!(fate, Fate::Left));
    format!("{} databases: {done} done, {differ} differ, {stopped} stopped, {left} not begun", fates.len())
}

fn exit_code(fate: &Fate<Ended>) -> u8 {
    match fate {
        Fate::Done(ended, _) => ended.exit_code(),
        Fate::Stopped(stopped, _) => stopped.exit_code(),
        Fate::Left => 0,
    }
}

fn value(target: &Target, fate: &Fate<Ended>) -> Value {
    let mut value = match fate {
        Fate::Done(ended, _) => ended.value(),
        Fate::Stopped(stopped, _) => runner::value(stopped),
        Fate::Left => json!({ "failure": "not begun" }),
    };
    value["database"] = json!(target.to_string());
    value
}
