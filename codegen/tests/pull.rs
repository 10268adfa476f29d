//! The law of `pull`: what is pulled from a database and built again is that database.

#![cfg(feature = "database")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::prove::{Pulled, declaration};
use codegen::read::catalog::catalog;
use codegen::scratch::{Binaries, Server, script};

/// Names a folder of SQL files to hold the law for, besides our own.
const CORPORA: &str = "TABLEWRIGHT_CORPORA";

#[test]
fn what_is_pulled_and_built_is_what_was_there() {
    let server = server();
    let mut failed = Vec::new();
    for file in files() {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        match law(&server, &file) {
            Ok(told) => eprintln!("{name}: {told}"),
            Err(why) => failed.push(format!("{name}: {why}")),
        }
    }
    assert!(failed.is_empty(), "{} failed\n{}", failed.len(), failed.join("\n"));
}

fn law(server: &Server, file: &Path) -> Result<String, String> {
    let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
    let database = script::load(server, &[("file".into(), text)]).map_err(|error| error.to_string())?;
    let mut client = database.connect().unwrap();
    let reading = catalog(&mut client).map_err(|error| error.to_string())?;
    let pulled = declaration(server, &reading.schema).map_err(|it| {
        let fault = |fault: &tablewright_syntax::Diagnostic| {
            let at = it.sources.file(fault.file).map_or("", |file| file.path.as_str());
            let line = it
                .sources
                .file(fault.file)
                .and_then(|file| file.text.lines().nth(fault.span.start().line.max(1) - 1))
                .unwrap_or("");
            format!("{at}:{}: {} ({:?})\n     {line}", fault.span.start().line, fault.message, fault.help)
        };
        it.faults.iter().map(fault).collect::<Vec<_>>().join("\n  ")
    })?;
    let Pulled { declaration, differences, refused } = pulled;
    if let Ok(folder) = env::var("TABLEWRIGHT_PULLED") {
        for (path, text) in &declaration.files {
            let path = Path::new(&folder).join(file.file_stem().unwrap()).join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    if let Some(refused) = refused {
        return Err(refused.to_string());
    }
    if !differences.is_empty() {
        return Err(differences.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n  "));
    }
    let raw: Vec<String> = declaration
        .counts
        .iter()
        .filter(|(_, counts)| counts.raw > 0)
        .map(|(kind, counts)| format!("{} of {} {}", counts.raw, counts.raw + counts.words, kind.name()))
        .collect();
    Ok(format!("{} objects; raw: {}; unmodelled: {:?}", reading.schema.len(), raw.join(", "), reading.unmodelled))
}

fn files() -> Vec<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pull");
    let only = env::var("TABLEWRIGHT_ONLY").unwrap_or_default();
    let folders = [Some(own), env::var_os(CORPORA).map(PathBuf::from)];
    let mut files: Vec<PathBuf> = folders
        .into_iter()
        .flatten()
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|it| it == "sql") && file.to_string_lossy().contains(&only));
    files.sort();
    files
}

fn server() -> Server {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Server::start(&Binaries::find(None, &root).unwrap()).unwrap()
}
