//! The schema that files are looked at with, if one is given.

use super::super::terminal::Terminal;
use super::super::{Common, runner};
use crate::compare::{self, Origin, Side};
use crate::lint::written::{Text, Written, traced, written};
use crate::proof::{self, Start};
use crate::run::{self, Failure};
use crate::scratch::{Binaries, Server};

/// Which schema the files start from.
#[derive(clap::Args)]
pub struct Known {
    /// What the files start from, so that they are run on an empty copy of it: `declared`, `history:NNN`, an .sql file, a
    /// folder of migrations, a database
    #[arg(long, value_name = "SIDE", requires = "files", conflicts_with = "database_url")]
    from: Option<String>,
    /// The database that the files are for: its schema is read, and nothing is run on it
    #[arg(long, value_name = "URL", requires = "files")]
    database_url: Option<String>,
}

/// How a file is looked at.
type Look = Box<dyn Fn(&Text) -> Result<Written, Failure>>;

/// By their text alone; or on a throw-away server, if a schema is given.
pub fn look(common: &Common, terminal: &Terminal, known: &Known) -> Result<Look, Failure> {
    let side = match (&known.from, &known.database_url) {
        (None, None) => return Ok(Box::new(|file| Ok(written(file)))),
        (Some(side), _) => Side::parse(side).map_err(|error| failed(format!("--from: {error}")))?,
        (None, Some(url)) => Side::Database(runner::target(terminal, Some(url))?),
    };
    side.warnings().iter().for_each(|warning| terminal.complain(format!("warning: {warning}")));
    let project = side.is_ours().then(|| run::read(&common.root)).transpose()?;
    let major = match &side {
        Side::Database(target) => compare::major(target).map_err(failed)?,
        _ => None,
    };
    let start = match compare::start(&side, project.as_ref()).map_err(failed)? {
        Origin::Schema(schema) => Start::Schema(schema),
        Origin::Texts(texts) => Start::Texts(texts),
    };
    let newest = |_| Binaries::find(None, &common.root);
    let server = Binaries::find(major, &common.root).or_else(newest).and_then(|found| Server::start(&found));
    let server = server.map_err(failed)?;
    Ok(Box::new(move |file| {
        let trace =
            proof::trace(&server, &start, file.text).map_err(|error| failed(format!("{}: {error}", file.name)))?;
        Ok(traced(file, &trace))
    }))
}

fn failed(error: impl std::fmt::Display) -> Failure {
    Failure::Unreadable(vec![error.to_string()])
}
