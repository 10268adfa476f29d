//! The command line: arguments in, words and an exit code out.
//!
//! Exit codes: 0 nothing to say, 1 failed, 2 differences found, 3 refused.

mod check;
mod excerpt;
mod explain;
mod failure;
mod generate;
mod json;
mod new;
mod seal;
mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::plan::Policy;
use crate::run::Failure;
use terminal::Terminal;

/// One declared PostgreSQL schema becomes migrations, rollbacks, TypeScript, upserts, documents and notices.
///
/// Reads the declaration below `schema/` and writes the files below `generated/`.
/// Exit codes: 0 nothing to say, 1 failed, 2 differences found, 3 refused.
#[derive(Parser)]
#[command(name = "codegen", bin_name = "cargo run -p codegen --", version)]
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
}

#[derive(Subcommand)]
enum Command {
    /// Write every file that the declaration asks for (the default)
    Generate,
    /// Compare the files with the declaration; writes nothing
    Check {
        /// Also fail on promises to consumers that the database does not keep
        #[arg(long)]
        strict: bool,
    },
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
    },
    /// Tell the pending changes, losses and hazards in words
    Explain,
}

/// Runs the command that the arguments ask for.
pub fn main() -> ExitCode {
    let args = Args::parse();
    let terminal = Terminal::new(args.common.color, args.common.json);
    let result = match args.command.unwrap_or(Command::Generate) {
        Command::Generate => generate::run(&args.common, &terminal),
        Command::Check { strict } => check::run(&args.common, &terminal, strict),
        Command::New { name } => new::run(&args.common, &terminal, &name),
        Command::Seal { baseline: None } => seal::run(&args.common, &terminal),
        Command::Seal { baseline: Some(name) } => seal::baseline(&args.common, &terminal, &name),
        Command::Explain => explain::run(&args.common, &terminal),
    };
    result.unwrap_or_else(|failure| {
        failure::say(&terminal, &failure);
        ExitCode::from(failure.exit_code())
    })
}

impl Common {
    fn policy(&self) -> Option<Policy> {
        self.rollback.map(|rollback| match rollback {
            Rollback::Runnable => Policy::Runnable,
            Rollback::Exact => Policy::Exact,
        })
    }
}

/// What a command comes to.
type Outcome = Result<ExitCode, Failure>;
