//! `codegen apply` and `rollback` on online plans, as one file and as several, sealed and open.

use postgres::Client;

use super::copy::Copy;
use super::program::binaries;
use super::shop::{self, PROJECT, UP};
use super::{runner, servers};
use codegen::scratch::Server;

fn server() -> Server {
    Server::start(binaries()).unwrap_or_else(|error| panic!("{error}"))
}

fn applied(client: &mut Client) -> Vec<i64> {
    let rows = client.query("SELECT number FROM tablewright.applied_migrations ORDER BY 1", &[]).unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// Applies the migration, and rolls it back; both end with a comparison of the catalog.
fn there_and_back(copy: &Copy, server: &Server, flags: &[&str], apply: &[&str], parts: usize) {
    let (database, mut client) = shop::database(server, copy);
    let url = database.url();
    let run = |arguments: &[&str]| copy.run_installed(&[arguments, flags, &["--database-url", url.as_str()]].concat());
    run(&[&["apply"], apply].concat())
        .ends_with(0)
        .tells("applied: 002_codes")
        .tells(&format!("part     {parts} of {parts}: "));
    assert_eq!(applied(&mut client), [2]);
    run(&["status"]).ends_with(0).says("002_codes  applied");
    run(&["rollback"]).ends_with(3).complains("destroys values");
    run(&["rollback", "--accept-losses"]).ends_with(0).tells("rolled back: 002_codes");
    assert_eq!(applied(&mut client), [0; 0]);
}

#[test]
fn an_online_plan_is_applied_open_and_sealed_as_one_file_and_as_several() {
    let shop = shop::generated();
    let server = server();
    there_and_back(&shop, &server, &[], &["--open"], 10);
    shop.replace(PROJECT, "    online: true,\n    runner: Runner::WrapsEachFile,\n", "");
    for (flags, parts) in [(["--online"].as_slice(), 12), (&["--online", "--split"], 10)] {
        shop.run(flags).ends_with(0);
        there_and_back(&shop, &server, flags, &["--open"], parts);
    }
    shop.run(&["--online", "--split", "seal"]).ends_with(0);
    there_and_back(&shop, &server, &[], &[], 10);
}

#[test]
fn the_repository_is_applied_online_and_proved() {
    for server in servers::start() {
        for flags in [["--online"].as_slice(), &["--online", "--split"]] {
            let copy = Copy::as_committed();
            copy.run(flags).ends_with(0);
            let project = codegen::run::read(&copy.path("")).unwrap_or_else(|failure| panic!("{failure:?}"));
            let database = server.database().unwrap();
            let mut client = database.connect().unwrap();
            client.batch_execute(&codegen::prove::build(project.history.schema()).unwrap()).unwrap();
            let url = database.url();
            let run = |arguments: &[&str]| {
                copy.run_installed(&[arguments, flags, &["--database-url", url.as_str()]].concat())
            };
            run(&["apply", "--open"]).ends_with(0).tells("applied: 153_remove_external_cluster_id");
            run(&["rollback", "--accept-losses", "--no-verify"]).ends_with(0);
            copy.run(&[flags, &["seal"]].concat()).ends_with(0);
            run(&["apply"]).ends_with(0).tells("applied: 153_remove_external_cluster_id");
        }
    }
}

#[test]
fn a_run_goes_on_behind_what_the_other_runner_has_done_and_tells_it() {
    let shop = shop::sealed();
    let server = server();
    let (database, mut client) = shop::database(&server, &shop);
    client.batch_execute(runner::BOOK).unwrap();
    let (url, folder) = (database.url(), shop.path("generated/up"));
    let run = |arguments: &[&str]| shop.run_installed(&[arguments, &["--database-url", url.as_str()]].concat());
    runner::run_some(&mut client, &folder, 2).unwrap();
    run(&["status"]).ends_with(2).says("cut off: 2 of 10 files applied, says migration_history");
    run(&["rollback"]).ends_with(3).tells("another runner has applied 2 of the 10 files of 002_codes");
    let answer = run(&["apply"]).ends_with(0).tells("part     2 of 10 was done before").tells("part     3 of 10: ");
    answer.tells("applied: 002_codes");
    assert_eq!(runner::noted(&mut client), runner::names(&folder));
    assert_eq!(runner::run(&mut client, &folder), Ok(vec![]));
    run(&["rollback", "--accept-losses"]).ends_with(0);
    assert_eq!(runner::noted(&mut client), [""; 0]);

    // What the other runner has done altogether is noted here too.
    runner::run(&mut client, &folder).unwrap();
    run(&["apply"]).ends_with(0).tells("noted as applied by the other runner: 002_codes");
    assert_eq!(applied(&mut client), [2]);
    client
        .batch_execute("DROP SCHEMA tablewright CASCADE; DELETE FROM migration_history WHERE filename LIKE '%.03.sql'")
        .unwrap();
    run(&["apply"]).ends_with(3).tells("notes a later file of 002_codes and not an earlier one");
}

#[test]
fn a_part_that_is_refused_is_named_by_its_file_and_run_again() {
    let shop = shop::generated();
    let server = server();
    let (database, mut client) = shop::database(&server, &shop);
    client.batch_execute(runner::BOOK).unwrap();
    let url = database.url();
    client.batch_execute(r#"ALTER TABLE "Parcel of ""T""" ADD COLUMN code text"#).unwrap();
    let run = |arguments: &[&str]| shop.run_installed(&[arguments, &["--database-url", url.as_str()]].concat());
    let names = runner::names(&shop.path("generated/up"));
    let file =
        names.iter().find(|name| shop.text(&format!("generated/up/{name}")).contains("ADD COLUMN code")).unwrap();
    let stopped = run(&["apply", "--open"]).ends_with(1);
    stopped.tells(&format!("at generated/up/{file}:")).tells("column \"code\" of relation");
    client.batch_execute(r#"ALTER TABLE "Parcel of ""T""" DROP COLUMN code"#).unwrap();
    run(&["apply", "--open"]).ends_with(0);
    // The way down of an open migration is kept as it was, in one text.
    shop.replace("schema/src/parcel.rs", "code_there", "code_is_there");
    shop.run(&[]).ends_with(0);
    run(&["rollback", "--accept-losses"]).ends_with(0);
}

#[test]
fn files_that_are_not_one_way_are_refused() {
    let shop = shop::sealed();
    let server = server();
    let (database, _client) = shop::database(&server, &shop);
    let url = database.url();
    let run = || shop.run_installed(&["status", "--database-url", url.as_str()]);
    let (third, text) = (format!("{UP}.03.sql"), shop.text(&format!("{UP}.03.sql")));
    shop.remove(&third);
    run().ends_with(1).complains(&format!("{third} is missing"));
    shop.put(&third, &text);
    shop.put(&format!("{UP}.sql"), &text);
    run().ends_with(1).complains("are not one way");
    shop.remove(&format!("{UP}.sql"));
    shop.put(&third, &format!("{text}\nSELECT 1;\n"));
    run().ends_with(3).complains(&format!("{third} was edited after it was sealed"));
}
