//! The migrations of a project as files, each checked against what was sealed.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;

use super::text::{File, Text};
use crate::emit::Settings;
use crate::emit::migration::FileName;
use crate::read::history::text_hash;
use crate::run::{self, Asked, Project};

/// One migration with the files of both ways.
#[derive(Clone, Debug)]
pub struct Migration {
    /// Its place among the others.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// The way up.
    pub up: Text,
    /// The way down, if its files are there.
    pub down: Option<Text>,
    /// Whether it is open: its text may still change.
    pub is_open: bool,
    /// What its rollback destroys, in words.
    pub destroyed_by_rollback: Vec<String>,
}

/// What a project can bring a database to.
#[derive(Clone, Debug)]
pub struct Migrations {
    /// All of which there are files, by number.
    pub all: Vec<Migration>,
    /// The schema where names without one belong, if the project writes any such.
    pub unqualified: Option<String>,
    /// The number that the history begins with, if it begins with a schema that databases already have.
    pub baseline: Option<u32>,
}

impl Migration {
    /// Number and name: `153_remove_external_cluster_id`.
    pub fn stem(&self) -> String {
        format!("{:03}_{}", self.number, self.name)
    }
}

impl Migrations {
    /// Those of a project: what is sealed and, if there is one, the open migration.
    ///
    /// # Errors
    /// Every file that can't be read, is missing, or belongs to no migration.
    pub fn of(project: &Project, asked: Asked) -> Result<Self, Vec<String>> {
        let settings = Settings::of(&project.declared.declarations);
        let folder = |folder: &str| format!("generated/{}", folder.trim_matches('/'));
        let (ups, downs) = (folder(&settings.migrations), folder(&settings.rollbacks));
        let known = Known::of(project, asked);
        let (mut all, mut errors) = (Vec::new(), Vec::new());
        let (of_ups, strange) = ways(&project.root, &ups).map_err(|error| vec![unread(&ups, &error)])?;
        let (of_downs, _) = ways(&project.root, &downs).map_err(|error| vec![unread(&downs, &error)])?;
        errors.extend(strange.iter().map(|file| belongs_to_none(&format!("{ups}/{file}"))));
        for (migration, files) in &of_ups {
            match known.migration(&project.root, migration, (&ups, files), (&downs, of_downs.get(migration))) {
                Ok(migration) => all.push(migration),
                Err(found) => errors.extend(found),
            }
        }
        errors.extend(known.missing(&ups, &all));
        errors.extend(all.windows(2).filter(|it| it[0].number == it[1].number).map(|it| {
            format!("{} and {} have one number; rename and seal one of them anew", it[0].up.path(), it[1].up.path())
        }));
        let baseline = project.history.sealed.first().filter(|it| it.files.is_empty()).map(|it| it.number);
        let migrations = Self { all, unqualified: settings.style.unqualified, baseline };
        if errors.is_empty() { Ok(migrations) } else { Err(errors) }
    }

    /// The migration with this number.
    pub fn get(&self, number: u32) -> Option<&Migration> {
        self.all.iter().find(|migration| migration.number == number)
    }

    /// The sealed ones.
    pub fn sealed(&self) -> impl Iterator<Item = &Migration> {
        self.all.iter().filter(|migration| !migration.is_open)
    }

    /// The open one.
    pub fn open(&self) -> Option<&Migration> {
        self.all.iter().find(|migration| migration.is_open)
    }
}

/// What is known of the files: to which migration they belong, and what they should say.
struct Known {
    sealed: BTreeMap<u32, String>,
    open: Option<(u32, String)>,
    hashes: BTreeMap<String, String>,
}

impl Known {
    fn of(project: &Project, asked: Asked) -> Self {
        let sealed = &project.history.sealed;
        let mut hashes: BTreeMap<String, String> = sealed.iter().flat_map(|it| it.files.clone()).collect();
        let planned = run::plan(project, asked).ok();
        let open = planned.as_ref().and_then(|planned| {
            hashes.extend(run::frozen(planned, project));
            planned.intent.map(|intent| (intent.number.value, intent.name.value.clone()))
        });
        Self { sealed: sealed.iter().map(|it| (it.number, it.name.clone())).collect(), open, hashes }
    }

    /// Whether a migration is open, if it is one of ours.
    fn is_open(&self, number: u32, name: &str) -> Option<bool> {
        let is_sealed = self.sealed.get(&number).is_some_and(|it| it == name);
        let is_open = self.open.as_ref().is_some_and(|it| it.0 == number && it.1 == name);
        (is_sealed || is_open).then_some(is_open)
    }

    /// Files of ways up that are gone.
    fn missing(&self, folder: &str, all: &[Migration]) -> Vec<String> {
        let ways_up = self.hashes.keys().filter(|path| path.strip_prefix(folder).is_some_and(|it| it.starts_with('/')));
        let there = |path: &String| all.iter().flat_map(|it| &it.up.files).any(|file| file.path == *path);
        let gone = ways_up.filter(|path| !there(path));
        gone.map(|path| missing(path)).collect()
    }

    fn migration(
        &self,
        root: &Path,
        (number, name): &(u32, String),
        (ups, files): (&str, &Files),
        (downs, files_down): (&str, Option<&Files>),
    ) -> Result<Migration, Vec<String>> {
        let Some(is_open) = self.is_open(*number, name) else {
            return Err(files.values().map(|file| belongs_to_none(&format!("{ups}/{file}"))).collect());
        };
        let up = self.text(root, ups, files);
        let down = files_down.map(|files| self.text(root, downs, files)).transpose();
        let mut faults: Vec<String> = [up.as_ref().err(), down.as_ref().err()].into_iter().flatten().cloned().collect();
        if let Some(files) = files_down {
            faults.extend(self.lost(downs, (*number, name), files));
        }
        let (Ok(up), Ok(down), true) = (up, down, faults.is_empty()) else { return Err(faults) };
        let destroyed_by_rollback = destroyed(root, self, &format!("{number:03}_{name}"));
        Ok(Migration { number: *number, name: name.clone(), up, down, is_open, destroyed_by_rollback })
    }

    /// The other files of a way of which some are there.
    fn lost(&self, folder: &str, (number, name): (u32, &str), files: &Files) -> Vec<String> {
        let is_lost = |path: &&String| {
            let file = path.strip_prefix(folder).and_then(|it| it.strip_prefix('/'));
            let parsed = file.and_then(FileName::parse).is_some_and(|it| it.number == number && it.name == name);
            parsed && !files.values().any(|there| Some(there.as_str()) == file)
        };
        self.hashes.keys().filter(is_lost).map(|path| missing(path)).collect()
    }

    /// What the files of one way say: one without a number, or all from 1 on.
    fn text(&self, root: &Path, folder: &str, files: &Files) -> Result<Text, String> {
        let wanted = |at: usize| if files.contains_key(&None) { None } else { Some(at + 1) };
        let is_whole = files.keys().enumerate().all(|(at, part)| *part == wanted(at));
        if !is_whole || files.contains_key(&None) && files.len() > 1 {
            let names: Vec<&str> = files.values().map(String::as_str).collect();
            return Err(format!(
                "{folder}: {} are not one way: it is one file without a number, or several from .1.sql on; restore them from version control, or generate them anew",
                names.join(", ")
            ));
        }
        let read = |file: &String| {
            let path = format!("{folder}/{file}");
            self.file(root, path.clone()).map_err(|error| unread(&path, &error))
        };
        Ok(Text::of(files.values().map(read).collect::<Result<_, _>>()?))
    }

    /// A file, and its hash.
    fn file(&self, root: &Path, path: String) -> io::Result<(File, String)> {
        let sql = fs::read_to_string(root.join(&path))?;
        let hash = text_hash(&path, &sql);
        let is_right = self.hashes.get(&path).is_none_or(|expected| *expected == hash);
        Ok((File { path, sql, is_right }, hash))
    }
}

/// The names of the files of one way, by their number, if they have one.
type Files = BTreeMap<Option<usize>, String>;

/// The files of each migration, by its number and name.
type Ways = BTreeMap<(u32, String), Files>;

/// The SQL files of a folder by the number and the name of their migration, and those that have no such name; none if
/// there is no folder yet.
fn ways(root: &Path, folder: &str) -> io::Result<(Ways, Vec<String>)> {
    let entries = match fs::read_dir(root.join(folder)) {
        Ok(entries) => entries.collect::<io::Result<Vec<_>>>()?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    let names = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let (mut ways, mut strange) = (Ways::new(), Vec::new());
    for name in names.filter(|name| name.ends_with(".sql")) {
        match FileName::parse(&name) {
            Some(file) => drop(ways.entry((file.number, file.name)).or_default().insert(file.part, name)),
            None => strange.push(name),
        }
    }
    Ok((ways, strange))
}

fn missing(path: &str) -> String {
    format!("{path} is missing; restore it from version control, or generate it anew")
}

fn belongs_to_none(path: &str) -> String {
    format!("{path} belongs to no sealed migration and is not the open one; remove it, or write its intent")
}

/// What the manifest says that the rollback destroys. One that should be there and can't be read may say anything.
fn destroyed(root: &Path, known: &Known, stem: &str) -> Vec<String> {
    let path = format!("generated/manifests/{stem}.json");
    let is_expected = known.hashes.contains_key(&path);
    let right = known.file(root, path.clone()).ok().filter(|(file, _)| file.is_right);
    let manifest: Option<Value> = right.and_then(|(file, _)| serde_json::from_str(&file.sql).ok());
    match manifest.as_ref().and_then(|it| it["losses"].as_array()) {
        Some(losses) => losses.iter().filter_map(destroyed_by_down).collect(),
        None if is_expected => vec![format!("what nobody knows: {path} is not what it should be")],
        None => Vec::new(),
    }
}

fn destroyed_by_down(loss: &Value) -> Option<String> {
    let is_destroyed = loss["way"] == "down" && loss["aspect"] == "data";
    is_destroyed.then(|| Some(format!("{}: {}", loss["object"].as_str()?, loss["what"].as_str()?)))?
}

fn unread(path: &str, error: &io::Error) -> String {
    format!("can't read {path}: {error}")
}
