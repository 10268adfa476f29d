//! Code that reads or writes the column gets another type.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::sql::Style;

pub const RULE: Rule = Rule {
    id: "type-changed-in-use",
    group: Group::BreaksCode,
    level: Level::Note,
    ways: &[Direction::Up, Direction::Down],
    what: "Code that reads or writes the column gets another type.",
    why: "A number may come as text, and a comparison may find no operator.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_columns(|from, to| {
        (from.ty != to.ty).then(|| {
            let style = Style::default();
            Said::new(format!("code that expects {} gets {}", from.ty.sql(&style), to.ty.sql(&style)))
        })
    })
}
