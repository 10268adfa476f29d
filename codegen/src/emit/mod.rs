//! One family of artifacts per file. An emitter is a function from the [`World`] to artifacts; it reads nothing else.

pub mod migration;
mod world;

pub use world::{Open, Settings, World};

use crate::output::Artifact;

/// What makes artifacts out of the world, by name.
pub const EMITTERS: &[(&str, fn(&World) -> Vec<Artifact>)] = &[("migration", migration::emit)];

/// Every artifact of a project, sorted by path.
pub fn emit(world: &World) -> Vec<Artifact> {
    let mut artifacts: Vec<Artifact> = EMITTERS.iter().flat_map(|(_, emitter)| emitter(world)).collect();
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    artifacts
}
