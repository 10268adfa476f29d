//! A function with the rights of its owner looks names up where its caller says.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;

pub const RULE: Rule = Rule {
    id: "definer-without-search-path",
    group: Group::Security,
    level: Level::Error,
    ways: &[Direction::Up, Direction::Down],
    what: "A function with the rights of its owner looks names up where its caller says.",
    why: "A caller can put a table or an operator of its own in the way (documentation, CREATE FUNCTION, \"Writing SECURITY DEFINER Functions Safely\").",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| {
        let (definer, settings) = match change.after()? {
            Object::Function(it) => (it.security_definer, &it.settings),
            Object::Procedure(it) => (it.security_definer, &it.settings),
            _ => return None,
        };
        (definer && !settings.iter().any(|it| it.name.eq_ignore_ascii_case("search_path"))).then(|| {
            Said::new("runs with its owner's rights under its caller's search_path")
                .safer("SET search_path = pg_catalog, pg_temp, and names with their schema")
        })
    })
}
