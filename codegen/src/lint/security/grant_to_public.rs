//! Everybody gets a privilege.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "grant-to-public",
    group: Group::Security,
    level: Level::Error,
    ways: &[Direction::Up, Direction::Down],
    what: "Everybody gets a privilege.",
    why: "PUBLIC is every role that there is, and every one that will be.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| {
        let Some(Object::Grant(to)) = change.after() else { return None };
        let had = match change.before() {
            Some(Object::Grant(from)) => from.privileges.as_slice(),
            _ => to.usual.as_slice(),
        };
        let new: Vec<&str> =
            to.privileges.iter().filter(|privilege| !had.contains(privilege)).map(String::as_str).collect();
        (to.grantee.as_deref() == Some("public") && !new.is_empty()).then(|| {
            Said::new(format!("every role gets {}", new.join(", "))).safer("grant it to the roles that need it")
        })
    })
}
