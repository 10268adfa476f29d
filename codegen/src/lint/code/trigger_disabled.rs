//! What a trigger does is done no longer.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::{Firing, Object};
use crate::model::Change;

pub const RULE: Rule = Rule {
    id: "trigger-disabled",
    group: Group::BreaksCode,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "What a trigger does is done no longer.",
    why: "Code relies on what it fills, keeps in step or refuses, and nothing fails.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| {
        let Some(Object::Trigger(was)) = change.before() else { return None };
        let stops = match change.after() {
            Some(Object::Trigger(is)) => is.enabled == Firing::Never && was.enabled != Firing::Never,
            _ => matches!(change, Change::Drop(_)) && !way.is_dropped_with_owner(&change.id()),
        };
        let comes_back = way.is_made(&change.id());
        (stops && !comes_back && was.enabled != Firing::Never)
            .then(|| Said::new(format!("{} is no longer called for what is written to {}", was.function, was.table)))
    })
}
