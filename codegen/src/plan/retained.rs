//! What a `retained` rollback brings back: kept in side tables on the way up, put back on the way down.

use std::collections::BTreeSet;

use super::{Aside, Backfill, Loss, Moment, Plan, Wishes};
use crate::kinds::kept::{self, Keeping, Kept};
use crate::model::{Id, Schema, Statement};

/// Everything that a migration would destroy or change and that can be kept, in the order of ids. `renamed` is the schema
/// before under its new names.
pub(super) fn kept(before: &Schema, renamed: &Schema, after: &Schema, wishes: &Wishes) -> Vec<Kept> {
    let columns = |backfills: &[Backfill]| backfills.iter().map(|it| it.column.clone()).collect::<BTreeSet<Id>>();
    let (filled, refilled) = (columns(&wishes.backfills), columns(&wishes.rollback_backfills));
    let mut all: Vec<Kept> = Vec::new();
    for (_, object) in before.iter() {
        let prefix = format!("retained_{}_{}", wishes.label, all.len() + 1);
        let keeping = Keeping {
            style: &wishes.style,
            before,
            renamed,
            after,
            renames: &wishes.renames,
            filled: &filled,
            refilled: &refilled,
            prefix: &prefix,
        };
        all.extend(object.kept(&keeping));
    }
    all
}

/// What the way down runs when each object is there again: its values come back.
pub(super) fn restoring(kept: &[Kept]) -> Vec<Backfill> {
    let restore = |it: &Kept| {
        it.restored
            .iter()
            .map(|statement| Backfill {
                column: it.id.clone(),
                statement: statement.clone(),
                moment: Moment::WhenThere,
                batch: None,
            })
            .collect::<Vec<_>>()
    };
    kept.iter().flat_map(restore).collect()
}

/// The way up keeps, before it touches anything; the way down refuses where it can't bring back, and gives the side tables
/// up when it has.
pub(super) fn frame(kept: &[Kept], up: &mut Plan, down: &mut Plan) {
    if kept.is_empty() {
        return;
    }
    let all = |of: fn(&Kept) -> &[Statement]| kept.iter().flat_map(of).cloned();
    up.opening = aside(
        "Keep what goes, so that the rollback can bring it back",
        std::iter::once(kept::schema()).chain(once_each(all(|it| &it.aside))),
    );
    up.closing = aside("Note what the kept values have become", all(|it| &it.noted));
    down.guards.extend(kept.iter().map(|it| it.guard.clone()));
    down.opening = aside("Leave alone what was changed since the way up", once_each(all(|it| &it.unchanged)));
    down.closing = aside("Give up what was kept", kept.iter().map(|it| it.given_up.clone()));
    for plan in [up, down] {
        // Row level security would hide rows from whoever it is forced upon; like this it is an error.
        plan.settings.push("row_security = off".into());
    }
}

/// The losses that remain.
pub(super) fn without(losses: Vec<Loss>, ids: &BTreeSet<Id>) -> Vec<Loss> {
    losses.into_iter().filter(|loss| !ids.contains(&loss.id)).collect()
}

fn aside(title: &str, statements: impl Iterator<Item = Statement>) -> Option<Aside> {
    let statements: Vec<Statement> = statements.collect();
    (!statements.is_empty()).then(|| Aside { title: title.to_owned(), statements })
}

/// Each statement once: several columns of a table lock it only once.
fn once_each(statements: impl Iterator<Item = Statement>) -> impl Iterator<Item = Statement> {
    let mut seen = BTreeSet::new();
    statements.filter(move |statement| seen.insert(statement.sql.clone()))
}
