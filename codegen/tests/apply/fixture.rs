//! A project with migrations of any text, a database to apply them to, and the program that does.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use codegen::model::Schema;
use codegen::read::catalog::catalog;
use codegen::read::history::{Entry, entry_text, text_hash};
use codegen::scratch::{Database, Server};
use postgres::Client;
use tempfile::TempDir;

pub use super::program::{Answer, binaries, ended, root};
use super::program::{installed, started};

/// A project in a temporary folder.
pub struct Project(TempDir);

const PROJECT: &str = "use tablewright_declare::prelude::*;\n\n\
    pub const PROJECT: Project = Project { name: \"test\", migrations: \"up\", rollbacks: \"down\", ..Project::DEFAULT };\n";

impl Project {
    /// Its history begins at 10, and these migrations follow, each with its way down.
    pub fn new(migrations: &[(&str, &str)]) -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        project.put("schema/src/lib.rs", "pub mod project;\n");
        project.put("schema/src/project.rs", PROJECT);
        let (none, number) = (Schema::default(), 10);
        let entry = Entry::of(number, "start", &none, &none, BTreeMap::new());
        project.put(&entry.path(), &entry_text(&entry));
        for (at, (up, down)) in migrations.iter().enumerate() {
            project.seal(11 + u32::try_from(at).unwrap(), up, down);
        }
        project
    }

    /// Adds a sealed migration called `NUMBER_step`.
    pub fn seal(&self, number: u32, up: &str, down: &str) {
        let none = Schema::default();
        let paths = ["up", "down"].map(|folder| format!("generated/{folder}/{number:03}_step.sql"));
        let files = paths.iter().zip([up, down]).map(|(path, text)| (path.clone(), text_hash(path, text))).collect();
        for (path, text) in paths.iter().zip([up, down]) {
            self.put(path, text);
        }
        let entry = Entry::of(number, "step", &none, &none, files);
        self.put(&entry.path(), &entry_text(&entry));
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn put(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The program with these arguments, on this database.
    pub fn command(&self, url: &str, arguments: &[&str]) -> Command {
        let mut command = installed(arguments);
        command.arg("--root").arg(self.path()).env("DATABASE_URL", url);
        command
    }

    pub fn run(&self, url: &str, arguments: &[&str]) -> Answer {
        ended(self.start(url, arguments))
    }

    /// Starts the program and goes on.
    pub fn start(&self, url: &str, arguments: &[&str]) -> Child {
        started(self.command(url, arguments))
    }
}

/// One server for all tests that don't harm it.
pub fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::start(binaries()).unwrap_or_else(|error| panic!("{error}")))
}

/// A database with these objects in it.
pub fn database(sql: &str) -> (Database, Client) {
    let database = server().database().unwrap();
    let mut client = database.connect().unwrap();
    client.batch_execute(sql).unwrap();
    (database, client)
}

/// Everything in a database that a migration may change: objects, then the rows of all tables; without our own books.
pub fn contents(client: &mut Client) -> Vec<String> {
    let schema = catalog(client).unwrap().schema;
    let mut lines: Vec<String> = schema.iter().map(|(_, object)| serde_json::to_string(&**object).unwrap()).collect();
    let tables = "SELECT c.oid::regclass::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'tablewright') ORDER BY 1";
    for table in client.query(tables, &[]).unwrap() {
        let table: String = table.get(0);
        let rows = format!("SELECT t::text FROM {table} AS t ORDER BY 1");
        lines.extend(
            client.query(rows.as_str(), &[]).unwrap().iter().map(|row| format!("{table} {}", row.get::<_, String>(0))),
        );
    }
    lines
}

/// The numbers that are noted as applied.
pub fn applied(client: &mut Client) -> Vec<i64> {
    let rows = client.query("SELECT number FROM tablewright.applied_migrations ORDER BY 1", &[]).unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// One value.
pub fn value<T: for<'a> postgres::types::FromSql<'a>>(client: &mut Client, query: &str) -> T {
    client.query_one(query, &[]).unwrap_or_else(|error| panic!("{query}: {error}")).get(0)
}

/// Waits until something is so; a test that waits for nothing fails.
#[track_caller]
pub fn eventually(what: &str, mut is: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !is() {
        assert!(Instant::now() < deadline, "it never came to this: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}
