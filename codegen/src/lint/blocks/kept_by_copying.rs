//! What goes is copied aside for the rollback, while nobody can read or write.

use super::super::said::Said;
use super::super::{Direction, Finding, Group, Level, Rule, Way};

pub const RULE: Rule = Rule {
    id: "kept-by-copying",
    group: Group::Blocks,
    level: Level::Warning,
    ways: &[Direction::Up],
    what: "What goes is copied into a side table for a retained rollback, while nobody can read or write the table.",
    why: "The copy reads the whole table under ACCESS EXCLUSIVE, and takes its room until it is given up.",
    check,
};

fn check(way: &Way) -> Vec<Finding> {
    let copies = way.kept.iter().filter(|kept| kept.aside.iter().any(|statement| !statement.locks.is_empty()));
    let finding = |kept: &crate::kinds::kept::Kept| Finding {
        object: kept.id.clone(),
        said: Said::new(format!("copies {} into {} before anything else is done", kept.what, kept.table))
            .safer("`Rollback::Runnable`, and a copy in batches in a migration before this one"),
        locks: kept.aside.iter().flat_map(|statement| &statement.locks).cloned().collect(),
        step: None,
    };
    copies.map(finding).collect()
}
