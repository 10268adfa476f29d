//! Data goes that no rollback brings back.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Kind;
use crate::plan::Aspect;

pub const RULE: Rule = Rule {
    id: "data-lost",
    group: Group::DestroysData,
    level: Level::Error,
    ways: &[Direction::Up],
    what: "Data goes that no rollback brings back.",
    why: "Whatever the rollback makes anew is empty.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_losses(Aspect::Data, |loss| {
        let has_own_rule = matches!(loss.id.kind, Kind::Table | Kind::Column | Kind::Enumeration | Kind::Sequence);
        (!has_own_rule).then(|| Said::new(format!("loses {}", loss.what)))
    })
}
