//! The round trip itself: it holds where it should, and finds what is wrong where something is.

#![cfg(feature = "database")]

use std::path::Path;

use codegen::kinds::Kind;
use codegen::model::{Id, Schema};
use codegen::plan::{Aspect, Migration, Wishes};
use codegen::prove::{Finding, ProofError, Stage, round_trip};
use codegen::read::catalog::catalog;
use codegen::scratch::{Binaries, Server};

const EVERYTHING: &str = include_str!("catalog/everything.sql");
const TABLE: &str = "CREATE TABLE a (id integer PRIMARY KEY, name text NOT NULL, size integer DEFAULT 1)";
const ROWS: &str = "INSERT INTO a VALUES (1, 'one', 1), (2, 'two', 2)";

#[test]
fn every_kind_comes_and_goes() {
    for binaries in Binaries::all(&root()) {
        let server = Server::start(&binaries).unwrap();
        let migration = between(&Schema::default(), &schema(&server, EVERYTHING));
        assert_eq!(findings(&server, &migration, None), Vec::<String>::new(), "PostgreSQL {}", server.version());
    }
}

#[test]
fn a_wrong_target_is_found_at_every_stop() {
    let server = server();
    let (before, after) = (schema(&server, TABLE), schema(&server, &format!("{TABLE}; CREATE INDEX i ON a (name)")));
    let migration = Migration { after: before.clone(), ..between(&before, &after) };
    let found = findings(&server, &migration, Some(ROWS));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("up: ") && found[0].contains("index public.i should not be there"), "{found:?}");
    assert!(found[1].starts_with("up again: "), "{found:?}");
}

#[test]
fn a_loss_that_is_not_stated_is_found_and_so_is_one_that_is_none() {
    let server = server();
    let (before, after) =
        (schema(&server, TABLE), schema(&server, "CREATE TABLE a (id integer PRIMARY KEY, size integer DEFAULT 1)"));
    let whole = between(&before, &after);
    assert_eq!(findings(&server, &whole, Some(ROWS)), Vec::<String>::new());

    let silent = Migration { losses: Vec::new(), ..whole.clone() };
    let found = findings(&server, &silent, Some(ROWS));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains("lose more than its losses say") && found[0].contains("expected \"not_null\": true"),
        "{found:?}"
    );

    let mut loud = whole;
    let mut second = loud.losses.iter().find(|loss| loss.aspect == Aspect::Definition).unwrap().clone();
    second.id = Id::new(Kind::Column, ["public", "a", "size"]);
    loud.losses.push(second);
    let found = findings(&server, &loud, Some(ROWS));
    assert!(
        found.iter().any(|finding| finding.contains("brings back what is stated as lost: column public.a.size")),
        "{found:?}"
    );
}

#[test]
fn changed_rows_are_found() {
    let server = server();
    let before = schema(&server, TABLE);
    let mut migration = between(&before, &schema(&server, &TABLE.replace("DEFAULT 1", "DEFAULT 2")));
    migration.up.guards.push(codegen::model::Statement::new("UPDATE a SET size = size + 1 WHERE id = 2"));
    let found = findings(&server, &migration, Some(ROWS));
    assert_eq!(
        found,
        [
            "up: rows have changed in public.a: 1 of 2 rows, in size\n",
            "down: rows have changed in public.a: 1 of 2 rows, in size\n"
        ]
    );
    let filled = [Id::new(Kind::Column, ["public", "a", "size"])];
    assert!(round_trip(&server, &migration, Some(ROWS), &filled).unwrap().holds());
}

#[test]
fn a_refused_statement_is_told_with_its_place() {
    let server = server();
    let mut migration = between(&Schema::default(), &schema(&server, TABLE));
    migration.down.guards.push(codegen::model::Statement::new("SELECT nothing FROM a"));
    let error = round_trip(&server, &migration, None, &[]).unwrap_err();
    assert!(matches!(error, ProofError::Refused { stage: Stage::Down, .. }), "{error}");
    assert_eq!(
        error.to_string(),
        "down: PostgreSQL refuses: column \"nothing\" does not exist at: SELECT nothing FROM a;"
    );
}

#[test]
fn what_no_kind_describes_is_found() {
    let server = server();
    let mut migration = between(&Schema::default(), &schema(&server, TABLE));
    migration.up.guards.push(codegen::model::Statement::new("CREATE TYPE pair AS (a integer)"));
    let proof = round_trip(&server, &migration, None, &[]);
    let Err(ProofError::Refused { stage: Stage::UpAgain, .. }) = proof else { panic!("{proof:?}") };
}

fn findings(server: &Server, migration: &Migration, seed: Option<&str>) -> Vec<String> {
    let proof = round_trip(server, migration, seed, &[]).unwrap();
    proof.findings.iter().map(Finding::to_string).collect()
}

fn between(before: &Schema, after: &Schema) -> Migration {
    Migration::between(before, after, &Wishes::default()).unwrap()
}

fn schema(server: &Server, sql: &str) -> Schema {
    let database = server.database().unwrap();
    let mut client = database.connect().unwrap();
    client.batch_execute(sql).unwrap();
    catalog(&mut client).unwrap().schema
}

fn server() -> Server {
    Server::start(&Binaries::find(None, &root()).unwrap()).unwrap()
}

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
