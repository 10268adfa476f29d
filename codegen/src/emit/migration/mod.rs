//! The migration and its rollback, as SQL files that a person would have written.

mod header;
mod layout;
pub mod script;

use super::{Open, World};
use crate::output::{Artifact, Content};
use crate::plan::Policy;

/// Both files of the open migration; none if there is none.
pub fn emit(world: &World) -> Vec<Artifact> {
    let Some(open) = &world.open else { return Vec::new() };
    let artifact =
        |folder: &str, text: String| Artifact { path: path(folder, open).into(), content: Content::Whole(text) };
    vec![artifact(&world.settings.migrations, up(world, open)), artifact(&world.settings.rollbacks, down(world, open))]
}

/// The name that the migration's files have in common: `153_remove_external_cluster_id`.
pub fn stem(open: &Open) -> String {
    format!("{:03}_{}", open.intent.number.value, open.intent.name.value)
}

fn path(folder: &str, open: &Open) -> String {
    format!("generated/{}/{}.sql", folder.trim_matches('/'), stem(open))
}

/// The text of the way up.
pub fn up(world: &World, open: &Open) -> String {
    let plan = &open.migration.up;
    let rollback = layout::comment("Rollback: ", &path(&world.settings.rollbacks, open));
    let heads = [
        header::title("Migration", open),
        header::losses(world, open),
        header::kept(world, open.migration),
        header::locks(world, plan),
        header::offline(world, plan),
        rollback,
    ];
    format!("{}{}", layout::header(&heads), layout::plan(plan, &[]))
}

/// The text of the way down.
pub fn down(world: &World, open: &Open) -> String {
    let heads = [
        header::title("Rollback of migration", open),
        header::policy(open.policy),
        header::unrestored(world, open),
        header::destroyed(world, open),
        header::locks(world, &open.migration.down),
        header::offline(world, &open.migration.down),
    ];
    let losses = if open.policy != Policy::Exact { open.migration.losses.as_slice() } else { &[] };
    format!("{}{}", layout::header(&heads), layout::plan(&open.migration.down, losses))
}
