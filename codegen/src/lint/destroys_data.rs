//! Data goes that no rollback brings back.

use super::{Hazard, Rule};
use crate::plan::{Aspect, Migration};

pub(super) const RULE: Rule = Rule { name: "destroys-data", summary: "Data goes that no rollback brings back.", check };

fn check(migration: &Migration) -> Vec<Hazard> {
    let data = migration.losses.iter().filter(|loss| loss.aspect == Aspect::Data);
    data.map(|loss| {
        Hazard::new(&RULE, &loss.id, format!("loses {}", loss.what))
            .safer("copy them aside in a migration before this one")
    })
    .collect()
}
