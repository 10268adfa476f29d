//! A server for all tests of this file, and databases on it.

use std::path::Path;
use std::sync::OnceLock;

use tablewright_codegen::model::Schema;
use tablewright_codegen::prove;
use tablewright_codegen::run;
use tablewright_codegen::scratch::{Binaries, Database, Server};

static SERVER: OnceLock<Server> = OnceLock::new();

/// A new database at the last sealed schema, 152.
pub fn at_152() -> Database {
    let project = run::read(root()).unwrap_or_else(|failure| panic!("{failure:?}"));
    holding(project.history.schema())
}

/// A new database that holds a schema.
pub fn holding(schema: &Schema) -> Database {
    let database = empty();
    database.connect().unwrap().batch_execute(&prove::build(schema).unwrap()).unwrap();
    database
}

pub fn empty() -> Database {
    let start = || {
        let binaries = Binaries::find(None, root()).unwrap_or_else(|error| panic!("{error}"));
        Server::start(&binaries).unwrap_or_else(|error| panic!("{error}"))
    };
    SERVER.get_or_init(start).database().unwrap()
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
