//! The migration and its rollback, as SQL files that a person would have written.

mod header;
mod items;
mod layout;
mod name;
pub mod script;
mod split;

pub use name::{FileName, is_suffix, paths, suffix};

use super::{Open, World};
use crate::output::{Artifact, Content};
use crate::plan::{Loss, Plan, Policy};

/// The files of both ways of the open migration; none if there is none.
pub fn emit(world: &World) -> Vec<Artifact> {
    let Some(open) = &world.open else { return Vec::new() };
    let artifacts = |folder: &str, texts: Vec<String>| {
        let paths = paths(folder, &stem(open), texts.len()).into_iter();
        paths.zip(texts).map(|(path, text)| Artifact { path: path.into(), content: Content::Whole(text) })
    };
    let up = artifacts(&world.settings.migrations, up(world, open));
    up.chain(artifacts(&world.settings.rollbacks, down(world, open))).collect()
}

/// The name that the migration's files have in common: `153_remove_external_cluster_id`.
pub fn stem(open: &Open) -> String {
    format!("{:03}_{}", open.intent.number.value, open.intent.name.value)
}

/// The texts of the way up, in the order that they run in: one, unless it can't be one transaction and has to.
pub fn up(world: &World, open: &Open) -> Vec<String> {
    let plan = &open.migration.up;
    let count = if open.migration.down.is_split() { open.migration.down.parts().len() } else { 1 };
    let rollback = paths(&world.settings.rollbacks, &stem(open), count);
    let rollback = match &rollback[..] {
        [first, .., last] => format!("{first}\nto {last}"),
        only => only.concat(),
    };
    let heads = Heads {
        title: header::title("Migration", open),
        first: vec![header::losses(world, open), header::kept(world, open.migration)],
        last: vec![header::offline(world, plan), layout::comment("Rollback: ", &rollback)],
    };
    texts(world, plan, &[], &heads)
}

/// The texts of the way down, in the order that they run in.
pub fn down(world: &World, open: &Open) -> Vec<String> {
    let plan = &open.migration.down;
    let heads = Heads {
        title: header::title("Rollback of migration", open),
        first: vec![header::policy(open.policy), header::unrestored(world, open), header::destroyed(world, open)],
        last: vec![header::offline(world, plan)],
    };
    let losses = if open.policy != Policy::Exact { open.migration.losses.as_slice() } else { &[] };
    texts(world, plan, losses, &heads)
}

/// What is said on top of the files of one way.
struct Heads {
    /// On top of each.
    title: String,
    /// On top of the first, before what it locks.
    first: Vec<String>,
    /// On top of the first, at the end.
    last: Vec<String>,
}

fn texts(world: &World, plan: &Plan, losses: &[Loss], heads: &Heads) -> Vec<String> {
    let Heads { title, first, last } = heads;
    let statements = header::spoken(plan);
    if !plan.is_split() {
        let parts = [std::slice::from_ref(title), &first[..], &[header::locks(world, &statements)], last].concat();
        return vec![layout::header(&parts) + &layout::plan(plan, losses)];
    }
    let texts = layout::parts(plan, losses);
    let (count, mut statements) = (texts.len(), statements.into_iter());
    let named = |id: &_| header::named(world, id);
    let file = |(at, (text, part)): (usize, (String, crate::plan::Part))| {
        let of_it: Vec<_> = statements.by_ref().take(part.statements().len()).collect();
        let first = if at == 0 { &first[..] } else { &[] };
        let last = if at == 0 { &last[..] } else { &[] };
        let own = [header::locks(world, &of_it), split::between(plan, at, count, &named)];
        let parts = [&[title.clone(), split::which(at, count)], first, &own, last].concat();
        layout::header(&parts) + &text
    };
    texts.into_iter().zip(plan.parts()).enumerate().map(file).collect()
}
