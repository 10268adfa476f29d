//! The rollback leaves something out so that it can run.

use super::{Hazard, Rule};
use crate::plan::{Aspect, Migration};

pub(super) const RULE: Rule =
    Rule { name: "incomplete-rollback", summary: "The rollback leaves something out so that it can run.", check };

fn check(migration: &Migration) -> Vec<Hazard> {
    let left_out = migration.losses.iter().filter(|loss| matches!(loss.aspect, Aspect::Definition | Aspect::Object));
    left_out.map(|loss| Hazard::new(&RULE, &loss.id, format!("the rollback can't restore {}", loss.what))).collect()
}
