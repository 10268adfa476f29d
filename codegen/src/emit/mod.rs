//! One family of artifacts per file. An emitter is a function from the [`World`] to artifacts; it reads nothing else.

pub mod migration;
mod world;

pub use world::{Open, Settings, World};

use crate::output::Artifact;

/// A function from the world to artifacts.
pub type Emitter = fn(&World) -> Vec<Artifact>;

/// What makes artifacts out of the world, by name.
pub const EMITTERS: &[(&str, Emitter)] = &[("migration", migration::emit)];

/// Every artifact of a project, sorted by path.
pub fn emit(world: &World) -> Vec<Artifact> {
    let mut artifacts: Vec<Artifact> = EMITTERS.iter().flat_map(|(_, emitter)| emitter(world)).collect();
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    artifacts
}

/// The artifacts that belong to the open migration alone and are frozen with it.
pub fn of_migration(world: &World) -> Vec<Artifact> {
    migration::emit(world)
}
