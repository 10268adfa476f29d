//! One family of artifacts per file. An emitter is a function from the [`World`] to artifacts; it reads nothing else.

pub mod erd;
mod facts;
mod interface;
pub mod ledger;
pub mod manifest;
mod markdown;
pub mod migration;
pub mod notice;
pub mod proof;
pub mod reference;
pub mod rows;
pub mod select;
pub mod typescript;
pub mod upsert;
mod world;

pub use world::{Open, Settings, World};

use crate::output::Artifact;

/// What makes artifacts out of the world.
pub type Emitter = fn(&World) -> Vec<Artifact>;

/// Every emitter, by name.
pub const EMITTERS: &[(&str, Emitter)] = &[
    ("erd", erd::emit),
    ("migration", migration::emit),
    ("notice", notice::emit),
    ("proof", proof::emit),
    ("reference", reference::emit),
    ("select", select::emit),
    ("typescript", typescript::emit),
    ("upsert", upsert::emit),
];

/// Every artifact of a project, sorted by path.
pub fn emit(world: &World) -> Vec<Artifact> {
    let mut artifacts = emitted(world);
    // The manifest holds the hash of every other file, so it comes last.
    let manifest = manifest::emit(world, &artifacts);
    artifacts.extend(manifest);
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    artifacts
}

/// The artifacts that belong to the open migration alone and are frozen with it.
pub fn of_migration(world: &World) -> Vec<Artifact> {
    let stem = world.open.as_ref().map(migration::stem).unwrap_or_default();
    let of_it = |artifact: &Artifact| artifact.path.file_stem().is_some_and(|name| name == stem.as_str());
    let proofs = proof::emit(world).into_iter().filter(of_it).collect();
    [migration::emit(world), notice::emit(world), proofs, manifest::emit(world, &emitted(world))].concat()
}

fn emitted(world: &World) -> Vec<Artifact> {
    EMITTERS.iter().flat_map(|(_, emitter)| emitter(world)).collect()
}
