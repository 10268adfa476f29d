//! `prove`: up, down and up again on throw-away servers, with rows; and what that has shown, as a file for the reviewer.

mod size;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;

use super::terminal::{Terminal, command};
use super::{Common, Outcome, generate};
use crate::compare::{self, Side};
use crate::emit::ledger::ledger;
use crate::emit::proof::{self as page, Proof, TripMade};
use crate::output::{DriftKind, Mode};
use crate::proof::{self, Amount, Start, Subject};
use crate::run::{self, Asked, Failure, Planned, Project};
use crate::scratch::Binaries;

/// What is proved, and on what.
#[derive(clap::Args)]
pub struct Args {
    /// The number of a sealed migration; without it the open one
    #[arg(value_name = "NUMBER", conflicts_with_all = ["all", "up"])]
    number: Option<u32>,
    /// Every migration of the history, and the open one
    #[arg(long, conflicts_with = "up")]
    all: bool,
    /// Prove a file that somebody wrote, together with --down; of several, each is a part, in this order
    #[arg(long, value_name = "FILE", requires = "down")]
    up: Vec<PathBuf>,
    /// The rollback to --up, of one file or several
    #[arg(long, value_name = "FILE", requires = "up")]
    down: Vec<PathBuf>,
    /// Where --up starts: `history:NNN` (the default is the last entry), an .sql file, a folder of migrations, a database
    #[arg(long, value_name = "SIDE", requires = "up")]
    from: Option<String>,
    /// Rows of your own for --up and --down, as a file of SQL; can be repeated
    #[arg(long, value_name = "FILE", requires = "up")]
    fixtures: Vec<PathBuf>,
    /// Clone the schema of this database first, reading only, and prove the open migration on the clone
    #[arg(long, value_name = "URL", conflicts_with_all = ["number", "all", "up"])]
    database_url: Option<String>,
    /// Tell the losses in rows of that database, prove with as many rows as it has, and say how long that takes
    #[arg(long, requires = "database_url")]
    with_counts: bool,
    /// How many rows a table gets at most with --with-counts
    #[arg(long, value_name = "ROWS", default_value_t = 10_000, requires = "with_counts")]
    rows_at_most: usize,
    /// The major of the server; can be repeated. Without it the newest that is installed
    #[arg(long, value_name = "MAJOR", conflicts_with = "matrix")]
    pg: Vec<u32>,
    /// Every major that is installed
    #[arg(long)]
    matrix: bool,
    /// How many rows each table gets at least, if its constraints leave room for them
    #[arg(long, value_name = "ROWS", default_value_t = 5)]
    rows: usize,
    /// Write nothing; fail if the files of a proof are not what this run would write
    #[arg(long)]
    check: bool,
}

/// Proves; 2 if something does not hold.
pub fn run(common: &Common, terminal: &Terminal, args: &Args) -> Outcome {
    let servers = servers(args, &common.root)?;
    if let Some(first) = args.up.first() {
        let subject = files(common, args, first)?;
        let proof = proof::prove(&subject, &servers, args.rows).map_err(failed)?;
        tell(terminal, &[&proof]);
        terminal.json(&json!({ "proofs": [&proof] }));
        return Ok(exit_code(&[&proof]));
    }
    let project = run::read(&common.root)?;
    let planned = run::plan(&project, common.asked())?;
    run::decided(&project, &planned)?;
    let subjects = subjects(&project, &planned, common.asked(), args)?;
    let amount = Amount { least: args.rows, sizes: size::wanted(&subjects, args)? };
    let (mut proofs, mut seen) = (Vec::new(), Vec::new());
    for subject in &subjects {
        let (proof, at_size) = proof::prove_at_size(subject, &servers, &amount).map_err(failed)?;
        proofs.push(proof);
        seen.extend(at_size);
    }
    let proofs: Vec<&Proof> = proofs.iter().collect();
    tell(terminal, &proofs);
    size::tell(terminal, &seen);
    terminal.json(&json!({ "proofs": proofs, "at_size": size::json(&seen) }));
    if args.with_counts {
        count(terminal, &planned, args)?;
    }
    if args.database_url.is_some() {
        return Ok(exit_code(&proofs));
    }
    let settled = settle(common, terminal, project, &proofs, args.check)?;
    Ok(if settled { exit_code(&proofs) } else { ExitCode::from(2) })
}

fn exit_code(proofs: &[&Proof]) -> ExitCode {
    ExitCode::from(if proofs.iter().all(|proof| proof.holds) { 0 } else { 2 })
}

fn failed(error: impl std::fmt::Display) -> Failure {
    Failure::Unreadable(vec![error.to_string()])
}

/// The servers that were asked for.
fn servers(args: &Args, root: &Path) -> Result<Vec<Binaries>, Failure> {
    if args.matrix {
        return Ok(Binaries::all(root)).and_then(|all| match all.is_empty() {
            true => Binaries::find(None, root).map(|one| vec![one]).map_err(failed),
            false => Ok(all),
        });
    }
    let mut wanted: Vec<Option<u32>> = args.pg.iter().copied().map(Some).collect();
    wanted.sort_unstable();
    wanted.dedup();
    if wanted.is_empty() {
        wanted.push(None);
    }
    wanted.into_iter().map(|major| Binaries::find(major, root).map_err(failed)).collect()
}

/// The files that somebody wrote, between a schema and wherever they lead.
fn files(common: &Common, args: &Args, first: &Path) -> Result<Subject, Failure> {
    let read = |path: &Path| {
        std::fs::read_to_string(path).map_err(|error| failed(format!("{}: can't be read: {error}", path.display())))
    };
    let start = match &args.from {
        Some(side) => {
            let side = Side::parse(side).map_err(|error| failed(format!("--from: {error}")))?;
            let project = side.is_ours().then(|| run::read(&common.root)).transpose()?;
            compare::start(&side, project.as_ref()).map_err(failed)?
        }
        None => compare::Origin::Schema(run::read(&common.root)?.history.schema().clone()),
    };
    let start = match start {
        compare::Origin::Schema(schema) => Start::Schema(schema),
        compare::Origin::Texts(texts) => Start::Texts(texts),
    };
    let name = first.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let all = |paths: &[PathBuf]| paths.iter().map(|path| read(path)).collect::<Result<Vec<String>, Failure>>();
    let mut subject = Subject::files(&name, start, all(&args.up)?, all(&args.down)?);
    for path in &args.fixtures {
        subject.fixtures.push((path.display().to_string(), read(path)?));
    }
    Ok(subject)
}

/// The migrations of the project that are asked for.
fn subjects(project: &Project, planned: &Planned, asked: Asked, args: &Args) -> Result<Vec<Subject>, Failure> {
    let sealed = |entry| Subject::sealed(project, planned, entry).map_err(failed);
    let mut subjects = Vec::new();
    if args.all {
        let with_files = project.history.sealed.iter().filter(|entry| !entry.files.is_empty());
        subjects = with_files.map(sealed).collect::<Result<_, _>>()?;
        subjects.extend(Subject::open(project, planned, asked)?);
    } else if let Some(number) = args.number.filter(|number| open_number(planned) != Some(*number)) {
        let entry = project.history.sealed.iter().find(|entry| entry.number == number);
        let entry =
            entry.ok_or_else(|| failed(format!("there is no migration {number:03}; {}", known(project, planned))))?;
        subjects.push(sealed(entry)?);
    } else {
        for step in std::iter::once(planned).chain(&planned.later) {
            subjects.extend(Subject::open(project, step, asked)?);
        }
    }
    if subjects.is_empty() {
        let all = command("prove --all");
        return Err(failed(format!("no migration is open, so there is nothing to prove; for the history: {all}")));
    }
    if let Some(url) = &args.database_url {
        let side = Side::parse(url).map_err(|error| failed(format!("--database-url: {error}")))?;
        let origin = compare::start(&side, Some(project)).map_err(failed)?;
        if let compare::Origin::Schema(schema) = origin {
            subjects.iter_mut().for_each(|subject| subject.start = Start::Schema(schema.clone()));
        }
    }
    Ok(subjects)
}

/// Tells how much of what is lost there is in the database.
fn count(terminal: &Terminal, planned: &Planned, args: &Args) -> Result<(), Failure> {
    let mut entries = ledger(&planned.migration, &planned.accepted);
    let url = args.database_url.as_deref().unwrap_or_default();
    super::losses::count(&mut entries, url)?;
    for entry in entries {
        let Some(count) = entry.count else { continue };
        let about = if count.exact { "" } else { "about " };
        terminal.say(format!("  {}: {}: {about}{} in this database", entry.object, entry.what, count.rows));
    }
    Ok(())
}

fn open_number(planned: &Planned) -> Option<u32> {
    planned.intent.filter(|_| !planned.migration.is_empty()).map(|intent| intent.number.value)
}

fn known(project: &Project, planned: &Planned) -> String {
    let sealed = project.history.sealed.iter().map(|entry| format!("{:03}", entry.number));
    let open = open_number(planned).map(|number| format!("{number:03} (open)"));
    format!("there are {}", sealed.chain(open).collect::<Vec<_>>().join(", "))
}

/// Writes the files of the proofs with all others, or compares them. True: nothing differs.
fn settle(
    common: &Common,
    terminal: &Terminal,
    mut project: Project,
    proofs: &[&Proof],
    check: bool,
) -> Result<bool, Failure> {
    let frozen = |proof: &Proof| {
        let path = format!("{}/{}.json", page::FOLDER, proof.migration);
        project.history.sealed.iter().any(|entry| entry.files.contains_key(&path))
    };
    // What was frozen with its migration stays as it was then.
    let proofs: Vec<&Proof> = proofs.iter().copied().filter(|proof| !frozen(proof)).collect();
    for proof in proofs {
        project.proofs.retain(|known| known.migration != proof.migration);
        project.proofs.push(proof.clone());
    }
    project.proofs.sort_by(|one, other| one.migration.cmp(&other.migration));
    let planned = run::plan(&project, common.asked())?;
    let mode = if check { Mode::Check } else { Mode::Write };
    let report = run::settle(&project, run::artifacts(&project, &planned), mode)?;
    if !check {
        generate::say(terminal, &report);
        return Ok(true);
    }
    let of_proofs = report.drifts.iter().filter(|drift| drift.path.starts_with(page::FOLDER));
    let mut is_same = true;
    for drift in of_proofs {
        is_same = false;
        let verb = if drift.kind == DriftKind::Missing { "is missing" } else { "differs" };
        terminal.say(format!("{} {verb}\n{}", drift.path.display(), terminal.diff(&drift.diff)));
    }
    Ok(is_same)
}

fn tell(terminal: &Terminal, proofs: &[&Proof]) {
    proofs.iter().for_each(|proof| tell_one(terminal, proof));
}

fn tell_one(terminal: &Terminal, proof: &Proof) {
    let servers: Vec<String> = proof.servers.iter().map(u32::to_string).collect();
    let verdict = if proof.holds { "holds" } else { "does not hold" };
    let (rows, reached) = (&proof.rows, proof.rows.reached);
    let head = format!("{} {verdict} on PostgreSQL {}", proof.migration, servers.join(", "));
    let all = reached + rows.unreached.len();
    terminal.say(format!(
        "{}: {} rows in {} tables reach {reached} of {all} constraints",
        terminal.bold(&head),
        rows.rows,
        rows.tables
    ));
    if let Some(reason) = &rows.refused {
        terminal.say(format!("  the way up fails on rows that the schema before allows: {reason}"));
    }
    for trip in &proof.trips {
        tell_trip(terminal, trip);
    }
    if let Some(deploy) = &proof.deploy {
        terminal.say(format!("  deploy: {}: {}", deploy.verdict, deploy.meaning));
    }
}

fn tell_trip(terminal: &Terminal, trip: &TripMade) {
    let rollback = if trip.rollback.is_empty() { "rollback" } else { &trip.rollback };
    let rows = if trip.with_rows { "with rows" } else { "with empty tables" };
    let outcome = match (&trip.refusal, trip.findings.len()) {
        (Some(reason), _) => format!("refuses: {reason}"),
        (None, 0) => "as it should be".to_owned(),
        (None, 1) => "1 finding".to_owned(),
        (None, count) => format!("{count} findings"),
    };
    let servers: Vec<String> = trip.servers.iter().map(u32::to_string).collect();
    terminal.say(format!("  {rollback}, {rows}, on {}: {outcome}", servers.join(", ")));
    for finding in &trip.findings {
        terminal.say(format!("    {}", finding.replace('\n', "\n      ")));
    }
    for loss in &trip.losses {
        terminal.say(format!("    does not come back: {}: {}", loss.object, loss.what));
    }
    if let Some(newer) = &trip.with_newer_rows {
        terminal.say(format!("    with rows written after the way up: {newer}"));
    }
}
