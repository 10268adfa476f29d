//! `apply` and `rollback`: the runner.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;

use serde_json::{Value, json};

use super::runner::{self, Manners};
use super::terminal::{Terminal, command};
use super::{Common, Outcome, many};
use crate::apply::drift::{self, Drift};
use crate::apply::{self, Done, Goal, Manner, Migrations, Resume, Stopped, Tell, Way};
use crate::compare::{self, CompareError, Side};
use crate::connect::Target;
use crate::model::Schema;
use crate::read::catalog::CatalogReading;
use crate::read::history::{Sealed, entry};
use crate::run::{self, Failure};

/// What both commands take.
#[derive(clap::Args, Clone)]
pub struct Shared {
    /// The database: a URL, or anything else that libpq understands; else DATABASE_URL, else the PG* variables
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,

    /// Go to this migration and no further
    #[arg(long, value_name = "NUMBER")]
    to: Option<u32>,

    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,

    /// What has become of a statement of which that can't be seen
    #[arg(long, value_enum, value_name = "HOW")]
    resume: Option<Resumed>,

    /// Do not compare the database with the schema that it should have afterwards
    #[arg(long)]
    no_verify: bool,

    #[command(flatten)]
    manners: Manners,

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

/// What is done with each database.
pub struct Job {
    way: Way,
    goal: Goal,
    manner: Manner,
    is_verified: bool,
    root: PathBuf,
    declared: Schema,
    sealed: Vec<Sealed>,
    migrations: Migrations,
    /// What databases should hold, by where they stand: built once, however many there are.
    expected: Mutex<Vec<(Side, CatalogReading)>>,
}

/// How one database ended.
pub struct Ended {
    /// What was done.
    pub done: Done,
    /// What it differs in; or why that is not known.
    pub drift: Result<Drift, String>,
}

impl Job {
    fn new(common: &Common, args: &Shared, way: Way, open: bool, accept_losses: bool) -> Result<Self, Failure> {
        let project = run::read(&common.root)?;
        let migrations = Migrations::of(&project).map_err(Failure::Unreadable)?;
        let resume = args.resume.map(|resumed| match resumed {
            Resumed::Done => Resume::Done,
            Resumed::Again => Resume::Again,
        });
        let goal = Goal { to: args.to, open, accept_losses, resume };
        let (manner, is_verified) = (args.manners.manner()?, !args.no_verify);
        let (root, declared, sealed) = (project.root, project.declared.schema, project.history.sealed);
        Ok(Self { way, goal, manner, is_verified, root, declared, sealed, migrations, expected: Mutex::default() })
    }

    /// Carries it out on one database, and compares what comes of it.
    pub fn carry_out(&self, target: &Target, tell: &Tell) -> Result<Ended, Stopped> {
        let act = match self.way {
            Way::Up => apply::apply,
            Way::Down => apply::rollback,
        };
        let done = act(target, &self.migrations, &self.goal, &self.manner, tell)?;
        tell.live("         comparing the database with the schema that it should have");
        let drift = self.drift(target, &done);
        Ok(Ended { done, drift })
    }

    /// What would be carried out.
    pub fn dry(&self, target: &Target) -> Result<Vec<String>, Stopped> {
        let works = apply::dry(target, &self.migrations, &self.goal, self.way)?;
        let line = |work: &apply::Work| match apply::parts(&work.path, &work.sql) {
            Ok(parts) => {
                let steps = parts.iter().filter(|part| part.is_step()).count();
                let statements: usize = parts.iter().map(|part| part.statements().len()).sum();
                let whole = if steps < 2 { "one transaction".to_owned() } else { format!("{steps} parts") };
                Ok(format!("{} {}: {statements} statements, {whole}", work.way.name(), work.stem()))
            }
            Err(faults) => Err(Stopped::Refused(faults)),
        };
        works.iter().map(line).collect()
    }

    fn drift(&self, target: &Target, done: &Done) -> Result<Drift, String> {
        let Some(side) = self.reached(done) else { return Ok(Drift::default()) };
        let compared = self.expected(&side, target).and_then(|expected| drift::drift(target, &expected, &self.root));
        compared.map_err(|error| error.to_string())
    }

    /// Where the database should stand now; nowhere, if that is not known or not asked for.
    fn reached(&self, done: &Done) -> Option<Side> {
        let at = done.at.filter(|_| self.is_verified && done.unknown.is_empty())?;
        let is_open = self.migrations.get(at).is_some_and(|it| it.is_open);
        Some(if is_open { Side::Declared } else { Side::History(at) })
    }

    fn expected(&self, side: &Side, target: &Target) -> Result<CatalogReading, CompareError> {
        let lost = || CompareError::Side("another database could not be compared".into());
        let mut known = self.expected.lock().map_err(|_| lost())?;
        if let Some((_, reading)) = known.iter().find(|(it, _)| it.to_string() == side.to_string()) {
            return Ok(reading.clone());
        }
        let reading = compare::built(side, &self.schema(side)?, &self.root, compare::major(target)?)?;
        known.push((side.clone(), reading.clone()));
        Ok(reading)
    }
}

impl Job {
    fn schema(&self, side: &Side) -> Result<Schema, CompareError> {
        let Side::History(number) = side else { return Ok(self.declared.clone()) };
        let missing = || CompareError::Side(format!("there is no entry {number:03} in the history"));
        let sealed = self.sealed.iter().find(|it| it.number == *number).ok_or_else(missing)?;
        let entry = entry(&self.root, sealed).map_err(|fault| CompareError::Side(fault.to_string()))?;
        Ok(entry.1)
    }
}

impl Ended {
    /// 0 done, 2 if the database differs from what it should be.
    pub fn exit_code(&self) -> u8 {
        if self.drift.as_ref().is_ok_and(|drift| !drift.differences.is_empty()) { 2 } else { 0 }
    }

    /// For machines.
    pub fn value(&self) -> Value {
        let done = &self.done;
        let mut value = json!({
            "done": done.now, "adopted": done.adopted, "left_out": done.left_out, "unknown": done.unknown, "at": done.at,
        });
        match &self.drift {
            Ok(drift) => value["drift"] = runner::drift_value(drift),
            Err(reason) => value["not_compared"] = json!(reason),
        }
        value
    }
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
    let display = PathBuf::from(path).display().to_string();
    std::fs::read_to_string(path).map_err(|error| Stopped::Failed(format!("can't read {display}: {error}")))
}
