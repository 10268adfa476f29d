//! What only people write: a planner makes no such statement.

use std::ops::Range;

use super::{Found, Meaning, hazard};
use crate::lint::{Direction, Group, Level, Rule, Said};
use crate::model::Id;

/// The rule under which it is told that a statement, or a part of one, was not looked at.
pub const NOT_LOOKED_AT: &str = "not-looked-at";

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
        "concurrently-in-transaction",
        Group::MayFail,
        Level::Error,
        "A statement with CONCURRENTLY stands in a transaction.",
        "PostgreSQL refuses it there.",
    ),
    rule(
        "no-lock-timeout",
        Group::Blocks,
        Level::Warning,
        "A strong lock is waited for without end.",
        "While it waits behind a long query, everybody else waits behind it.",
    ),
    rule(
        NOT_LOOKED_AT,
        Group::MayFail,
        Level::Note,
        "A statement, or a part of one, was not looked at.",
        "Only a schema tells what it does: run `diff` between the schema before and after, or let the planner write it.",
    ),
];

/// What stands beside other statements: a transaction around them, no limit to waiting before them.
pub fn across(text: &str, meanings: &mut [(Range<usize>, Meaning)]) {
    let (mut in_transaction, mut has_timeout) = (false, false);
    for (range, meaning) in meanings {
        let words: Vec<String> =
            text[range.clone()].split_whitespace().take(4).map(|word| word.to_uppercase()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.first().copied() {
            Some("BEGIN" | "START") => in_transaction = true,
            Some("COMMIT" | "END" | "ROLLBACK") => in_transaction = false,
            Some("SET") => has_timeout |= words.iter().any(|word| word.starts_with("LOCK_TIMEOUT")),
            _ => {}
        }
        let Some(object) = meaning.changes.first().and_then(|changes| changes.first()).map(|change| change.id()) else {
            continue;
        };
        if meaning.is_concurrent && in_transaction {
            let said = Said::new("is refused inside of a transaction").safer("a file of its own, without BEGIN");
            meaning.only.push(("concurrently-in-transaction", object.clone(), said));
        }
        if !has_timeout && !meaning.is_concurrent && waits(meaning) {
            let said = Said::new("waits for its lock as long as it takes, and everybody behind it");
            meaning.only.push((
                "no-lock-timeout",
                object,
                said.safer("SET lock_timeout = '3s' at the start of the file"),
            ));
            has_timeout = true;
        }
    }
}

/// Whether it changes something that was there.
fn waits(meaning: &Meaning) -> bool {
    !meaning.assumed.is_empty()
}

/// The hazards of a statement that no rule of plans knows.
pub fn hazards<'a>(range: &'a Range<usize>, meaning: &'a Meaning) -> impl Iterator<Item = Found> + 'a {
    let unknown = meaning.unknown.iter().map(|what| {
        let id = Id::new(crate::kinds::Kind::Namespace, ["public"]);
        (NOT_LOOKED_AT, id, Said::new(what.clone()))
    });
    let all = meaning.only.iter().cloned().chain(unknown);
    all.filter_map(|(id, object, said)| {
        let rule = WRITTEN.iter().find(|rule| rule.id == id)?;
        Some(Found { range: range.clone(), hazard: hazard(rule, object, said), accepted: None })
    })
}
