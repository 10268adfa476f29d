//! Values may violate what a domain comes to ask for.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "domain-stricter",
    group: Group::MayFail,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Values may violate what a domain comes to ask for.",
    why: "It fails if one does, in any table that has the domain.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match (change.before()?, change.after()?) {
        (Object::Domain(from), Object::Domain(to)) => {
            let is_new = to.checks.iter().any(|check| !from.checks.contains(check));
            (is_new || to.not_null && !from.not_null)
                .then(|| Said::new("fails if a value violates it").safer("mend the values first"))
        }
        _ => None,
    })
}
