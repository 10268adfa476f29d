//! The catalog reader, on every installed major.

#![cfg(feature = "database")]

use std::collections::BTreeMap;
use std::path::Path;

use codegen::model::Schema;
use codegen::read::catalog::{CatalogReading, catalog};
use codegen::scratch::{Binaries, INSTALL_COMMAND, Server};

const EVERYTHING: &str = include_str!("catalog/everything.sql");
const UNMODELLED: &str = include_str!("catalog/unmodelled.sql");

#[test]
fn every_kind_is_read_and_the_reading_is_the_same_on_every_major() {
    let readings: Vec<(u32, CatalogReading)> =
        servers().iter().map(|server| (server.version(), read(server, EVERYTHING))).collect();
    for (major, reading) in &readings {
        assert_eq!(reading.unmodelled, BTreeMap::new(), "PostgreSQL {major}");
        eprintln!("PostgreSQL {major}");
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.add_filter(r#""version":"[0-9.]+""#, r#""version":"(the server's)""#);
        // Before 16 every column of a query is written with its table.
        settings.add_filter(r"parent\.id", "id");
        settings.bind(|| insta::assert_snapshot!("catalog", lines(&reading.schema)));
    }
}

#[test]
fn what_no_kind_describes_is_counted() {
    let expected = [
        ("grant on a member of an extension", 1),
        ("grant on something else", 1),
        ("large object", 1),
        ("statistics target of the index of a constraint", 1),
    ];
    for server in servers() {
        let reading = read(&server, UNMODELLED);
        assert_eq!(reading.unmodelled, expected.map(|(what, count)| (what.to_owned(), count)).into());
    }
}

fn servers() -> Vec<Server> {
    let all = Binaries::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    assert!(all.len() >= 2, "found {} majors of PostgreSQL; `{INSTALL_COMMAND}` installs more", all.len());
    all.iter().map(|binaries| Server::start(binaries).unwrap()).collect()
}

fn read(server: &Server, sql: &str) -> CatalogReading {
    let database = server.database().unwrap();
    let mut client = database.connect().unwrap();
    client.batch_execute(sql).unwrap();
    catalog(&mut client).unwrap()
}

/// One object per line.
fn lines(schema: &Schema) -> String {
    schema.iter().map(|(id, object)| format!("{id}: {}\n", serde_json::to_string(object.as_ref()).unwrap())).collect()
}
