//! Values do not survive the way to another type.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Kind;
use crate::plan::Aspect;

pub const RULE: Rule = Rule {
    id: "values-narrowed",
    group: Group::DestroysData,
    level: Level::Error,
    ways: &[Direction::Up],
    what: "Values do not survive the way to another type.",
    why: "What is cut off or rounded is gone, and no rollback brings it back.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_losses(Aspect::Data, |loss| {
        let is_changed = way.is_altered(&loss.id) && loss.id.kind == Kind::Column;
        is_changed.then(|| {
            Said::new(format!("loses {}", loss.what))
                .safer("a new column beside the old one, filled from it in batches")
        })
    })
}
