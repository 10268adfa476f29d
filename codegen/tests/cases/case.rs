//! A case as it lies on disk.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::intent::wishes;
use codegen::model::{Id, Schema};
use codegen::plan::{Migration, Wishes};
use codegen::read::{Declared, Sources, declared};
use codegen::sql::Style;
use tablewright_syntax::{Diagnostic, FileId, parse_file};

/// The cases whose name begins so; all, if it is not set.
const ONLY: &str = "TABLEWRIGHT_CASES";

/// One folder of `tests/cases`.
pub struct Case {
    /// `<kind>/<case>`
    pub name: String,
    folder: PathBuf,
}

/// What a case asks for.
pub struct Trip {
    /// Both ways.
    pub migration: Migration,
    /// The columns whose values the intent sets.
    pub filled: Vec<Id>,
    /// The rows before.
    pub seed: Option<String>,
}

/// Every case, by name.
pub fn all() -> Vec<Case> {
    let only = env::var(ONLY).unwrap_or_default();
    let folders = below(&root().join("tests/cases")).into_iter().flat_map(|kind| below(&kind));
    let cases = folders.map(|folder| {
        let parts: Vec<_> = folder.iter().rev().take(2).map(|part| part.to_str().unwrap()).collect();
        Case { name: format!("{}/{}", parts[1], parts[0]), folder: folder.clone() }
    });
    cases.filter(|case| case.name.starts_with(&only)).collect()
}

/// The project's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl Case {
    /// The plan, or why there is none.
    pub fn trip(&self) -> Result<Trip, String> {
        let (before, after) = (self.schema("before.rs")?, self.schema("after.rs")?);
        let wishes = self.wishes()?;
        let filled =
            wishes.backfills.iter().chain(&wishes.rollback_backfills).map(|fill| fill.column.clone()).collect();
        let migration = Migration::between(&before, &after, &wishes).map_err(|error| format!("no plan: {error}"))?;
        Ok(Trip { migration, filled, seed: fs::read_to_string(self.folder.join("seed.sql")).ok() })
    }

    /// The oldest major that the case can be proved on.
    pub fn oldest_major(&self) -> u32 {
        let both = ["before.rs", "after.rs"].map(|file| self.read(file).unwrap_or_default());
        let said = both.iter().filter_map(|text| text.strip_prefix("// postgres: ")?.lines().next()?.parse().ok());
        said.max().unwrap_or(0)
    }

    fn schema(&self, file: &str) -> Result<Schema, String> {
        let text = self.read(file)?;
        // An empty declaration is a fault where people declare, but the beginning of everything here.
        if !text.contains("#[derive(") {
            return Ok(Schema::default());
        }
        let objects = self.objects(file.trim_end_matches(".rs"))?;
        let objects = objects.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        Ok(read(&std::iter::once((file, text.as_str())).chain(objects).collect::<Vec<_>>())?.schema)
    }

    /// The raw objects of one side: `before.NAME.sql`.
    fn objects(&self, side: &str) -> Result<Vec<(String, String)>, String> {
        let names = below(&self.folder).into_iter().filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()));
        let names = names.filter(|name| name.starts_with(&format!("{side}.")) && name.ends_with(".sql"));
        names.map(|name| Ok((name.clone(), self.read(&name)?))).collect()
    }

    fn wishes(&self) -> Result<Wishes, String> {
        let style = Style { unqualified: Some("public".into()), ..Default::default() };
        if !self.folder.join("intent.rs").exists() {
            return Ok(Wishes { style, ..Wishes::default() });
        }
        let text = self.read("intent.rs")?;
        let (declarations, faults) = parse_file(FileId(0), &text);
        let intent = declarations.migrations.first().ok_or("intent.rs declares no migration")?;
        match wishes(intent, None, &style) {
            Ok(wishes) if faults.is_empty() => Ok(wishes),
            Ok(_) => Err(told(&[("intent.rs", &text)], &faults)),
            Err(faults) => Err(told(&[("intent.rs", &text)], &faults)),
        }
    }

    fn read(&self, file: &str) -> Result<String, String> {
        fs::read_to_string(self.folder.join(file)).map_err(|error| format!("{file}: {error}"))
    }
}

fn read(files: &[(&str, &str)]) -> Result<Declared, String> {
    declared(&Sources::of(files.iter().copied())).map_err(|faults| told(files, &faults))
}

fn told(files: &[(&str, &str)], faults: &[Diagnostic]) -> String {
    let line = |fault: &Diagnostic| {
        let start = fault.span.start();
        format!("{}:{}:{}: {}", files[fault.file.0].0, start.line, start.column + 1, fault.message)
    };
    faults.iter().map(line).collect::<Vec<_>>().join("; ")
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}
