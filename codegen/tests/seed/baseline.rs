//! Databases as they are before migration 153, and the files that the tests run on them.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use codegen::model::Schema;
use codegen::prove;
use codegen::read::history;
use codegen::run::{self, Project};
use codegen::scratch::{Database, Server};
use postgres::Client;

use crate::servers::{root, servers};

/// Names the folder with the plan and with the dump of the whole database before 153. Neither is a part of the
/// project, so what needs them is left out where they are not.
const SEED: &str = "TABLEWRIGHT_SEED";
const DUMP: &str = "baseline_152.sql";
const MIGRATIONS: &str = "generated/packages/api-server/src/database/migrations";
const ROLLBACKS: &str = "generated/packages/api-server/src/database/rollbacks";

/// A database as it is before 153, to be copied.
pub struct Baseline {
    server: &'static Server,
    template: Database,
}

impl Baseline {
    /// A copy of its own.
    pub fn copy(&self) -> Database {
        self.server.database_like(&self.template).unwrap()
    }
}

/// Runs a test on every server, on every form of the database before 153.
pub fn on_every_baseline(test: impl Fn(&Baseline)) {
    static BASELINES: OnceLock<Vec<(&str, Baseline)>> = OnceLock::new();
    for (origin, baseline) in BASELINES.get_or_init(|| servers().iter().flat_map(baselines).collect()) {
        // Printed when the test fails.
        eprintln!("PostgreSQL {}, before 153 according to the {origin}", baseline.server.version());
        test(baseline);
    }
}

/// The declared tables as the history has them, and the whole database if its dump is there.
fn baselines(server: &'static Server) -> Vec<(&'static str, Baseline)> {
    let origins = [("history", Some(build_of_152())), ("dump", dump())];
    let template = |sql: String| Baseline { server, template: filled(server, &sql) };
    origins.into_iter().filter_map(|(origin, sql)| Some((origin, template(sql?)))).collect()
}

/// A database after some SQL; without what the SQL set for its session.
pub fn filled(server: &Server, sql: &str) -> Database {
    let database = server.database().unwrap();
    database.connect().unwrap().batch_execute(sql).unwrap();
    database
}

/// The statements that build the declared tables as they were.
pub fn build_of_152() -> String {
    prove::build(&schema_152()).unwrap()
}

/// The declared tables as they were.
pub fn schema_152() -> Schema {
    let history = history(&root()).unwrap();
    let sealed = history.sealed.iter().find(|entry| entry.number == 152).unwrap();
    history::entry(&root(), sealed).unwrap().1
}

/// The project as it is read from its files.
pub fn project() -> Project {
    run::read(&root()).unwrap_or_else(|failure| panic!("{failure:?}"))
}

/// Does what the runner of the api-server does: every SQL file of the folder, sorted, each in one transaction.
pub fn run_migrations(client: &mut Client) {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(root().join(MIGRATIONS)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "sql"));
    paths.sort();
    assert!(!paths.is_empty(), "there is no migration in {MIGRATIONS}");
    for path in paths {
        run_in_one_transaction(client, &text(&path)).unwrap_or_else(|error| panic!("{}: {error:?}", path.display()));
    }
}

/// Runs a file as the runner does.
pub fn run_in_one_transaction(client: &mut Client, sql: &str) -> Result<(), postgres::Error> {
    let mut transaction = client.transaction()?;
    transaction.batch_execute(sql)?;
    transaction.commit()
}

/// The generated rollback of 153.
pub fn rollback() -> String {
    text(&root().join(ROLLBACKS).join("153_remove_external_cluster_id.sql"))
}

/// The folders of the migrations and of the rollbacks.
pub fn folders() -> [PathBuf; 2] {
    [MIGRATIONS, ROLLBACKS].map(|folder| root().join(folder))
}

/// A file below the project's root.
pub fn file(path: &str) -> String {
    text(&root().join(path))
}

/// The database before 153 as `pg_dump` printed it, twenty tables.
pub fn dump() -> Option<String> {
    Some(text(&seed()?.join(DUMP)))
}

/// The first block of SQL below a heading of the plan.
pub fn planned_sql(heading: &str) -> Option<String> {
    let mut names = fs::read_dir(seed()?).unwrap().map(|entry| entry.unwrap().path());
    let is_plan = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("000_"));
    let plan = text(&names.find(is_plan).expect("the plan stands beside the dump"));
    let (_, below) = plan.split_once(&format!("\n{heading}\n")).expect("the plan has this heading");
    let (_, block) = below.split_once("```sql\n").expect("a block of SQL follows");
    Some(block.split_once("```").expect("the block ends").0.to_owned())
}

fn seed() -> Option<PathBuf> {
    if let Some(named) = env::var_os(SEED).map(PathBuf::from) {
        assert!(named.join(DUMP).is_file(), "{SEED} names a folder without {DUMP}: {}", named.display());
        return Some(named);
    }
    let beside = root().join("../shared/seed");
    beside.join(DUMP).is_file().then_some(beside)
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
