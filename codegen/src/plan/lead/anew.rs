//! What PostgreSQL can't bring to where it belongs, though it is there and stays as it is.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::is_kept;
use crate::kinds::{Alteration, Context, Follow, Object, Side};
use crate::model::{Change, Id};

/// What has to be made anew though it stays as it is: what lacks a part from now on that can't be taken from it, and what
/// would be taken for something else when its table is tied to another.
pub fn made_anew(context: &Context, changes: &[Change], untied: &BTreeSet<Id>) -> Vec<Id> {
    let mut anew = Vec::new();
    for change in changes {
        match change {
            Change::Drop(gone) => anew.extend(gone.completes().filter(|whole| {
                let owner_stays = gone.owner().and_then(|part| context.from.owner(&part).cloned());
                let tied = |it: &Follow| is_kept(context, &it.link) && !untied.contains(&it.link);
                owner_stays.is_some_and(|owner| context.to.contains(&owner))
                    && gone.follows().iter().any(tied)
                    && context.to.contains(whole)
            })),
            Change::Create(link) => anew.extend(behind_link(context, link)),
            Change::Alter { from, to } if matches!(Object::alter(context, from, to), Alteration::Replace) => {
                anew.extend(behind_link(context, to));
            }
            _ => {}
        }
    }
    anew.extend(untied.iter().filter_map(|link| context.to.get(link)).flat_map(|link| behind_link(context, link)));
    anew
}

/// What is there, but has to be made behind a tie that is made.
fn behind_link(context: &Context, link: &Arc<Object>) -> Vec<Id> {
    let mut behind = Vec::new();
    for (table, side) in link.binds().iter().zip(Side::BOTH) {
        let late = |id: &&Id| context.to.get(id).is_some_and(|it| it.follows_link(side));
        behind.extend(context.to.needed_by(table).filter(late).filter(|id| context.from.contains(id)).cloned());
    }
    behind
}
