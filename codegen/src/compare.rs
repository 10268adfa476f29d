//! Any two of: a live database, the declaration, an entry of the history, SQL text; and the migration between them.
//!
//! **Architecture Invariant:** both sides come in by the same door. Two texts of ours are compared as they are declared;
//! everything else as a catalog, for which our own text is first built in a throw-away database.

mod counts;
mod folder;
pub mod pulled;
mod side;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::connect::{self, ConnectError, Target};
use crate::diff::diff;
use crate::kinds::{Kind, Renaming};
use crate::model::Schema;
use crate::plan::{Ambiguity, Migration, PlanError, Policy, Wishes, ambiguities};
use crate::prove::{self, ProofError};
use crate::read::catalog::{CatalogError, CatalogReading, catalog};
use crate::read::{self, History};
use crate::run::Project;
use crate::scratch::{Binaries, ScratchError, Server, script};
use crate::sql::Style;

pub use counts::counts;
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
    /// There is no throw-away database.
    #[error(transparent)]
    Scratch(#[from] ScratchError),
    /// A live database can't be reached.
    #[error(transparent)]
    Connect(#[from] ConnectError),
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

/// Reads both sides, at once. `project` is needed for sides that are ours.
///
/// # Errors
/// What can't be found, reached, read or built.
pub fn sides(from: &Side, to: &Side, project: Option<&Project>, root: &Path) -> Result<Sides, CompareError> {
    let sources = (Source::of(from, project)?, Source::of(to, project)?);
    if let (Source::Declared(from), Source::Declared(to)) = sources {
        let reading = |schema| CatalogReading { schema, ..Default::default() };
        return Ok(Sides { from: reading(from), to: reading(to), style: Style::default() });
    }
    let (one, two) = &sources;
    // What is built on a server of another major may print differently, so it follows the live side.
    let is_live = |source: &Source| matches!(source, Source::Live(_));
    let major = match (is_live(one), is_live(two)) {
        (true, false) => one.major()?,
        (false, true) => two.major()?,
        _ => None,
    };
    let binaries = || Binaries::find(major, root).or_else(|_| Binaries::find(None, root));
    let (from, to) = std::thread::scope(|scope| {
        let other = scope.spawn(|| one.reading(from, binaries));
        let to = two.reading(to, binaries);
        let from = other.join();
        (from.unwrap_or_else(|_| Err(CompareError::Side("reading was interrupted".into()))), to)
    });
    Ok(Sides { from: from?, to: to?, style: Style { unchecked_bodies: true, ..Style::default() } })
}

/// One side as a catalog: a live database is read, anything else is built on a throw-away server, of this major if there
/// is one. `project` is needed for a side that is ours.
///
/// # Errors
/// What can't be found, reached, read or built.
pub fn reading(
    side: &Side,
    project: Option<&Project>,
    root: &Path,
    major: Option<u32>,
) -> Result<CatalogReading, CompareError> {
    let binaries = || Binaries::find(major, root).or_else(|_| Binaries::find(None, root));
    Source::of(side, project)?.reading(side, binaries)
}

/// A schema of ours as a catalog: built on a throw-away server, of this major if there is one. `side` says whose it is.
///
/// # Errors
/// When there is no server, or the schema can't be built.
pub fn built(side: &Side, schema: &Schema, root: &Path, major: Option<u32>) -> Result<CatalogReading, CompareError> {
    let binaries = || Binaries::find(major, root).or_else(|_| Binaries::find(None, root));
    Source::Declared(schema.clone()).reading(side, binaries)
}

/// The major of the server of a live database.
///
/// # Errors
/// When it can't be reached.
pub fn major(target: &Target) -> Result<Option<u32>, CompareError> {
    Source::Live(target.clone()).major()
}

/// Plans both ways between two sides, without asking anybody anything.
///
/// # Errors
/// Renames that can't be carried out, and objects that need each other.
pub fn plan(sides: &Sides, policy: Policy, renames: Vec<Renaming>) -> Result<Comparison, CompareError> {
    let hidden: BTreeSet<Kind> = sides.from.hidden.union(&sides.to.hidden).copied().collect();
    let (from, to) = (&sides.from.schema.without(&hidden), &sides.to.schema.without(&hidden));
    let decided = diff(from, to).iter().map(crate::model::Change::id).collect();
    let (style, label) = (sides.style.clone(), "diff".to_owned());
    let wishes = Wishes { style, policy, renames, label, dropped: decided, ..Wishes::default() };
    let migration = Migration::between(from, to, &wishes)?;
    let ambiguities = if wishes.renames.is_empty() { ambiguities(from, to, &BTreeSet::new()) } else { Vec::new() };
    let mut unmodelled = sides.from.unmodelled.clone();
    for (what, count) in &sides.to.unmodelled {
        let known = unmodelled.entry(what.clone()).or_default();
        *known = (*known).max(*count);
    }
    Ok(Comparison { migration, ambiguities, unmodelled })
}

/// What a database like a side can be made from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// Its schema; that of a live database is read from its catalog, in a transaction that only reads.
    Schema(Schema),
    /// Texts of SQL: name and text of each.
    Texts(Vec<(String, String)>),
}

/// What a database like this side can be made from.
///
/// # Errors
/// What can't be found, reached or read.
pub fn start(side: &Side, project: Option<&Project>) -> Result<Origin, CompareError> {
    match Source::of(side, project)? {
        Source::Texts(texts) => Ok(Origin::Texts(texts)),
        Source::Declared(schema) => Ok(Origin::Schema(schema)),
        live @ Source::Live(_) => {
            let nobody = || Err(ScratchError::Missing { wanted: None, passed_over: Vec::new() });
            Ok(Origin::Schema(live.reading(side, nobody)?.schema))
        }
    }
}

/// What a side is read from.
enum Source {
    Live(Target),
    Texts(Vec<(String, String)>),
    Declared(Schema),
}

impl Source {
    fn of(side: &Side, project: Option<&Project>) -> Result<Self, CompareError> {
        match (side, project) {
            (Side::Database(target), _) => Ok(Source::Live(target.clone())),
            (Side::Script(path), _) => Ok(Source::Texts(vec![folder::text(path)?])),
            (Side::Migrations(path), _) => folder::texts(path).map(Source::Texts),
            (Side::Declared, Some(project)) => Ok(Source::Declared(project.declared.schema.clone())),
            (Side::History(number), Some(project)) => sealed(*number, project).map(Source::Declared),
            (_, None) => Err(CompareError::Side(format!("{side} needs a project"))),
        }
    }

    /// The major of a live server.
    fn major(&self) -> Result<Option<u32>, CompareError> {
        let Source::Live(target) = self else { return Ok(None) };
        let said = connect::connect(target)?.query_one("SHOW server_version_num", &[]);
        let number = said.ok().and_then(|row| row.get::<_, String>(0).parse::<u32>().ok());
        Ok(number.map(|number| number / 10_000))
    }

    fn reading(
        &self,
        side: &Side,
        binaries: impl Fn() -> Result<Binaries, ScratchError>,
    ) -> Result<CatalogReading, CompareError> {
        let unread = |source| CompareError::Catalog { side: side.to_string(), source };
        let unbuilt = |source| CompareError::Build { side: side.to_string(), source };
        match self {
            Source::Live(target) => {
                let mut client = connect::connect(target)?;
                connect::prepare_to_read(&mut client)
                    .map_err(|error| CompareError::Side(format!("{side}: {error}")))?;
                catalog(&mut client).map_err(unread)
            }
            Source::Texts(texts) => {
                let server = Server::start(&binaries()?)?;
                let database = script::load(&server, texts)?;
                catalog(&mut database.connect()?).map_err(unread)
            }
            Source::Declared(schema) => {
                let server = Server::start(&binaries()?)?;
                let schema = prove::built(&server, schema).map_err(|refused| unbuilt(refused.error))?;
                Ok(CatalogReading { schema, ..Default::default() })
            }
        }
    }
}

fn sealed(number: u32, project: &Project) -> Result<Schema, CompareError> {
    let missing = || {
        CompareError::Side(format!(
            "there is no entry {number:03} in the history; it has {}",
            numbers(&project.history)
        ))
    };
    let sealed = project.history.sealed.iter().find(|it| it.number == number).ok_or_else(missing)?;
    let entry = read::history::entry(&project.root, sealed).map_err(|fault| CompareError::Side(fault.to_string()))?;
    Ok(entry.1)
}

fn numbers(history: &History) -> String {
    let numbers: Vec<String> = history.sealed.iter().map(|entry| format!("{:03}", entry.number)).collect();
    if numbers.is_empty() { "none yet".into() } else { numbers.join(", ") }
}
