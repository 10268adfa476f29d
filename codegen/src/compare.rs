//! Any two of: a live database, the declaration, an entry of the history, SQL text; and the migration between them.
//!
//! **Architecture Invariant:** both sides come in by the same door. Two texts of ours are compared as they are declared;
//! everything else as a catalog, for which our own text is first built in a throw-away database.

mod folder;
mod side;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::diff::diff;
use crate::kinds::Renaming;
use crate::model::Schema;
use crate::plan::{Ambiguity, Migration, PlanError, Policy, Wishes, ambiguities};
use crate::prove::{self, ProofError, Stage};
use crate::read::History;
use crate::read::catalog::{CatalogError, CatalogReading, catalog};
use crate::run::{self, Failure, Project};
use crate::scratch::{Binaries, ScratchError, Server, script};
use crate::sql::Style;

pub use side::Side;

/// Two schemas that came in by the same door.
#[derive(Clone, Debug, Default)]
pub struct Sides {
    /// Where the way up starts.
    pub from: CatalogReading,
    /// Where it leads.
    pub to: CatalogReading,
    /// How statements between them are written.
    pub style: Style,
}

/// A comparison with its result.
pub struct Comparison {
    /// Both plans and the losses.
    pub migration: Migration,
    /// Drops and creates that could be renames; they were taken as what they are.
    pub ambiguities: Vec<Ambiguity>,
    /// What the databases hold that no kind describes, by what it is.
    pub unmodelled: BTreeMap<String, usize>,
}

/// Why two sides can't be compared.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// A side can't be read.
    #[error("{0}")]
    Side(String),
    /// The project can't be read.
    #[error("the project can't be read")]
    Project(Box<Failure>),
    /// There is no throw-away database.
    #[error(transparent)]
    Scratch(#[from] ScratchError),
    /// A live database can't be reached.
    #[error(transparent)]
    Connect(#[from] crate::connect::ConnectError),
    /// A database can't be read.
    #[error("{side}: {source}")]
    Catalog {
        /// Which side.
        side: String,
        /// Why.
        source: CatalogError,
    },
    /// The declaration can't be built.
    #[error("{side}: {source}")]
    Build {
        /// Which side.
        side: String,
        /// Why.
        source: ProofError,
    },
    /// There is no way between them.
    #[error(transparent)]
    Plan(#[from] PlanError),
}

/// Reads both sides. Two live databases are read at once.
///
/// # Errors
/// What can't be found, reached, read or built.
pub fn read(from: &Side, to: &Side, root: &Path) -> Result<Sides, CompareError> {
    let needs_project = from.is_ours() || to.is_ours();
    let project = needs_project.then(|| run::read(root)).transpose().map_err(|it| CompareError::Project(Box::new(it)))?;
    if let (Some(project), true) = (&project, from.is_ours() && to.is_ours()) {
        let reading = |side| Ok::<_, CompareError>(CatalogReading { schema: declared(side, project)?, ..Default::default() });
        return Ok(Sides { from: reading(from)?, to: reading(to)?, style: Style::default() });
    }
    let server = Scratch { root, major: None };
    let (from, to) = std::thread::scope(|scope| {
        let other = scope.spawn(|| reading(from, project.as_ref(), &server));
        let to = reading(to, project.as_ref(), &server);
        (other.join().unwrap_or_else(|_| Err(CompareError::Side("reading was interrupted".into()))), to)
    });
    Ok(Sides { from: from?, to: to?, style: Style { unchecked_bodies: true, ..Style::default() } })
}

/// Plans both ways between two sides, without asking anybody anything.
///
/// # Errors
/// Renames that can't be carried out, and objects that need each other.
pub fn plan(sides: &Sides, policy: Policy, renames: Vec<Renaming>) -> Result<Comparison, CompareError> {
    let (from, to) = (&sides.from.schema, &sides.to.schema);
    let decided = diff(from, to).iter().map(crate::model::Change::id).collect();
    let wishes = Wishes { style: sides.style.clone(), policy, renames, dropped: decided, ..Wishes::default() };
    let migration = Migration::between(from, to, &wishes)?;
    let ambiguities = if wishes.renames.is_empty() { ambiguities(from, to, &BTreeSet::new()) } else { Vec::new() };
    let mut unmodelled = sides.from.unmodelled.clone();
    for (what, count) in &sides.to.unmodelled {
        let known = unmodelled.entry(what.clone()).or_default();
        *known = (*known).max(*count);
    }
    Ok(Comparison { migration, ambiguities, unmodelled })
}

/// How to come by a throw-away server, which only some sides need.
struct Scratch<'a> {
    root: &'a Path,
    major: Option<u32>,
}

impl Scratch<'_> {
    fn start(&self) -> Result<Server, ScratchError> {
        Server::start(&Binaries::find(self.major, self.root)?)
    }
}

fn reading(side: &Side, project: Option<&Project>, scratch: &Scratch) -> Result<CatalogReading, CompareError> {
    let unread = |source| CompareError::Catalog { side: side.to_string(), source };
    match side {
        Side::Database(target) => catalog(&mut crate::connect::connect(target)?).map_err(unread),
        Side::Script(path) => of_texts(&[(path.display().to_string(), text(path)?)], side, scratch),
        Side::Migrations(path) => of_texts(&folder::texts(path)?, side, scratch),
        Side::Declared | Side::History(_) => {
            let Some(project) = project else { return Ok(CatalogReading::default()) };
            built(&declared(side, project)?, side, scratch)
        }
    }
}

fn of_texts(texts: &[(String, String)], side: &Side, scratch: &Scratch) -> Result<CatalogReading, CompareError> {
    let server = scratch.start()?;
    let database = script::load(&server, texts)?;
    catalog(&mut database.connect()?).map_err(|source| CompareError::Catalog { side: side.to_string(), source })
}

fn built(schema: &Schema, side: &Side, scratch: &Scratch) -> Result<CatalogReading, CompareError> {
    let unbuilt = |source| CompareError::Build { side: side.to_string(), source };
    let server = scratch.start()?;
    let mut client = server.database()?.connect()?;
    let sql = prove::build(schema).map_err(unbuilt)?;
    prove::run(&mut client, Stage::Build, &sql).map_err(unbuilt)?;
    catalog(&mut client).map_err(|source| CompareError::Catalog { side: side.to_string(), source })
}

fn declared(side: &Side, project: &Project) -> Result<Schema, CompareError> {
    let Side::History(number) = side else { return Ok(project.declared.schema.clone()) };
    let missing = || CompareError::Side(format!("there is no entry {number:03} in the history; it has {}", numbers(&project.history)));
    project.history.at(*number).ok_or_else(missing)
}

fn numbers(history: &History) -> String {
    let numbers: Vec<String> = history.sealed.iter().map(|entry| format!("{:03}", entry.number)).collect();
    if numbers.is_empty() { "none yet".into() } else { numbers.join(", ") }
}

fn text(path: &Path) -> Result<String, CompareError> {
    fs::read_to_string(path).map_err(|error| CompareError::Side(format!("can't read {}: {error}", path.display())))
}
