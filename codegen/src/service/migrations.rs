//! The migrations that a service carries along: every file in the folder of migrations.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Settings;
use crate::emit::migration::FileName;
use crate::read::history::{of_files, text_hash};
use crate::script;

/// One migration: its files by their number, if they have one.
type Files = BTreeMap<Option<usize>, File>;

/// A file of a migration.
struct File {
    path: PathBuf,
    hash: String,
    is_one_transaction: bool,
}

/// A Rust expression: the list of `Migration`s, sorted by number, each with its files embedded.
///
/// Errors: files that can't be read, two migrations of one number, and names that are not `NUMBER_NAME.sql`.
pub fn rust(root: &Path, settings: &Settings) -> Result<String, Vec<String>> {
    let folder = root.join("generated").join(&settings.migrations);
    let (mut errors, mut all) = (Vec::new(), BTreeMap::<u32, (String, Files)>::new());
    for path in paths(&folder).map_err(|error| vec![unreadable(&folder, &error)])? {
        match read(path) {
            Ok((name, file)) => {
                let (known, files) = all.entry(name.number).or_insert_with(|| (name.name.clone(), Files::new()));
                let is_alone = files.contains_key(&None) || name.part.is_none() && !files.is_empty();
                if *known != name.name || is_alone {
                    let path = file.path.display();
                    errors.push(format!("migration {} is there twice; one of them is {path}", name.number));
                }
                files.insert(name.part, file);
            }
            Err(error) => errors.push(error),
        }
    }
    let items = all.iter().map(item);
    if errors.is_empty() { Ok(quote!(&[#(#items),*]).to_string()) } else { Err(errors) }
}

fn item((number, (name, files)): (&u32, &(String, Files))) -> TokenStream {
    // A path that is no Unicode can't stand in source, and then rustc says that the file is not there.
    let paths = files.values().map(|file| file.path.to_string_lossy());
    let hash = of_files(files.values().map(|file| file.hash.clone()).collect());
    let is_one_transaction = files.len() == 1 && files.values().all(|file| file.is_one_transaction);
    quote!(Migration {
        number: #number,
        name: #name,
        sql: concat!(#(include_str!(#paths)),*),
        sha256: #hash,
        is_one_transaction: #is_one_transaction
    })
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

fn read(path: PathBuf) -> Result<(FileName, File), String> {
    let Some(name) = path.file_name().and_then(|name| FileName::parse(&name.to_string_lossy())) else {
        return Err(format!(
            "{} is not named NUMBER_NAME.sql, so it has no place among the migrations",
            path.display()
        ));
    };
    let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
    let hash = text_hash(&path.to_string_lossy(), &text);
    let is_one_transaction = is_one_transaction(&text);
    Ok((name, File { path, hash, is_one_transaction }))
}

/// Whether a text leaves the transaction to who runs it. One that holds what no transaction can hold is refused by the
/// server as a whole.
fn is_one_transaction(text: &str) -> bool {
    const SEAMS: [&str; 5] = ["BEGIN", "START", "COMMIT", "END", "ROLLBACK"];
    let first = |statement: &&str| script::tokens(statement).first().map(|word| word.to_ascii_uppercase());
    !script::statements(text).iter().filter_map(first).any(|word| SEAMS.contains(&word.as_str()))
}

fn unreadable(path: &Path, error: &io::Error) -> String {
    format!("can't read {}: {error}", path.display())
}
