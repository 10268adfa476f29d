//! What may block, fail, rewrite, break running code or open a hole: one rule per file, over typed steps.
//!
//! **Architecture Invariant:** a rule sees changes, statements and their locks, and never the text of a statement, but to
//! show it. What is said of locks is measured (`codegen/tests/locks.rs`).

mod blocks;
mod code;
mod data;
mod existing;
mod hazard;
mod performance;
mod rewrites;
mod rule;
mod said;
mod security;
mod way;
pub mod written;

pub use hazard::{Hazard, HeldLock};
pub use rule::{Direction, Group, Level, Rule};
pub use said::{Finding, Said};
pub use way::Way;

use crate::model::Id;
use crate::plan::Migration;
use crate::sql::Style;

/// Every rule, by group.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let groups = [
        data::RULES,
        existing::RULES,
        blocks::RULES,
        rewrites::RULES,
        code::RULES,
        security::RULES,
        performance::RULES,
    ];
    groups.into_iter().flatten()
}

/// All hazards of a migration, of the way up and of the way down, in the order of the rules.
pub fn lint(migration: &Migration, style: &Style) -> Vec<Hazard> {
    let found = [Way::up(migration, style), Way::down(migration, style)].into_iter().flat_map(|way| along(&way));
    found.filter_map(|hazard| known(migration, hazard)).collect()
}

/// The hazard under the name by which people know its object. None where it is none, since another column holds the same,
/// or since nobody's code knows a name that is there for the meantime.
fn known(migration: &Migration, hazard: Hazard) -> Option<Hazard> {
    let (of_data, of_code) = (hazard.group == Group::DestroysData, hazard.group == Group::BreaksCode);
    if of_data && migration.copied.contains(&hazard.id) {
        return None;
    }
    match migration.meanwhile.get(&hazard.id) {
        Some(_) if of_data || of_code => None,
        Some(known) => Some(Hazard { object: known.to_string(), id: known.clone(), ..hazard }),
        None => Some(hazard),
    }
}

/// All hazards of one way.
pub fn along(way: &Way) -> Vec<Hazard> {
    let applies = |rule: &&Rule| rule.ways.contains(&way.direction);
    // What a side table keeps is not destroyed.
    let is_kept =
        |rule: &Rule, id: &Id| rule.group == Group::DestroysData && way.kept.iter().any(|kept| kept.id == *id);
    let found = rules().filter(applies).flat_map(|rule| (rule.check)(way).into_iter().map(move |it| (rule, it)));
    let found = found.filter(|(rule, finding)| !is_kept(rule, &finding.object));
    found.map(|(rule, finding)| Hazard::new(rule, way.direction, finding)).collect()
}
