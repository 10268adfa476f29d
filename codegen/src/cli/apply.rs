//! `apply` and `rollback`: the runner.

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use super::job::{Ended, Job};
use super::runner::{self, Manners};
use super::terminal::{Terminal, command};
use super::{Common, Outcome, many};
use crate::apply::{self, Resume, Stopped, Way};
use crate::connect::Target;

/// What both commands take.
#[derive(clap::Args, Clone)]
pub struct Shared {
    /// The database: a URL, or anything else that libpq understands; else DATABASE_URL, else the PG* variables
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,

    /// Go to this migration and no further
    #[arg(long, value_name = "NUMBER")]
    pub to: Option<u32>,

    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,

    /// What has become of a statement of which that can't be seen
    #[arg(long, value_enum, value_name = "HOW")]
    resume: Option<Resumed>,

    /// Do not compare the database with the schema that it should have afterwards
    #[arg(long)]
    pub no_verify: bool,

    /// Leave out of that comparison what is not declared at all: others use the database too
    #[arg(long)]
    pub declared_only: bool,

    #[command(flatten)]
    pub manners: Manners,

    #[command(flatten)]
    many: many::Many,
}

/// What `apply` takes besides.
#[derive(clap::Args, Clone)]
pub struct Args {
    #[command(flatten)]
    shared: Shared,

    /// Also apply the open migration, whose text may still change: for databases to develop with
    #[arg(long)]
    open: bool,

    /// Instead, note the migrations up to this number as applied, without running them
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["to", "open", "dry_run", "targets", "databases"])]
    adopt: Option<u32>,
}

/// What `rollback` takes besides.
#[derive(clap::Args, Clone)]
pub struct RollbackArgs {
    #[command(flatten)]
    shared: Shared,

    /// The values that the rollback destroys may go
    #[arg(long)]
    accept_losses: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Resumed {
    /// It has happened: go on after it
    Done,
    /// It has not, or does no harm a second time: run it again
    Again,
}

impl Shared {
    /// What the user says of a statement that was cut off.
    pub fn resume(&self) -> Option<Resume> {
        self.resume.map(|resumed| match resumed {
            Resumed::Done => Resume::Done,
            Resumed::Again => Resume::Again,
        })
    }
}

/// Applies what the database does not have.
pub fn run(common: &Common, terminal: &Terminal, args: &Args) -> Outcome {
    let job = Job::new(common, &args.shared, Way::Up, args.open, false)?;
    if let Some(through) = args.adopt {
        let target = runner::target(terminal, args.shared.database_url.as_deref())?;
        let adopted = apply::adopt(&target, &job.migrations, through, &job.manner, &runner::teller(terminal));
        return Ok(match adopted {
            Ok(adopted) => {
                terminal.say(format!("noted as applied, and not run: {}", listed(&adopted)));
                terminal.json(&json!({ "adopted": adopted }));
                ExitCode::SUCCESS
            }
            Err(stopped) => runner::stopped(terminal, &stopped),
        });
    }
    begin(terminal, &args.shared, &job)
}

/// Rolls back one migration, or all after one.
pub fn rollback(common: &Common, terminal: &Terminal, args: &RollbackArgs) -> Outcome {
    let job = Job::new(common, &args.shared, Way::Down, false, args.accept_losses)?;
    begin(terminal, &args.shared, &job)
}

fn begin(terminal: &Terminal, args: &Shared, job: &Job) -> Outcome {
    if let Some(targets) = args.many.targets(terminal, args.database_url.as_deref()) {
        return match targets {
            Ok(targets) if args.dry_run => Ok(many::dry(terminal, job, &targets)),
            Ok(targets) => Ok(many::run(terminal, &args.many, job, &targets)),
            Err(stopped) => Ok(runner::stopped(terminal, &stopped)),
        };
    }
    let target = runner::target(terminal, args.database_url.as_deref())?;
    if args.dry_run {
        return Ok(dry(terminal, job, &target));
    }
    Ok(match job.carry_out(&target, &runner::teller(terminal)) {
        Ok(ended) => tell(terminal, job, &ended),
        Err(stopped) => runner::stopped(terminal, &stopped),
    })
}

fn dry(terminal: &Terminal, job: &Job, target: &Target) -> ExitCode {
    match job.dry(target) {
        Ok(lines) => {
            let text = if lines.is_empty() { "nothing to do".to_owned() } else { lines.join("\n") };
            terminal.say(text);
            terminal.json(&json!({ "would": lines }));
            ExitCode::SUCCESS
        }
        Err(stopped) => runner::stopped(terminal, &stopped),
    }
}

fn tell(terminal: &Terminal, job: &Job, ended: &Ended) -> ExitCode {
    let (done, verb) = (&ended.done, if job.way == Way::Up { "applied" } else { "rolled back" });
    if !done.adopted.is_empty() {
        terminal.say(format!("noted as applied by the other runner: {}", listed(&done.adopted)));
    }
    match done.now.is_empty() {
        true => terminal.say("nothing to do"),
        false => terminal.say(format!("{verb}: {}", listed(&done.now))),
    }
    if let Some(open) = &done.left_out {
        terminal.say(format!("{open} is open and was left out; with it: {}", command("apply --open")));
    }
    if !done.unknown.is_empty() {
        let numbers: Vec<String> = done.unknown.iter().map(|number| format!("{number:03}")).collect();
        terminal
            .complain(format!("note: the database also has {}, which this project doesn't know", numbers.join(", ")));
    }
    match &ended.drift {
        Ok(drift) if drift.differences.is_empty() => {}
        Ok(drift) => {
            terminal.complain("the database is not what it should be now:");
            runner::tell_drift(terminal, drift);
        }
        Err(reason) => terminal.complain(format!(
            "not compared with the schema that it should have: {reason}; --no-verify leaves this out"
        )),
    }
    terminal.json(&ended.value());
    ExitCode::from(ended.exit_code())
}

fn listed(stems: &[String]) -> String {
    if stems.is_empty() { "nothing".to_owned() } else { stems.join(", ") }
}

/// The text of a file that lists databases.
pub fn list(path: &Path) -> Result<String, Stopped> {
    std::fs::read_to_string(path).map_err(|error| Stopped::Failed(format!("can't read {}: {error}", path.display())))
}
