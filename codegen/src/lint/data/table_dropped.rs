//! A table goes, and its rows with it.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};
use crate::kinds::Object;
use crate::model::Change;
use crate::sql;

pub const RULE: Rule = Rule {
    id: "table-dropped",
    group: Group::DestroysData,
    level: Level::Error,
    ways: &[Direction::Up],
    what: "A table goes, and its rows with it.",
    why: "A rollback makes the table anew, without rows.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    way.of_changes(|change| match change {
        Change::Drop(object) if matches!(object.as_ref(), Object::Table(_)) && !way.comes(&change.id()) => {
            let name = change.id();
            let aside = format!("{}_gone", name.name());
            Some(Said::new("all its rows go with it").safer(format!(
                "ALTER TABLE {} RENAME TO {}; drop it in a later migration",
                way.sql(&name),
                sql::ident(&aside)
            )))
        }
        _ => None,
    })
}
