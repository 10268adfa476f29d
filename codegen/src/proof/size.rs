//! Proofs with as many rows as another database has: whether it still holds, and how long it takes.

use std::collections::BTreeMap;

use super::Subject;
use super::ground::Ground;
use crate::model::Id;
use crate::prove::rows::grow;
use crate::prove::{ProofError, Timed};
use crate::scratch::Server;

/// How many rows the tables get.
#[derive(Clone, Debug, Default)]
pub struct Amount {
    /// Each table at least, if its constraints leave room for them.
    pub least: usize,
    /// These tables; empty, if no other database is asked for.
    pub sizes: BTreeMap<Id, usize>,
}

/// What was seen of a proof with many rows on one server.
#[derive(Clone, Debug, Default)]
pub struct AtSize {
    /// The server's major.
    pub major: u32,
    /// How many rows each table had, and how many it should have had.
    pub tables: BTreeMap<Id, (usize, usize)>,
    /// Why the way up refuses so many rows, so that it was tried with the few.
    pub refused: Option<String>,
    /// The statements of both ways.
    pub times: Vec<Timed>,
}

/// The ground with as many rows as are asked for. Rows that the way up refuses are taken out again: they are made of few,
/// which are more alike than real ones.
pub(super) fn grown(
    server: &Server,
    subject: &Subject,
    ground: Ground,
    amount: &Amount,
) -> Result<(Ground, Option<AtSize>), ProofError> {
    if amount.sizes.is_empty() {
        return Ok((ground, None));
    }
    let full = ground.copy(server)?;
    let grown = grow(&mut full.connect()?, &ground.before, &amount.sizes)?;
    let (mut ground, refused) = ground.with_rows(server, subject, full)?;
    if refused.is_none() {
        let now = grown.tables.iter().map(|(id, (rows, _))| (id.clone(), *rows));
        ground.filled.tables.extend(now);
    }
    let at_size = AtSize { major: server.version(), tables: grown.tables, refused, times: Vec::new() };
    Ok((ground, Some(at_size)))
}
