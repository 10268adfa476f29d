//! Two hundred databases on one server.

use std::time::Instant;

use codegen::scratch::Server;
use postgres::NoTls;

use super::fixture::{Project, binaries};

/// Leaves no object behind, so that the empty schema of the history is what a database should be afterwards.
const UP: &str = "CREATE TABLE passing (id int); DROP TABLE passing;";

#[test]
fn two_hundred_databases_are_migrated_four_at_a_time() {
    let server = Server::start(binaries()).unwrap();
    let mut client = server.config().connect(NoTls).unwrap();
    let strategy = if server.version() >= 15 { "STRATEGY file_copy" } else { "" };
    for number in 0..200 {
        client.batch_execute(&format!("CREATE DATABASE tenant_{number:03} {strategy}")).unwrap();
    }
    let in_tenant = |number: usize, sql: &str| {
        let mut config = server.config();
        config.dbname(&format!("tenant_{number:03}")).connect(NoTls).unwrap().batch_execute(sql).unwrap();
    };
    let url = format!("host={} user=postgres dbname=postgres", server.directory().display());
    let project = Project::new(&[(UP, "")]);
    let all = ["apply", "--databases", "tenant_*", "--jobs", "4"];

    // The first one stands for all: if it fails, nothing else is begun.
    in_tenant(0, "CREATE TABLE passing (id int)");
    let answer = project.run(&url, &all).ends_with(1);
    answer
        .tells("tenant_000")
        .tells("stopped: migration 011_step")
        .tells("200 databases: 0 done, 0 differ, 1 stopped, 199 not begun");
    in_tenant(0, "DROP TABLE passing");

    // One in the middle fails, one differs, the others go on.
    in_tenant(90, "CREATE TABLE passing (id int)");
    in_tenant(120, "CREATE TABLE forgotten (id int)");
    let start = Instant::now();
    let answer = project.run(&url, &[all.as_slice(), &["--keep-going"]].concat()).ends_with(2);
    println!("200 databases took {:.1} s", start.elapsed().as_secs_f64());
    answer
        .tells("table public.forgotten should not be there")
        .tells("200 databases: 198 done, 1 differ, 1 stopped, 0 not begun");

    // The same command goes on where it stopped.
    in_tenant(90, "DROP TABLE passing");
    in_tenant(120, "DROP TABLE forgotten");
    let list = (0..200)
        .map(|number| url.replace("dbname=postgres", &format!("dbname=tenant_{number:03}\n")))
        .collect::<String>();
    project.put("tenants", &format!("# all of them\n\n{list}"));
    let path = project.path().join("tenants").display().to_string();
    let answer = project.run("", &["apply", "--targets", &path, "--json"]).ends_with(0);
    let value: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    let done = |number: usize| value["databases"][number]["done"].as_array().unwrap().len();
    assert_eq!((done(89), done(90), done(91)), (0, 1, 0), "{value}");
    assert_eq!(value["summary"], "200 databases: 200 done, 0 differ, 0 stopped, 0 not begun");
}
