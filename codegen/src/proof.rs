//! Proofs of migrations: which texts are tried between which schemas, on which servers, and what that comes to.
//!
//! `prove` makes a trial; here is what it is made of: the rows, the rollback under each policy, the locks that were
//! really taken, and how the versions before and after get along.

mod deploy;
mod ground;
mod merge;
mod size;
mod statements;
mod subject;
mod tighten;
mod trace;

use std::collections::BTreeMap;

use crate::emit::proof::{Deploy, Proof, StatementMeasured, TripMade};
use crate::prove::ProofError;
use crate::scratch::{Binaries, ScratchError, Server};

use ground::Ground;
pub use size::{Amount, AtSize};
pub use subject::{Start, Subject, SubjectError, Way};
pub use trace::trace;

/// What one server has shown.
struct Shown {
    major: u32,
    ground: Ground,
    trips: Vec<TripMade>,
    statements: Vec<StatementMeasured>,
    deploy: Option<Deploy>,
    at_size: Option<AtSize>,
}

/// Why there is no proof.
#[derive(Debug, thiserror::Error)]
pub enum ProveError {
    /// No server can be had.
    #[error(transparent)]
    Scratch(#[from] ScratchError),
    /// The trial could not be made to its end.
    #[error("PostgreSQL {major}: {source}")]
    Trial {
        /// The server's major.
        major: u32,
        /// Why.
        source: ProofError,
    },
}

/// Proves a subject on each of these servers. `wanted` is how many rows each table gets at least, if it has room.
///
/// # Errors
/// When a server can't be had, or a schema can't be built on it. What a migration does wrong is in the [`Proof`].
pub fn prove(subject: &Subject, servers: &[Binaries], wanted: usize) -> Result<Proof, ProveError> {
    let amount = Amount { least: wanted, sizes: BTreeMap::new() };
    Ok(prove_at_size(subject, servers, &amount)?.0)
}

/// Proves a subject with as many rows as another database has, and says what was seen of that on each server: it is no
/// part of the proof, since it differs from run to run.
///
/// # Errors
/// See [`prove`].
pub fn prove_at_size(
    subject: &Subject,
    servers: &[Binaries],
    amount: &Amount,
) -> Result<(Proof, Vec<AtSize>), ProveError> {
    let mut shown = Vec::new();
    for binaries in servers {
        let server = Server::start(binaries)?;
        let major = server.version();
        shown.push(show(&server, subject, amount).map_err(|source| ProveError::Trial { major, source })?);
    }
    let at_size = shown.iter_mut().filter_map(|it| it.at_size.take()).collect();
    Ok((merge::merged(subject, shown), at_size))
}

fn show(server: &Server, subject: &Subject, amount: &Amount) -> Result<Shown, ProofError> {
    let ground = Ground::lay(server, subject, amount.least)?;
    let (ground, mut at_size) = size::grown(server, subject, ground, amount)?;
    let mut trips = Vec::new();
    for way in &subject.ways {
        trips.extend(ground.trips(server, way)?);
    }
    let (statements, times) = match subject.chosen() {
        Some(way) => statements::measure(server, &ground, way)?,
        None => Default::default(),
    };
    if let Some(at_size) = &mut at_size {
        at_size.times = times;
    }
    let deploy = match subject.chosen() {
        Some(way) => deploy::tried(server, &ground, subject, way)?,
        None => None,
    };
    Ok(Shown { major: server.version(), ground, trips, statements, deploy, at_size })
}
