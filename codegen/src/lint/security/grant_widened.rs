//! A role gets a privilege on what is there.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "grant-widened",
    group: Group::Security,
    level: Level::Note,
    ways: &[Direction::Up, Direction::Down],
    what: "A role gets a privilege on what is there.",
    why: "It can do what it could not.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| {
        let Some(Object::Grant(is)) = change.after() else { return None };
        let had = match change.before() {
            Some(Object::Grant(was)) => was.privileges.as_slice(),
            _ => is.usual.as_slice(),
        };
        let is_to_a_role = is.grantee.as_deref().is_some_and(|role| role != "public");
        let gained: Vec<&str> = is.privileges.iter().filter(|it| !had.contains(it)).map(String::as_str).collect();
        (is_to_a_role && !gained.is_empty() && !way.is_new(&change.id()))
            .then(|| Said::new(format!("gives {}", gained.join(", "))))
    })
}
