//! The types that each consumer gets: a file of its own, or a managed region of a hand-written one.

mod builtin;
mod exports;
mod file;
mod layout;
mod print;
mod text;
mod types;

use std::path::PathBuf;

use tablewright_syntax::{ConsumerDecl, TypeFileDecl};

use super::World;
use crate::output::{Artifact, Content};

/// One artifact for each file of each consumer.
pub fn emit(world: &World) -> Vec<Artifact> {
    let consumers = world.declarations.consumers.iter();
    consumers.flat_map(|consumer| consumer.files.iter().map(|it| artifact(world, consumer, it))).collect()
}

fn artifact(world: &World, consumer: &ConsumerDecl, file: &TypeFileDecl) -> Artifact {
    let text = file::text(world, consumer, file);
    let content = match &file.region {
        Some(region) => Content::Region { name: region.value.clone(), text },
        None => Content::Whole(text),
    };
    Artifact { path: path(file), content }
}

/// Where a file is, from the project's root.
fn path(file: &TypeFileDecl) -> PathBuf {
    match file.region {
        Some(_) => PathBuf::from(&file.path.value),
        None => PathBuf::from("generated").join(&file.path.value),
    }
}
