//! The migrations that a service carries along: every file in the folder of migrations.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Settings;
use crate::read::history::text_hash;

/// One migration file.
struct File {
    path: PathBuf,
    name: String,
    hash: String,
}

/// A Rust expression: the list of `Migration`s, sorted by number, each with its file embedded.
///
/// Errors: files that can't be read, two of one number, and names that are not `NUMBER_NAME.sql`.
pub fn rust(root: &Path, settings: &Settings) -> Result<String, Vec<String>> {
    let folder = root.join("generated").join(&settings.migrations);
    let mut errors = Vec::new();
    let mut files = BTreeMap::new();
    for path in paths(&folder).map_err(|error| vec![unreadable(&folder, &error)])? {
        match read(path) {
            Ok((number, file)) => {
                if let Some(twice) = files.insert(number, file) {
                    errors.push(format!("migration {number} is there twice; one of them is {}", twice.path.display()));
                }
            }
            Err(error) => errors.push(error),
        }
    }
    let items = files.iter().map(item);
    if errors.is_empty() { Ok(quote!(&[#(#items),*]).to_string()) } else { Err(errors) }
}

fn item((number, file): (&u32, &File)) -> TokenStream {
    // A path that is no Unicode can't stand in source, and then rustc says that the file is not there.
    let (path, name, hash) = (file.path.to_string_lossy(), &file.name, &file.hash);
    quote!(Migration { number: #number, name: #name, sql: include_str!(#path), sha256: #hash })
}

/// The SQL files of a folder, sorted. There are none before the first migration.
fn paths(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries.collect::<io::Result<Vec<_>>>()?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "sql"));
    paths.sort();
    Ok(paths)
}

fn read(path: PathBuf) -> Result<(u32, File), String> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let parts = stem.split_once('_').and_then(|(number, name)| Some((number.parse().ok()?, name.to_owned())));
    let Some((number, name)) = parts else {
        return Err(format!(
            "{} is not named NUMBER_NAME.sql, so it has no place among the migrations",
            path.display()
        ));
    };
    let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
    let hash = text_hash(&path.to_string_lossy(), &text);
    Ok((number, File { path, name, hash }))
}

fn unreadable(path: &Path, error: &io::Error) -> String {
    format!("can't read {}: {error}", path.display())
}
