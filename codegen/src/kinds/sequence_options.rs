//! The options of a sequence: shared by sequences and identity columns.

use serde::{Deserialize, Serialize};

/// Sets a sequence back to its start.
pub(super) const RESTART: &str = "RESTART";

/// The options of a sequence; what is not said is PostgreSQL's default (documentation, CREATE SEQUENCE).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SequenceOptions {
    /// `START WITH`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<i64>,
    /// `INCREMENT BY`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub increment: Option<i64>,
    /// `MINVALUE`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// `MAXVALUE`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// `CACHE`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cache: Option<i64>,
    /// `CYCLE`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cycle: bool,
}

impl SequenceOptions {
    /// What is said.
    pub fn clauses(&self) -> Vec<String> {
        let said = |word: &str, number: Option<i64>| number.map(|number| format!("{word} {number}"));
        let numbers = [
            said("INCREMENT BY", self.increment),
            said("MINVALUE", self.min),
            said("MAXVALUE", self.max),
            said("START WITH", self.start),
            said("CACHE", self.cache),
        ];
        let cycle = self.cycle.then(|| "CYCLE".to_owned());
        numbers.into_iter().flatten().chain(cycle).collect()
    }

    /// What must be said to get here from other options.
    pub fn clauses_from(&self, from: &Self) -> Vec<String> {
        let turns = self.descends() != from.descends();
        let option = |word: &str, from: Option<i64>, to: Option<i64>, unsaid: &str| match to {
            // The limits of the other direction stay unless they are taken back.
            None if from.is_some() || turns => Some(unsaid.to_owned()),
            Some(number) if to != from => Some(format!("{word} {number}")),
            _ => None,
        };
        let changed = |said: bool, text: String| said.then_some(text);
        let clauses = [
            changed(self.increment != from.increment, format!("INCREMENT BY {}", self.increment.unwrap_or(1))),
            option("MINVALUE", from.min, self.min, "NO MINVALUE"),
            option("MAXVALUE", from.max, self.max, "NO MAXVALUE"),
            changed(self.first() != from.first(), format!("START WITH {}", self.first())),
            changed(self.cache != from.cache, format!("CACHE {}", self.cache.unwrap_or(1))),
            changed(self.cycle != from.cycle, if self.cycle { "CYCLE" } else { "NO CYCLE" }.to_owned()),
            // A sequence that is still where it started would be outside of its new limits, which is refused.
            changed(!self.allows(from.first()), RESTART.to_owned()),
        ];
        clauses.into_iter().flatten().collect()
    }

    /// Where it starts, if it counts upwards.
    pub fn first_if_ascending(&self) -> Option<i64> {
        (!self.descends()).then(|| self.first())
    }

    /// Whether it counts down.
    pub fn descends(&self) -> bool {
        self.increment.is_some_and(|by| by < 0)
    }

    /// Where it starts: an ascending sequence at its least value, which is 1, a descending one at its greatest, -1.
    fn first(&self) -> i64 {
        let unsaid = if self.descends() { self.max.unwrap_or(-1) } else { self.min.unwrap_or(1) };
        self.start.unwrap_or(unsaid)
    }

    fn allows(&self, value: i64) -> bool {
        let (least, greatest) = if self.descends() { (i64::MIN, -1) } else { (1, i64::MAX) };
        (self.min.unwrap_or(least)..=self.max.unwrap_or(greatest)).contains(&value)
    }
}

#[cfg(test)]
mod tests {
    use super::SequenceOptions;

    #[test]
    fn what_depends_on_another_option_changes_with_it() {
        let plain = SequenceOptions::default();
        let down = SequenceOptions { increment: Some(-1), ..plain.clone() };
        assert_eq!(
            down.clauses_from(&plain),
            ["INCREMENT BY -1", "NO MINVALUE", "NO MAXVALUE", "START WITH -1", "RESTART"]
        );
        assert_eq!(
            plain.clauses_from(&down),
            ["INCREMENT BY 1", "NO MINVALUE", "NO MAXVALUE", "START WITH 1", "RESTART"]
        );
        let high = SequenceOptions { min: Some(5), ..plain.clone() };
        assert_eq!(high.clauses_from(&plain), ["MINVALUE 5", "START WITH 5", "RESTART"]);
        assert_eq!(plain.clauses_from(&high), ["NO MINVALUE", "START WITH 1"]);
        assert_eq!(plain.clauses_from(&plain), Vec::<String>::new());
    }
}
