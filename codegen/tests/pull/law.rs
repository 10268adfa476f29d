//! The law: read, declare, build, read: no difference; declare that: the same bytes.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::compare::pulled::{Origin, of_files};
use codegen::prove::{Positions, Pulled, built, declaration, differences};
use codegen::pull::{Declaration, Undeclarable};
use codegen::read::catalog::{CatalogReading, catalog};
use codegen::scratch::{Binaries, INSTALL_COMMAND, Server, script};

#[test]
fn what_is_pulled_and_built_is_what_was_there() {
    let server = server();
    let (mut held, mut failed) = (0, Vec::new());
    for file in files() {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        match law(&server, &file) {
            Ok(told) => {
                held += 1;
                eprintln!("{name}: {told}");
            }
            Err(why) => failed.push(format!("{name}: {why}")),
        }
    }
    assert!(failed.is_empty(), "the law holds for {held} and not for {}\n{}", failed.len(), failed.join("\n"));
    assert!(held > 0, "there is nothing to pull");
}

/// A server of the newest major.
pub fn server() -> Server {
    let newest = Binaries::all(&root()).pop().expect(INSTALL_COMMAND);
    Server::start(&newest).unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn law(server: &Server, file: &Path) -> Result<String, String> {
    let reading = reading(server, file)?;
    let Pulled { declaration: first, differences: left, refused } =
        declaration(server, &reading.schema).map_err(|it| told(&it))?;
    keep(file, &first);
    if let Some(refused) = refused {
        return Err(refused.to_string());
    }
    if !left.is_empty() {
        return Err(left.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n  "));
    }
    let again = built(server, &first.declared.schema).map_err(|refused| refused.error.to_string())?;
    let second = declaration(server, &again).map_err(|it| told(&it))?.declaration;
    let changed: Vec<&String> =
        second.files.iter().filter(|(path, text)| first.files.get(*path) != Some(text)).map(|(path, _)| path).collect();
    if !changed.is_empty() || first.files.len() != second.files.len() {
        return Err(format!("pulling again writes something else into {changed:?}"));
    }
    let left = differences(
        &reading.schema,
        &built(server, &second.declared.schema).map_err(|refused| refused.error.to_string())?,
        Positions::Compared,
    );
    assert!(left.is_empty(), "the same bytes build another database");
    Ok(summary(&reading, &first))
}

fn reading(server: &Server, file: &Path) -> Result<CatalogReading, String> {
    if file.is_dir() {
        let origin: Origin = of_files(&[file.to_owned()], &root()).map_err(|error| error.to_string())?;
        return Ok(origin.reading);
    }
    let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
    let database = script::load(server, &[("file".into(), text)]).map_err(|error| error.to_string())?;
    catalog(&mut database.connect().unwrap()).map_err(|error| error.to_string())
}

fn summary(reading: &CatalogReading, declaration: &Declaration) -> String {
    let raw = declaration.counts.iter().filter(|(_, counts)| counts.raw > 0);
    let raw: Vec<String> =
        raw.map(|(kind, counts)| format!("{} of {} {}", counts.raw, counts.raw + counts.words, kind.name())).collect();
    format!("{} objects; raw: {}; unmodelled: {:?}", reading.schema.len(), raw.join(", "), reading.unmodelled)
}

fn told(it: &Undeclarable) -> String {
    let fault = |fault: &tablewright_syntax::Diagnostic| {
        let file = it.sources.file(fault.file).map_or("", |file| file.path.as_str());
        format!("{file}:{}: {} {:?}", fault.span.start().line, fault.message, fault.help)
    };
    it.faults.iter().map(fault).collect::<Vec<_>>().join("\n  ")
}

/// Keeps what was written, where somebody wants to look at it.
fn keep(file: &Path, declaration: &Declaration) {
    let Some(folder) = env::var_os("TABLEWRIGHT_PULLED") else { return };
    for (path, text) in &declaration.files {
        let path = Path::new(&folder).join(file.file_stem().unwrap()).join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn files() -> Vec<PathBuf> {
    let only = env::var("TABLEWRIGHT_ONLY").unwrap_or_default();
    let mut files = below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pull"));
    if let Some(corpora) = env::var_os("TABLEWRIGHT_CORPORA").map(PathBuf::from) {
        files.extend(below(&corpora));
        files.extend(below(&corpora.join("schemas")));
        let histories = fs::read_dir(corpora.join("histories")).into_iter().flatten();
        files.extend(histories.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()));
    }
    files.retain(|file| file.file_name().unwrap().to_string_lossy().contains(&only));
    files.sort();
    files
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|it| it == "sql")).collect()
}
