//! A value of an enum goes.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};

pub const RULE: Rule = Rule {
    id: "enum-value-removed",
    group: Group::DestroysData,
    level: Level::Error,
    ways: &[Direction::Up, Direction::Down],
    what: "A value of an enum goes.",
    why: "Rows that hold it make the migration fail, or lose it.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_enums(|from, to| {
        let gone: Vec<&str> = from.values.iter().filter(|it| !to.values.contains(it)).map(String::as_str).collect();
        (!gone.is_empty()).then(|| {
            Said::new(format!("{} can't be stored any more", gone.join(", ")))
                .safer("change the rows first, in a migration before this one")
        })
    })
}
