//! A runner that puts each file into a transaction gets to the declared schema and back, on every major.

use codegen::model::Schema;
use codegen::prove::{Positions, build, differences};
use codegen::run;
use codegen::scratch::Server;
use postgres::Client;

use super::copy::Copy;
use super::{runner, servers, shop};

/// The catalog of the declared schema, built in a database of its own, beside the runner's book.
fn declared(server: &Server, copy: &Copy) -> Schema {
    let project = run::read(&copy.path("")).unwrap_or_else(|failure| panic!("{failure:?}"));
    let database = server.database().unwrap();
    let mut client = database.connect().unwrap();
    client.batch_execute(&build(&project.declared.schema).unwrap()).unwrap();
    client.batch_execute(runner::BOOK).unwrap();
    runner::schema(&mut client)
}

#[track_caller]
fn same(expected: &Schema, client: &mut Client) {
    let found = differences(expected, &runner::schema(client), Positions::Ignored);
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found, [""; 0]);
}

/// Up by the folder of migrations, down by the folder of rollbacks, and up again.
fn round_trip(server: &Server, copy: &Copy, client: &mut Client, [ups, downs]: [(&str, usize); 2]) {
    client.batch_execute(runner::BOOK).unwrap();
    let (before, after) = (runner::schema(client), declared(server, copy));
    for ((folder, count), expected) in [(ups, &after), (downs, &before), (ups, &after)] {
        let folder = copy.path(folder);
        let ran = runner::run(client, &folder).unwrap_or_else(|(name, error)| panic!("{name}: {error}"));
        assert_eq!(ran, runner::names(&folder), "PostgreSQL {}", server.version());
        assert_eq!(ran.len(), count);
        same(expected, client);
        client.batch_execute("TRUNCATE migration_history").unwrap();
    }
}

#[test]
fn ten_files_and_more_run_in_the_order_of_their_names() {
    let copy = Copy::as_committed();
    copy.run(&["--online", "--split", "--rollback", "exact"])
        .ends_with(0)
        .says("153_remove_external_cluster_id.10.sql");
    let database = "generated/packages/api-server/src/database";
    let folders = [format!("{database}/migrations"), format!("{database}/rollbacks")];
    for server in servers::start() {
        let project = run::read(&copy.path("")).unwrap_or_else(|failure| panic!("{failure:?}"));
        let held = server.database().unwrap();
        let mut client = held.connect().unwrap();
        client.batch_execute(&build(project.history.schema()).unwrap()).unwrap();
        round_trip(&server, &copy, &mut client, [(&folders[0], 10), (&folders[1], 11)]);
    }
}

#[test]
fn names_that_need_quotes_and_rows_go_up_and_down() {
    let shop = shop::generated();
    for server in servers::start() {
        let (_database, mut client) = shop::database(&server, &shop);
        round_trip(&server, &shop, &mut client, [("generated/up", 10), ("generated/down", 3)]);
        let query = r#"SELECT count(*) FROM "Parcel of ""T""" WHERE code = 'c' || id"#;
        assert_eq!(client.query_one(query, &[]).unwrap().get::<_, i64>(0), 35);
    }
}

#[test]
fn what_a_refused_file_leaves_is_what_the_file_before_it_says() {
    let shop = shop::generated();
    for server in servers::start() {
        let (_database, mut client) = shop::database(&server, &shop);
        client.batch_execute(runner::BOOK).unwrap();
        // The batch leaves this code alone, so that two rows get the same, and the key is refused.
        let folder = shop.path("generated/up");
        let adds = |name: &String| shop.text(&format!("generated/up/{name}")).contains("ADD COLUMN code");
        let added = runner::names(&folder).iter().position(adds).unwrap();
        runner::run_some(&mut client, &folder, added + 1).unwrap();
        client.batch_execute(r#"UPDATE "Parcel of ""T""" SET code = 'c2' WHERE id = 1"#).unwrap();
        let (name, error) = runner::run(&mut client, &shop.path("generated/up")).unwrap_err();
        assert!(error.contains("could not create unique index \"One code\""), "{name}: {error}");
        let before = runner::noted(&mut client);
        let text = shop.text(&format!("generated/up/{}", before.last().unwrap()));
        assert!(!text.contains("all of it is done") && text.contains("Between this part and part"), "{text}");
        client.batch_execute(r#"UPDATE "Parcel of ""T""" SET code = 'c1' WHERE id = 1"#).unwrap();
        assert_eq!(runner::run(&mut client, &shop.path("generated/up")).unwrap()[0], name);
        same(&declared(&server, &shop), &mut client);
    }
}
