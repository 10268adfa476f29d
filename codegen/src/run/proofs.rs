//! The proofs that stand in a project's files, and what they are proofs of.

use std::collections::BTreeMap;
use std::path::Path;

use super::Project;
use crate::emit::migration::{self, FileName};
use crate::emit::proof::{FOLDER, Inputs, Proof, parse};
use crate::emit::{Open, Settings, World};
use crate::read::history::{self, Sealed, text_hash};
use crate::read::{History, texts};

/// Every proof that nobody has edited, by migration. One that is frozen with a sealed migration is left to the history.
pub fn read(root: &Path, history: &History) -> Vec<Proof> {
    let frozen = |path: &String| history.sealed.iter().any(|entry| entry.files.contains_key(path));
    let texts = texts::files(root, FOLDER, ".json").into_iter().filter(|(path, _)| !frozen(path));
    let proofs = texts.filter_map(|(_, text)| parse(&text)).map(|proof| (proof.migration.clone(), proof));
    proofs.collect::<BTreeMap<String, Proof>>().into_values().collect()
}

/// The proofs of a project that are still proofs of the files that there are.
pub fn valid<'a>(project: &'a Project, world: &World) -> Vec<&'a Proof> {
    let is_valid = |proof: &&Proof| {
        let fixtures = texts::fixtures(&project.root, texts::number(&proof.migration)).map(|it| fixtures_hash(&it));
        match world.open.as_ref().filter(|open| migration::stem(open) == proof.migration) {
            Some(open) => fixtures.is_ok_and(|fixtures| of_open(world, open, fixtures) == proof.inputs),
            None => {
                let sealed = project.history.sealed.iter().find(|entry| stem(entry) == proof.migration);
                sealed.is_some_and(|sealed| of_sealed(world, sealed, proof.inputs.fixtures.clone()) == proof.inputs)
            }
        }
    };
    project.proofs.iter().filter(is_valid).collect()
}

/// What a proof of the open migration is a proof of.
pub fn of_open(world: &World, open: &Open, fixtures: String) -> Inputs {
    Inputs {
        schema_before: open.migration.before.hash(),
        schema_after: open.migration.after.hash(),
        up: hash_of(&migration::up(world, open)),
        down: hash_of(&migration::down(world, open)),
        fixtures,
    }
}

/// What a proof of a sealed migration is a proof of.
pub fn of_sealed(world: &World, sealed: &Sealed, fixtures: String) -> Inputs {
    let hashes = |paths: Vec<String>| paths.iter().filter_map(|path| sealed.files.get(path).cloned()).collect();
    let [up, down] = files(&world.settings, sealed).map(hashes).map(history::of_files);
    Inputs { schema_before: sealed.before.clone(), schema_after: sealed.after.clone(), up, down, fixtures }
}

/// The files of both ways of a sealed migration, below the project's root, in the order that they run in.
pub fn files(settings: &Settings, sealed: &Sealed) -> [Vec<String>; 2] {
    let stem = stem(sealed);
    [&settings.migrations, &settings.rollbacks].map(|folder| {
        let folder = format!("generated/{}/", folder.trim_matches('/'));
        let part = |path: &str| {
            let file = FileName::parse(path.strip_prefix(&folder)?)?;
            (path.ends_with(".sql") && file.stem() == stem).then_some(file.part)
        };
        let mut files: Vec<_> = sealed.files.keys().filter_map(|path| Some((part(path)?, path.clone()))).collect();
        files.sort();
        files.into_iter().map(|(_, path)| path).collect()
    })
}

fn hash_of(texts: &[String]) -> String {
    history::of_files(texts.iter().map(|text| text_hash(SQL, text)).collect())
}

/// The name that the files of a sealed migration have in common.
pub fn stem(sealed: &Sealed) -> String {
    format!("{:03}_{}", sealed.number, sealed.name)
}

/// The hash of the team's own rows; empty, if there are none.
pub fn fixtures_hash(fixtures: &[(String, String)]) -> String {
    let all: String = fixtures.iter().map(|(_, text)| text.as_str()).collect();
    if fixtures.is_empty() { String::new() } else { text_hash(SQL, &all) }
}

/// A name that tells the history's hash that comments don't count.
const SQL: &str = "it.sql";
