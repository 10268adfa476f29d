//! The command line: arguments in, words and an exit code out.
//!
//! Exit codes: 0 nothing to say, 1 failed, 2 differences found, 3 refused.

#[cfg(feature = "database")]
mod apply;
mod check;
#[cfg(feature = "database")]
mod diff;
mod excerpt;
mod explain;
mod failure;
mod generate;
mod init;
#[cfg(feature = "database")]
mod job;
mod json;
mod lint;
mod losses;
#[cfg(feature = "database")]
mod many;
mod new;
#[cfg(feature = "database")]
mod prove;
#[cfg(feature = "database")]
mod pull;
#[cfg(feature = "database")]
mod runner;
mod seal;
#[cfg(feature = "database")]
mod status;
mod terminal;
#[cfg(feature = "database")]
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::plan::Policy;
use crate::run::{Asked, Failure};
use terminal::{Terminal, command};

/// One declared PostgreSQL schema becomes migrations, rollbacks, TypeScript, upserts, documents and notices.
///
/// Reads the declaration below `schema/` and writes the files below `generated/`.
/// Exit codes: 0 nothing to say, 1 failed, 2 differences found, 3 refused.
#[derive(Parser)]
#[command(name = "codegen", version)]
struct Args {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    common: Common,
}

#[derive(clap::Args, Clone)]
struct Common {
    /// The project's folder: the one that holds `schema/` and `generated/`
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    root: PathBuf,

    /// Say everything as JSON on standard output, for machines
    #[arg(long, global = true)]
    json: bool,

    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    color: Color,

    /// Plan the open migration's rollback under this policy instead of the intent's
    #[arg(long, global = true, value_enum, value_name = "POLICY")]
    rollback: Option<Rollback>,

    /// Plan so that tables stay usable meanwhile, in several transactions
    #[arg(long, global = true)]
    online: bool,

    /// Write what is not one transaction as several files, for a runner that runs each file in one
    #[arg(long, global = true)]
    split: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Color {
    /// On a terminal only
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Clone, Copy, ValueEnum)]
enum Rollback {
    /// Always runs; what can't be restored is said
    Runnable,
    /// Restores the schema exactly, or refuses before touching anything
    Exact,
    /// Restores schema and values: up keeps them in side tables
    Retained,
}

#[derive(Subcommand)]
enum Command {
    /// Begin a project: writes `schema/` with one table to start from
    Init,
    /// Write every file that the declaration asks for (the default)
    Generate,
    /// Compare the files with the declaration; writes nothing
    Check {
        /// Also fail on promises to consumers that the database does not keep
        #[arg(long)]
        strict: bool,
    },
    /// Write the declaration of a database that is there
    ///
    /// Begins a project where there is none, with the database's schema as the first entry of the history. Where there is
    /// one, files that a pull wrote and nobody has edited are written anew; anything else is refused, by name.
    #[cfg(feature = "database")]
    Pull(pull::Args),
    /// Scaffold the intent of the next migration
    New {
        /// The migration's name, for example `add_active_flag`
        name: String,
    },
    /// Freeze the open migration: from now on its files are only checked
    Seal {
        /// Instead, take the declared schema as what databases already have, under this number and name (`152_drop_columns`)
        #[arg(long, value_name = "NUMBER_NAME")]
        baseline: Option<String>,
        /// Instead, seal a migration that drops what sealed ones keep for their `retained` rollbacks
        #[arg(long, conflicts_with = "baseline")]
        drop_retained: bool,
    },
    /// Prove a migration: up, down and up again on throw-away servers, with rows in all tables
    ///
    /// Writes what was shown to `generated/proofs/`. Exit code 2 if something does not hold.
    #[cfg(feature = "database")]
    Prove(prove::Args),
    /// Tell what each way of the open migration destroys and what the rollback can't bring back
    ///
    /// Exit code 3 if nobody has accepted a loss.
    Losses(losses::Args),
    /// Tell the pending changes, losses and hazards in words
    Explain,
    /// Name what may block, fail, rewrite, break running code or open a hole
    ///
    /// Without files: in the open migration and its rollback. With files: in SQL that is written by hand, in which a comment
    /// `-- tablewright: accept RULE OBJECT because REASON` accepts a hazard.
    /// Exit code 3 if there is one of level error that nobody has accepted.
    Lint(lint::Args),
    /// Plan the way from one schema to another, and back
    ///
    /// A side is a database URL, `declared`, `history:NNN`, an .sql file, or a folder of migrations.
    /// Nothing is ever asked: a drop and a create that could be a rename stay what they are, unless --rename says so.
    /// Without --up and --down the way up is printed, and the exit code is 2 if there is anything to do.
    #[cfg(feature = "database")]
    Diff(diff::Args),
    /// Apply the migrations that a database does not have
    ///
    /// Each file runs in one transaction with the note that it is applied, or, where it can't, in parts of which each is
    /// noted, so that a run that was cut off goes on where it stopped. Afterwards the database is compared with the schema that
    /// it should have: 2 if it differs. 3 if another runner is at work, or a file was edited.
    #[cfg(feature = "database")]
    Apply(Box<apply::Args>),
    /// Roll back the last migration that a database has, or all after one
    #[cfg(feature = "database")]
    Rollback(Box<apply::RollbackArgs>),
    /// Say which migrations a database has; 2 if it lacks one
    #[cfg(feature = "database")]
    Status(status::Args),
    /// Compare a database with the declaration or an entry of the history; 2 if it differs
    ///
    /// It is only read: a role that may connect and nothing else will do, and so will a standby.
    #[cfg(feature = "database")]
    Verify(verify::Args),
}

/// A declaration is read by recursion, so that one nested thousands deep needs more than a thread usually has.
/// The memory is only taken as far as it is used.
const STACK: usize = 512 << 20;

/// Runs the command that the arguments ask for.
pub fn main() -> ExitCode {
    let spawned = std::thread::Builder::new().stack_size(STACK).spawn(parse_and_run);
    // A thread that panicked has said so.
    spawned.map_or_else(|_| parse_and_run(), |thread| thread.join().unwrap_or(ExitCode::FAILURE))
}

fn parse_and_run() -> ExitCode {
    let started_as = command("-").trim_end_matches(" -").to_owned();
    let matches = Args::command().bin_name(started_as).try_get_matches();
    match matches.and_then(|matches| Args::from_arg_matches(&matches)) {
        Ok(args) => run(args),
        Err(error) => {
            // A reader that goes away early is no fault; and clap's own exit code would mean "differences found".
            let _ = error.print();
            if error.use_stderr() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
    }
}

fn run(args: Args) -> ExitCode {
    let terminal = Terminal::new(args.common.color, args.common.json);
    let result = match args.command.unwrap_or(Command::Generate) {
        Command::Init => init::run(&args.common, &terminal),
        Command::Generate => generate::run(&args.common, &terminal),
        Command::Check { strict } => check::run(&args.common, &terminal, strict),
        #[cfg(feature = "database")]
        Command::Pull(pulled) => pull::run(&args.common, &terminal, &pulled),
        Command::New { name } => new::run(&args.common, &terminal, &name),
        Command::Seal { drop_retained: true, .. } => seal::give_up::run(&args.common, &terminal),
        Command::Seal { baseline: None, .. } => seal::run(&args.common, &terminal),
        Command::Seal { baseline: Some(name), .. } => seal::baseline(&args.common, &terminal, &name),
        #[cfg(feature = "database")]
        Command::Prove(proved) => prove::run(&args.common, &terminal, &proved),
        Command::Losses(counted) => losses::run(&args.common, &terminal, &counted),
        Command::Explain => explain::run(&args.common, &terminal),
        Command::Lint(wanted) => lint::run(&args.common, &terminal, &wanted),
        #[cfg(feature = "database")]
        Command::Diff(sides) => diff::run(&args.common, &terminal, &sides),
        #[cfg(feature = "database")]
        Command::Apply(wanted) => apply::run(&args.common, &terminal, &wanted),
        #[cfg(feature = "database")]
        Command::Rollback(wanted) => apply::rollback(&args.common, &terminal, &wanted),
        #[cfg(feature = "database")]
        Command::Status(which) => status::run(&args.common, &terminal, &which),
        #[cfg(feature = "database")]
        Command::Verify(sides) => verify::run(&args.common, &terminal, &sides),
    };
    result.unwrap_or_else(|failure| {
        failure::say(&terminal, &failure);
        ExitCode::from(failure.exit_code())
    })
}

impl Common {
    fn asked(&self) -> Asked {
        Asked { policy: self.policy(), online: self.online, wrapped: self.split }
    }

    fn policy(&self) -> Option<Policy> {
        self.rollback.map(|rollback| match rollback {
            Rollback::Runnable => Policy::Runnable,
            Rollback::Exact => Policy::Exact,
            Rollback::Retained => Policy::Retained,
        })
    }
}

/// What a command comes to.
type Outcome = Result<ExitCode, Failure>;
