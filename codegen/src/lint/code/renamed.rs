//! Code that uses the old name fails.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::{Kind, Relation};
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "renamed",
    group: Group::BreaksCode,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Code that uses the old name fails.",
    why: "The version before runs on while the migration does, and the new one may have started already.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match change {
        Change::Rename { from, .. }
            if from.kind() == Kind::Column || Relation::is(from.kind()) || from.kind().has_signature() =>
        {
            Some(
                Said::new(format!("code that still says {} fails", from.id().name())).safer(
                    "a view under the old name, or the new column beside the old one, until all code has changed",
                ),
            )
        }
        _ => None,
    })
}
