//! What stands beside other statements: a transaction around them, no limit to waiting before them, objects that the file
//! itself has made.

use std::collections::BTreeSet;

use super::Placed;
use super::drop::everything;
use super::meaning::Meaning;
use super::planned::is_part;
use crate::kinds::Object;
use crate::lint::Said;
use crate::model::Id;
use crate::script::tokens;

/// Adds what statements come to one after the other, and takes away what is harmless on what the file has made.
pub fn across(text: &str, meanings: &mut [Placed]) {
    let mut session = Session::default();
    let mut begun = None;
    for (number, (range, meaning)) in meanings.iter_mut().enumerate() {
        let words: Vec<String> = tokens(&text[range.clone()]).into_iter().map(str::to_lowercase).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let was_in_transaction = session.in_transaction;
        session.hear(&words, meaning);
        if session.in_transaction != was_in_transaction {
            begun = session.in_transaction.then_some(number);
        }
        session.look(meaning);
    }
    if let Some((_, meaning)) = begun.and_then(|number| meanings.get_mut(number)) {
        meaning.says("transaction-left-open", everything(), Said::new("there is no COMMIT to this BEGIN"));
    }
}

/// What the session is like between two statements.
#[derive(Default)]
struct Session {
    in_transaction: bool,
    /// Whether waiting has an end: for good, and until the transaction is over.
    is_limited: bool,
    is_limited_here: bool,
    /// Whether it was told that it has none.
    is_told: bool,
    /// What the file has made.
    made: BTreeSet<Id>,
    /// What the transaction has locked, so that others wait.
    locked: Vec<Id>,
    /// Tables that got constraints for new rows only, in the transaction.
    put_off: Vec<Id>,
}

impl Session {
    /// Follows what a statement does to the session.
    fn hear(&mut self, words: &[&str], meaning: &mut Meaning) {
        match words {
            ["begin", ..] | ["start", "transaction", ..] => {
                if self.in_transaction {
                    let said = Said::new("there is a transaction already, which the next COMMIT ends");
                    meaning.says("transaction-nested", everything(), said);
                }
                self.in_transaction = true;
            }
            ["rollback", "to", ..] | ["rollback", _, "to", ..] => {}
            ["commit" | "end" | "rollback" | "abort", ..] | ["prepare", "transaction", ..] => self.end(),
            ["set", "local", setting, _, value, ..] if limits(setting) => {
                self.is_limited_here = self.in_transaction && is_limit(value);
            }
            ["set", "session", setting, _, value, ..] | ["set", setting, _, value, ..] if limits(setting) => {
                self.is_limited = is_limit(value);
            }
            ["reset", setting, ..] if limits(setting) || *setting == "all" => self.is_limited = false,
            ["select", call, ..] if call.ends_with("set_config") => {
                self.is_limited |= words.iter().any(|it| limits(it))
            }
            _ => {}
        }
    }

    fn end(&mut self) {
        (self.in_transaction, self.is_limited_here) = (false, false);
        self.locked.clear();
        self.put_off.clear();
    }

    /// Adds what a statement comes to in this session.
    fn look(&mut self, meaning: &mut Meaning) {
        meaning.only.retain(|it| !it.is_harmless_on_new() || !self.has_made(&it.object));
        let awaits: Vec<Id> = meaning.awaits.iter().filter(|id| !self.has_made(id)).cloned().collect();
        if meaning.is_concurrent && self.in_transaction {
            let said = Said::new("is refused inside of a transaction").safer("a file of its own, without BEGIN");
            meaning.says("concurrently-in-transaction", subject(meaning), said);
        }
        if let (Some(first), false, false) = (awaits.first(), self.is_limited || self.is_limited_here, self.is_told) {
            let said = Said::new("waits for its lock as long as it takes, and everybody behind it");
            let safer = "SET lock_timeout = '3s' at the start of the file";
            meaning.says("no-lock-timeout", first.clone(), said.safer(safer));
            self.is_told = true;
        }
        self.look_at_work(meaning);
        if self.in_transaction {
            self.locked.extend(awaits);
            self.put_off.append(&mut meaning.puts_off.clone());
        }
        self.made.extend(meaning.makes.iter().cloned());
        let made = meaning.changes.iter().flatten().filter(|it| it.before().is_none()).filter_map(|it| it.after());
        self.made.extend(made.map(Object::id));
    }

    /// What is done to rows while others wait for the transaction.
    fn look_at_work(&self, meaning: &mut Meaning) {
        if !self.in_transaction {
            return;
        }
        for table in meaning.makes_up.clone().into_iter().filter(|it| self.put_off.contains(it)) {
            let said = Said::new("all rows are looked at under the lock of ADD CONSTRAINT");
            meaning.says("validated-in-same-transaction", table, said.safer("VALIDATE CONSTRAINT after COMMIT"));
        }
        let Some(locked) = self.locked.first() else { return };
        for table in meaning.writes.clone().into_iter().filter(|it| !self.has_made(it)) {
            let said = format!("rows are written while others wait for {}", locked.dotted());
            let safer = "the rows in a transaction of their own, in batches";
            meaning.says("work-under-exclusive-lock", table, Said::new(said).safer(safer));
        }
    }

    /// Whether the file has made it, or the relation that it is a part of.
    fn has_made(&self, id: &Id) -> bool {
        is_part(&self.made, id)
    }
}

fn subject(meaning: &Meaning) -> Id {
    let changed = meaning.changes.iter().flatten().next().map(|change| change.id());
    changed.or_else(|| meaning.only.first().map(|it| it.object.clone())).unwrap_or_else(everything)
}

fn limits(setting: &str) -> bool {
    ["lock_timeout", "statement_timeout", "transaction_timeout"].contains(&setting.trim_matches(['\'', '"']))
}

fn is_limit(value: &str) -> bool {
    let plain = value.trim_matches('\'').trim_end_matches(|it: char| it.is_alphabetic()).trim();
    plain.parse::<f64>().is_ok_and(|it| it > 0.0)
}
