//! Code that relies on a privilege fails.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::{Grant, Object};

pub const RULE: Rule = Rule {
    id: "privilege-revoked",
    group: Group::BreaksCode,
    level: Level::Warning,
    ways: &[Direction::Up, Direction::Down],
    what: "Code that relies on a privilege fails.",
    why: "The version before runs on while the migration does, as the same role.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| {
        let (was, is) = match (change.before(), change.after()) {
            (Some(Object::Grant(was)), Some(Object::Grant(is))) => (&was.privileges, &is.privileges),
            (Some(Object::Grant(was)), None) if !way.is_made(&change.id()) => (&was.privileges, &was.usual),
            (None, Some(Object::Grant(is))) if !way.goes(&change.id()) => (&is.usual, &is.privileges),
            _ => return None,
        };
        let Some(Object::Grant(grant)) = change.after().or(change.before()) else { return None };
        if !is_to_others(grant) || way.is_dropped_with_owner(&change.id()) || way.is_new(&change.id()) {
            return None;
        }
        let lost: Vec<&str> = was.iter().filter(|it| !is.contains(it)).map(String::as_str).collect();
        (!lost.is_empty()).then(|| Said::new(format!("takes {} away", lost.join(", "))))
    })
}

/// What the owner takes from itself, it can give itself again.
fn is_to_others(grant: &Grant) -> bool {
    grant.grantee.is_some()
}
