//! Code that reads meets a value that it does not know.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};

pub const RULE: Rule = Rule {
    id: "enum-value-added",
    group: Group::BreaksCode,
    level: Level::Note,
    ways: &[Direction::Up, Direction::Down],
    what: "Code that reads meets a value that it does not know.",
    why: "A branch for each value has none for the new one.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_enums(|from, to| {
        let new: Vec<&str> = to.values.iter().filter(|it| !from.values.contains(it)).map(String::as_str).collect();
        (!new.is_empty()).then(|| Said::new(format!("code that reads may meet {}", new.join(", "))))
    })
}
