//! The proofs that stand in a project's files, and what they are proofs of.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::Project;
use crate::emit::proof::{FOLDER, Inputs, Proof, parse};
use crate::emit::{Open, Settings, World, migration};
use crate::read::History;
use crate::read::history::{Sealed, text_hash};

/// Every proof that nobody has edited, by migration. One that is frozen with a sealed migration is left to the history.
pub fn read(root: &Path, history: &History) -> Vec<Proof> {
    let frozen: Vec<&String> = history.sealed.iter().flat_map(|entry| entry.files.keys()).collect();
    let Ok(files) = fs::read_dir(root.join(FOLDER)) else { return Vec::new() };
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    let read = |name: String| {
        let path = format!("{FOLDER}/{name}");
        if !name.ends_with(".json") || frozen.contains(&&path) {
            return None;
        }
        let proof = parse(&fs::read_to_string(root.join(path)).ok()?)?;
        Some((proof.migration.clone(), proof))
    };
    let proofs: BTreeMap<String, Proof> = names.filter_map(read).collect();
    proofs.into_values().collect()
}

/// The proofs of a project that are still proofs of the files that there are.
pub fn valid<'a>(project: &'a Project, world: &World) -> Vec<&'a Proof> {
    let is_valid = |proof: &&Proof| {
        let fixtures = fixtures(&project.root, number(&proof.migration)).map(|it| fixtures_hash(&it));
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
        up: text_hash(SQL, &migration::up(world, open)),
        down: text_hash(SQL, &migration::down(world, open)),
        fixtures,
    }
}

/// What a proof of a sealed migration is a proof of.
pub fn of_sealed(world: &World, sealed: &Sealed, fixtures: String) -> Inputs {
    let [up, down] = files(world, &stem(sealed)).map(|path| sealed.files.get(&path).cloned().unwrap_or_default());
    Inputs { schema_before: sealed.before.clone(), schema_after: sealed.after.clone(), up, down, fixtures }
}

/// The files of both ways of a migration, below the project's root.
pub fn files(world: &World, stem: &str) -> [String; 2] {
    paths(&world.settings, stem)
}

/// See [`files`].
pub fn paths(settings: &Settings, stem: &str) -> [String; 2] {
    let folders = [&settings.migrations, &settings.rollbacks];
    folders.map(|folder| format!("generated/{}/{stem}.sql", folder.trim_matches('/')))
}

/// The name that the files of a sealed migration have in common.
pub fn stem(sealed: &Sealed) -> String {
    format!("{:03}_{}", sealed.number, sealed.name)
}

/// The folder of the rows that a team wants its migrations to be proved with.
pub const FIXTURES: &str = "schema/fixtures";

/// The team's own rows for a migration, as files of SQL by name: those that begin with its number.
///
/// # Errors
/// A file that can't be read.
pub fn fixtures(root: &Path, number: u32) -> Result<Vec<(String, String)>, String> {
    let Ok(entries) = fs::read_dir(root.join(FIXTURES)) else { return Ok(Vec::new()) };
    let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.retain(|name| name.ends_with(".sql") && self::number(name) == number);
    names.sort();
    let read = |name: String| {
        let path = format!("{FIXTURES}/{name}");
        let text = fs::read_to_string(root.join(&path)).map_err(|error| format!("{path}: can't be read: {error}"))?;
        Ok((path, text))
    };
    names.into_iter().map(read).collect()
}

/// The hash of the team's own rows; empty, if there are none.
pub fn fixtures_hash(fixtures: &[(String, String)]) -> String {
    let all: String = fixtures.iter().map(|(_, text)| text.as_str()).collect();
    if fixtures.is_empty() { String::new() } else { text_hash(SQL, &all) }
}

/// The number that a name begins with; 0, if it begins with none.
fn number(name: &str) -> u32 {
    let digits = name.split(|letter: char| !letter.is_ascii_digit()).next().unwrap_or_default();
    digits.parse().unwrap_or(0)
}

/// A name that tells the history's hash that comments don't count.
const SQL: &str = "it.sql";
