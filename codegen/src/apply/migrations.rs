//! The migrations of a project as files, each checked against what was sealed.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;

use crate::emit::Settings;
use crate::read::history::text_hash;
use crate::run::{self, Project};

/// One migration with both of its files.
#[derive(Clone, Debug)]
pub struct Migration {
    /// Its place among the others.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// The way up.
    pub up: Text,
    /// The way down, if its file is there.
    pub down: Option<Text>,
    /// Whether it is open: its text may still change.
    pub is_open: bool,
    /// What its rollback destroys, in words.
    pub destroyed_by_rollback: Vec<String>,
}

/// A file.
#[derive(Clone, Debug)]
pub struct Text {
    /// Its path below the project's root.
    pub path: String,
    /// What it says.
    pub sql: String,
    /// The hash of what it says; comment lines and spaces at the end of a line don't count.
    pub hash: String,
    /// Whether it says what it should: what was sealed, or what the declaration asks for.
    pub is_right: bool,
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
    pub fn of(project: &Project) -> Result<Self, Vec<String>> {
        let settings = Settings::of(&project.declared.declarations);
        let folder = format!("generated/{}", settings.migrations.trim_matches('/'));
        let rollbacks = format!("generated/{}", settings.rollbacks.trim_matches('/'));
        let known = Known::of(project);
        let (mut all, mut errors) = (Vec::new(), Vec::new());
        for file in names(&project.root.join(&folder)).map_err(|error| vec![unread(&folder, &error)])? {
            match migration(&project.root, &known, [&folder, &rollbacks], &file) {
                Ok(migration) => all.push(migration),
                Err(error) => errors.push(error),
            }
        }
        all.sort_by_key(|migration| migration.number);
        errors.extend(known.missing(&folder, &all));
        errors.extend(all.windows(2).filter(|it| it[0].number == it[1].number).map(|it| {
            format!("{} and {} have one number; rename and seal one of them anew", it[0].up.path, it[1].up.path)
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
    fn of(project: &Project) -> Self {
        let sealed = &project.history.sealed;
        let mut hashes: BTreeMap<String, String> = sealed.iter().flat_map(|it| it.files.clone()).collect();
        let planned = run::plan(project, None).ok();
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

    /// Sealed ways up that are gone.
    fn missing(&self, folder: &str, all: &[Migration]) -> Vec<String> {
        let ways_up = self.hashes.keys().filter(|path| path.strip_prefix(folder).is_some_and(|it| it.starts_with('/')));
        let gone = ways_up.filter(|path| !all.iter().any(|it| it.up.path == **path));
        gone.map(|path| format!("{path} is missing; restore it from version control, or generate it anew")).collect()
    }

    fn text(&self, root: &Path, path: String) -> io::Result<Text> {
        let sql = fs::read_to_string(root.join(&path))?;
        let hash = text_hash(&path, &sql);
        let is_right = self.hashes.get(&path).is_none_or(|expected| *expected == hash);
        Ok(Text { path, sql, hash, is_right })
    }
}

/// The SQL files of a folder; none if there is no folder yet.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries.collect::<io::Result<Vec<_>>>()?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    let names = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned());
    Ok(names.filter(|name| name.ends_with(".sql")).collect())
}

fn migration(root: &Path, known: &Known, [ups, downs]: [&str; 2], file: &str) -> Result<Migration, String> {
    let path = format!("{ups}/{file}");
    let stem = file.trim_end_matches(".sql");
    let parts = stem.split_once('_').and_then(|(number, name)| Some((number.parse::<u32>().ok()?, name.to_owned())));
    let standing = parts.and_then(|(number, name)| Some((known.is_open(number, &name)?, number, name)));
    let Some((is_open, number, name)) = standing else {
        return Err(format!(
            "{path} belongs to no sealed migration and is not the open one; remove it, or write its intent"
        ));
    };
    let down = format!("{downs}/{file}");
    let up = known.text(root, path.clone()).map_err(|error| unread(&path, &error))?;
    let down = match known.text(root, down.clone()) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(unread(&down, &error)),
    };
    let destroyed_by_rollback = destroyed(root, known, stem);
    Ok(Migration { number, name, up, down, is_open, destroyed_by_rollback })
}

/// What the manifest says that the rollback destroys. One that should be there and can't be read may say anything.
fn destroyed(root: &Path, known: &Known, stem: &str) -> Vec<String> {
    let path = format!("generated/manifests/{stem}.json");
    let is_expected = known.hashes.contains_key(&path);
    let right = known.text(root, path.clone()).ok().filter(|text| text.is_right);
    let manifest: Option<Value> = right.and_then(|text| serde_json::from_str(&text.sql).ok());
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
