//! What only people write: a planner makes no such statement.

use std::ops::Range;

use super::drop::everything;
use super::meaning::Meaning;
use super::{Found, hazard};
use crate::lint::{Direction, Group, Level, Rule, Said, rules};
use crate::model::Lock;

/// The rule under which it is told that a statement, or a part of one, was not looked at.
pub const NOT_LOOKED_AT: &str = "not-looked-at";

/// The rule under which it is told that the server refuses a statement.
pub const REFUSED: &str = "refused";

const fn rule(id: &'static str, group: Group, level: Level, what: &'static str, why: &'static str) -> Rule {
    Rule { id, group, level, ways: &[Direction::Up], what, why, check: |_| Vec::new() }
}

/// The rules for what is written by hand alone.
pub static WRITTEN: &[Rule] = &[
    rule(
        "delete-without-where",
        Group::DestroysData,
        Level::Error,
        "DELETE without WHERE takes all rows.",
        "No rollback brings them back, and what refers to them may go too.",
    ),
    rule(
        "update-without-where",
        Group::DestroysData,
        Level::Warning,
        "UPDATE without WHERE changes all rows.",
        "It keeps every row locked until the transaction ends, and writes the whole table once more.",
    ),
    rule(
        "truncate",
        Group::DestroysData,
        Level::Error,
        "TRUNCATE takes all rows.",
        "No rollback brings them back; with CASCADE, other tables lose theirs too.",
    ),
    rule(
        "drop-cascade",
        Group::DestroysData,
        Level::Error,
        "DROP ... CASCADE takes along what nobody has named.",
        "Views, foreign keys and functions go without a word in the file.",
    ),
    rule(
        "database-dropped",
        Group::DestroysData,
        Level::Error,
        "A database goes, and all that is in it.",
        "No rollback brings it back.",
    ),
    rule(
        "concurrently-in-transaction",
        Group::MayFail,
        Level::Error,
        "A statement with CONCURRENTLY stands in a transaction.",
        "PostgreSQL refuses it there.",
    ),
    rule(
        "transaction-nested",
        Group::MayFail,
        Level::Warning,
        "BEGIN stands in a transaction.",
        "PostgreSQL warns and goes on, so that the next COMMIT ends both.",
    ),
    rule(
        "transaction-left-open",
        Group::MayFail,
        Level::Warning,
        "A transaction is begun and not committed.",
        "When the session ends, all of it is rolled back; until then, its locks are held.",
    ),
    rule(
        REFUSED,
        Group::MayFail,
        Level::Error,
        "The server refuses the statement, where the schema is there.",
        "The file stops there, with whatever has been committed before.",
    ),
    rule(
        "no-lock-timeout",
        Group::Blocks,
        Level::Warning,
        "A strong lock is waited for without end.",
        "While it waits behind a long query, everybody else waits behind it.",
    ),
    rule(
        "table-locked",
        Group::Blocks,
        Level::Warning,
        "LOCK TABLE keeps others from writing.",
        "It is held until the transaction ends.",
    ),
    rule(
        "reindex-under-lock",
        Group::Blocks,
        Level::Warning,
        "An index is built anew while nobody can write.",
        "REINDEX holds SHARE on the table and ACCESS EXCLUSIVE on the index until it is built.",
    ),
    rule(
        "refresh-under-lock",
        Group::Blocks,
        Level::Warning,
        "A materialized view is filled while nobody can read it.",
        "REFRESH MATERIALIZED VIEW holds ACCESS EXCLUSIVE until its query has run.",
    ),
    rule(
        "validated-in-same-transaction",
        Group::Blocks,
        Level::Warning,
        "A constraint is added as NOT VALID and validated in one transaction.",
        "The lock of ADD CONSTRAINT is held while all rows are looked at, which is what NOT VALID was to avoid.",
    ),
    rule(
        "table-written-anew",
        Group::Rewrites,
        Level::Warning,
        "VACUUM FULL, CLUSTER or a move to another tablespace writes a table or an index anew.",
        "Nobody can read it until that is done.",
    ),
    rule(
        "constraint-dropped",
        Group::BreaksCode,
        Level::Warning,
        "A constraint goes of which the file does not tell the kind.",
        "Code may rely on what it held up, and an upsert may name its columns.",
    ),
    rule(
        NOT_LOOKED_AT,
        Group::MayFail,
        Level::Note,
        "A statement, or a part of one, was not looked at.",
        "Only a schema tells what it does: give one with `--from`, and the file is run on a copy of it.",
    ),
];

/// The hazards of a statement that its text tells, but for those of objects that the file itself has made.
pub fn hazards(range: &Range<usize>, meaning: &Meaning, taken: &[Lock]) -> Vec<Found> {
    let unknown = meaning.unknown.iter().map(|what| (NOT_LOOKED_AT, everything(), Said::new(what.clone())));
    let known = meaning.only.iter().map(|it| (it.rule, it.object.clone(), it.said.clone()));
    let found = known.chain(unknown).filter_map(|(id, object, said)| {
        let rule = WRITTEN.iter().chain(rules()).find(|rule| rule.id == id)?;
        Some(Found { range: range.clone(), hazard: hazard(rule, object, said, taken), accepted: None })
    });
    found.collect()
}
