//! A sequence goes, and where it stood.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "sequence-dropped",
    group: Group::DestroysData,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "A sequence goes, and where it stood.",
    why: "Made anew, it begins at its start and gives out numbers that are taken.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match change {
        Change::Drop(object) if matches!(object.as_ref(), Object::Sequence(_)) => {
            (!way.is_dropped_with_owner(&change.id())).then(|| Said::new("forgets the number that it has come to"))
        }
        _ => None,
    })
}
