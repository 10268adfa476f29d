//! Everybody gets a privilege on all that will be made.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "default-privileges-to-public",
    group: Group::Security,
    level: Level::Error,
    ways: &[Direction::Up, Direction::Down],
    what: "Everybody gets a privilege on all that will be made.",
    why: "PUBLIC is every role, and the objects are not even there yet.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match change.after() {
        Some(Object::DefaultPrivileges(to)) if to.grantee.as_deref() == Some("public") => {
            let is_new = to.privileges.iter().any(|privilege| !to.usual.contains(privilege));
            is_new.then(|| Said::new("every role gets it on whatever is made from now on"))
        }
        _ => None,
    })
}
