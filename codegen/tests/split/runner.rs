//! A runner as many teams have one: it reads every `.sql` file of a folder in sorted order, and runs each that is not
//! noted yet in one transaction, together with its note.

use std::fs;
use std::path::Path;

use codegen::model::Schema;
use codegen::read::catalog::catalog;
use postgres::Client;

/// Its book.
pub const BOOK: &str = "CREATE TABLE migration_history (
    id serial PRIMARY KEY, filename varchar(255) NOT NULL UNIQUE, executed_at timestamptz NOT NULL DEFAULT now())";

/// The names of the files that it runs, in order.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name.ends_with(".sql"));
    names.sort();
    names
}

/// Runs every file of a folder that is not noted, and says which it has run; it stops at the first that is refused.
pub fn run(client: &mut Client, folder: &Path) -> Result<Vec<String>, (String, String)> {
    run_some(client, folder, usize::MAX)
}

/// The same, of so many files at most.
pub fn run_some(client: &mut Client, folder: &Path, count: usize) -> Result<Vec<String>, (String, String)> {
    let noted = noted(client);
    let mut ran = Vec::new();
    for name in names(folder).into_iter().filter(|name| !noted.contains(name)).take(count) {
        let text = fs::read_to_string(folder.join(&name)).unwrap();
        let refused = |error: postgres::Error| (name.clone(), error.as_db_error().unwrap().to_string());
        let mut transaction = client.transaction().unwrap();
        transaction.batch_execute(&text).map_err(refused)?;
        transaction.execute("INSERT INTO public.migration_history (filename) VALUES ($1)", &[&name]).unwrap();
        transaction.commit().unwrap();
        ran.push(name);
    }
    Ok(ran)
}

/// What is noted, in the order that it was run in.
pub fn noted(client: &mut Client) -> Vec<String> {
    let rows = client.query("SELECT filename::text FROM public.migration_history ORDER BY id", &[]).unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// The catalog, but for the book.
pub fn schema(client: &mut Client) -> Schema {
    catalog(client).unwrap().schema
}
