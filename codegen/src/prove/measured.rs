//! What a statement really does to those who use the database meanwhile: its locks, read from the server, and whether it
//! read or wrote whole tables.
//!
//! Sources: PostgreSQL documentation, pg_locks (54.12), pg_class.relfilenode (53.11), and the counters behind
//! pg_stat_xact_user_tables (28.2), which count within the transaction that asks.

use std::collections::BTreeMap;

use postgres::Transaction;

use crate::kinds::Kind;
use crate::model::{Id, LockMode};

/// What one statement did to one relation that was there before it: a table, a view, a materialized view or a foreign
/// table. Locks on indexes and sequences are left out, since nobody waits for them who does not wait for the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The relation, under the name that it had before the statement.
    pub relation: Id,
    /// The server's number of it, which stays when it is renamed.
    pub oid: u32,
    /// The strongest lock that the statement took.
    pub mode: LockMode,
    /// Whether it was read from end to end.
    pub scan: bool,
    /// Whether it was written anew.
    pub rewrite: bool,
}

/// Runs one statement and says what it took, by relation.
///
/// Locks are held until the transaction ends, so that one which an earlier statement took as well is not seen again: to see
/// all that a statement takes, give it a transaction of its own.
///
/// # Errors
/// When the server refuses the statement.
pub fn measured(transaction: &mut Transaction, statement: &str) -> Result<Vec<Measured>, postgres::Error> {
    let (before, held) = (relations(transaction)?, locks(transaction)?);
    transaction.batch_execute(statement)?;
    let (after, holds) = (relations(transaction)?, locks(transaction)?);
    let new = |(oid, modes): (&u32, &Vec<LockMode>)| {
        let known = held.get(oid);
        let taken = modes.iter().filter(|mode| known.is_none_or(|known| !known.contains(mode)));
        Some((*oid, *taken.max()?))
    };
    let taken = holds.iter().filter_map(new).filter_map(|(oid, mode)| {
        let (was, is) = (before.get(&oid)?, after.get(&oid));
        let scan = is.is_some_and(|is| is.scans > was.scans);
        let rewrite = is.is_some_and(|is| is.file != was.file);
        Some(Measured { relation: was.id.clone(), oid, mode, scan, rewrite })
    });
    let mut taken: Vec<Measured> = taken.collect();
    taken.sort_by(|one, other| one.relation.cmp(&other.relation));
    Ok(taken)
}

/// A relation at one moment.
struct Relation {
    id: Id,
    /// Where its rows lie; 0 if it has none of its own.
    file: u32,
    /// How often it has been read from end to end in this transaction.
    scans: i64,
}

fn relations(transaction: &mut Transaction) -> Result<BTreeMap<u32, Relation>, postgres::Error> {
    const QUERY: &str = "
        SELECT c.oid, c.relkind::text, n.nspname::text, c.relname::text, c.relfilenode,
          pg_catalog.pg_stat_get_xact_numscans(c.oid)
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";
    let rows = transaction.query(QUERY, &[])?;
    let relation = |row: &postgres::Row| {
        let kind = match row.get::<_, String>(1).as_str() {
            "v" => Kind::View,
            "m" => Kind::MaterializedView,
            "f" => Kind::ForeignTable,
            _ => Kind::Table,
        };
        let id = Id::new(kind, [row.get::<_, String>(2), row.get::<_, String>(3)]);
        (row.get(0), Relation { id, file: row.get(4), scans: row.get(5) })
    };
    Ok(rows.iter().map(relation).collect())
}

/// The modes of the locks that this session holds on each relation.
fn locks(transaction: &mut Transaction) -> Result<BTreeMap<u32, Vec<LockMode>>, postgres::Error> {
    const QUERY: &str = "
        SELECT relation, mode FROM pg_catalog.pg_locks
        WHERE locktype = 'relation' AND granted AND pid = pg_catalog.pg_backend_pid()
          AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())";
    let mut held: BTreeMap<u32, Vec<LockMode>> = BTreeMap::new();
    for row in transaction.query(QUERY, &[])? {
        let mode: String = row.get(1);
        if let Some(mode) = LockMode::named_by_server(&mode) {
            held.entry(row.get(0)).or_default().push(mode);
        }
    }
    Ok(held)
}
