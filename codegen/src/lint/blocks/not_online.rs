//! A plan that was to keep nobody waiting can't do all of it that way.

use super::super::said::{Said, locks};
use super::super::{Direction, Finding, Group, Level, Rule, Way, rules};
use crate::model::Id;

pub const RULE: Rule = Rule {
    id: ID,
    group: Group::Blocks,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "An online plan keeps others waiting all the same, or takes something from them for a while.",
    why: "PostgreSQL has no way to do it beside the running work, or the rollback needs both ways in one transaction.",
    check,
};

const ID: &str = "not-online";

fn check(way: &Way) -> Vec<Finding> {
    if way.plan.offline.is_empty() {
        return Vec::new();
    }
    // What a rule of its own tells, with its own safer way, is not told twice.
    let others = rules().filter(|rule| rule.id != ID && matches!(rule.group, Group::Blocks | Group::Rewrites));
    let told: Vec<Finding> =
        others.filter(|rule| rule.ways.contains(&way.direction)).flat_map(|it| (it.check)(way)).collect();
    let is_told = |id: &Id, how: &str| told.iter().any(|it| it.object == *id) && is_of_a_lock(way, id, how);
    let left = way.plan.offline.iter().filter(|(id, how)| !is_told(id, how));
    left.map(|(id, how)| finding(way, id, how)).collect()
}

/// Whether it is said because of a lock that a step of the object holds, which the rules about locks see as well.
fn is_of_a_lock(way: &Way, id: &Id, how: &str) -> bool {
    let mut steps = way.plan.steps().filter(|step| step.change.id() == *id);
    steps.any(|step| locks(step).any(|lock| how.starts_with(&format!("takes {} on ", lock.mode.name()))))
}

fn finding(way: &Way, id: &Id, how: &str) -> Finding {
    let step = way.plan.steps().position(|step| step.change.id() == *id);
    let locks = step.and_then(|at| way.plan.steps().nth(at)).into_iter().flat_map(locks).cloned().collect();
    let safer = "what is new beside what is there in one migration, and the old away in a later one; else a time when few use it";
    Finding { object: id.clone(), said: Said::new(how).safer(safer), locks, step }
}
