//! `codegen prove` and `codegen losses` as people run them.

#![cfg(all(feature = "cli", feature = "database"))]

#[path = "check/copy.rs"]
mod copy;
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use codegen::scratch::{Binaries, Database, Server};
use copy::Copy;

const MARKDOWN: &str = "generated/proofs/153_remove_external_cluster_id.md";
const JSON: &str = "generated/proofs/153_remove_external_cluster_id.json";

#[test]
fn the_rollback_by_hand_is_guilty_of_four_differences_and_the_planned_one_of_what_it_says() {
    let copy = Copy::generated();
    let [up, down] = ["by_hand_153.sql", "by_hand_153_rollback.sql"].map(|name| seed(name).display().to_string());
    let guilty = copy.run_with_servers(&["prove", "--up", &up, "--down", &down]).ends_with(2);
    let differences = [
        "column public.clusters.external_cluster_id differs:\n        expected \"not_null\": true",
        "comment column public.clusters.external_cluster_id is missing",
        "comment column public.clusters.model_id differs:",
        "column public.clusters.external_cluster_id: its position, which is cosmetic",
    ];
    let guilty = differences.iter().fold(guilty, |answer, difference| answer.says(difference));
    assert_eq!(
        guilty.out.matches(" differs:").count() + guilty.out.matches(" is missing").count(),
        3,
        "{}",
        guilty.out
    );
    guilty.says("down: rows have changed in public.clusters").says("in external_cluster_id");

    let planned = "generated/packages/api-server/src/database/rollbacks/153_remove_external_cluster_id.sql";
    let planned = copy.run_with_servers(&["prove", "--up", &up, "--down", planned]).ends_with(2).says(differences[0]);
    assert!(!planned.out.contains("comment"), "{}", planned.out);
}

#[test]
fn a_proof_stays_as_long_as_it_is_a_proof_of_the_files() {
    let copy = Copy::generated();
    copy.run_with_servers(&["prove"])
        .ends_with(0)
        .says("holds on PostgreSQL")
        .says("runnable, with rows")
        .says("exact, with rows")
        .says("refuses: cannot restore clusters.external_cluster_id as NOT NULL")
        .says("retained, with rows")
        .says("deploy: two steps");
    let page = copy.text(MARKDOWN);
    assert!(page.contains("**It holds.**") && page.contains("## What each statement took"), "{page}");
    assert!(copy.text("generated/notices/153-wf.md").contains("Tried on a server: **two steps**"));
    copy.run_untouched(&["check"]).ends_with(0);
    copy.run_untouched(&[]).ends_with(0);
    // The same again, to the byte.
    let before = copy.seen();
    copy.run_with_servers(&["prove"]).ends_with(0);
    assert!(before == copy.seen());
    copy.run_with_servers(&["prove", "--check"]).ends_with(0);

    copy.replace(MARKDOWN, "**It holds.**", "**It surely holds.**");
    copy.run_untouched(&["check"]).ends_with(2).says(MARKDOWN);
    copy.run(&[]).ends_with(0);
    assert_eq!(copy.text(MARKDOWN), page);

    copy.replace(JSON, "\"holds\": true", "\"holds\": false");
    copy.run_untouched(&["check"]).ends_with(2).says(JSON);
    copy.run_with_servers(&["prove"]).ends_with(0);
    copy.run_untouched(&["check"]).ends_with(0);

    // Another migration than the one that was proved.
    copy.replace(
        "schema/src/ml_model.rs",
        "pub external_model_id: Text,",
        "pub external_model_id: Text,\n    pub more: Option<Text>,",
    );
    copy.run(&["check"]).ends_with(2).says(MARKDOWN);
    copy.run(&[]).ends_with(0).says(&format!("removed  {MARKDOWN}"));
    assert!(!copy.path(JSON).exists());
    copy.run(&["check"]).ends_with(0);
}

#[test]
fn a_sealed_migration_is_proved_by_its_frozen_files() {
    let copy = Copy::generated();
    copy.run_with_servers(&["prove"]).ends_with(0);
    copy.run(&["seal"]).ends_with(0);
    copy.run_untouched(&["check"]).ends_with(0);
    let before = copy.seen();
    copy.run_with_servers(&["prove", "153"]).ends_with(0).says("runnable, with rows");
    copy.run_with_servers(&["prove", "--all"]).ends_with(0);
    assert!(copy.seen() == before);
    copy.run_with_servers(&["prove"]).ends_with(1).complains("no migration is open").complains("prove --all");
    copy.run_with_servers(&["prove", "999"]).ends_with(1).complains("there is no migration 999; there are 152, 153");
    copy.run_with_servers(&["prove", "152"]).ends_with(1).complains("a baseline has no way up");
    let migration = "generated/packages/api-server/src/database/migrations/153_remove_external_cluster_id.sql";
    copy.replace(migration, "ON DELETE CASCADE;", "ON DELETE RESTRICT;");
    copy.run_with_servers(&["prove", "153"]).ends_with(1).complains("is not what was sealed");
}

#[test]
fn what_does_not_hold_is_found() {
    let copy = Copy::generated();
    let put = |name: &str, text: &str| {
        copy.put(name, text);
        copy.path(name).display().to_string()
    };
    let before = put("before.sql", "CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL, b int DEFAULT 1);");
    let prove = |up: &str, down: &str| {
        let (up, down) = (put("up.sql", up), put("down.sql", down));
        copy.run_with_servers(&["prove", "--from", &before, "--up", &up, "--down", &down])
    };
    prove("ALTER TABLE t ADD COLUMN c int;", "ALTER TABLE t DROP COLUMN c;").ends_with(0).says("holds on");
    prove("ALTER TABLE t ADD COLUMN c int; UPDATE t SET b = coalesce(b, 0) + 1;", "ALTER TABLE t DROP COLUMN c;")
        .ends_with(2)
        .says("up: rows have changed in public.t")
        .says("in b")
        .says("down: rows have changed");
    prove("ALTER TABLE t ADD COLUMN c int;", "SELECT 1;")
        .ends_with(2)
        .says("down: the catalog is not what it was before the way up")
        .says("column public.t.c should not be there")
        .says("up again: PostgreSQL refuses: column \"c\" of relation \"t\" already exists");
    let numbered =
        "ALTER TABLE t ADD COLUMN n integer GENERATED ALWAYS AS IDENTITY; CREATE SEQUENCE s; SELECT nextval('s');";
    copy.put(
        "before.sql",
        &format!("CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL, b int DEFAULT 1); {numbered}"),
    );
    prove(
        "ALTER TABLE t ADD COLUMN c int;",
        "ALTER TABLE t DROP COLUMN c; SELECT setval(pg_get_serial_sequence('t', 'n'), 1);",
    )
    .ends_with(2)
    .says("down: sequences have gone back: public.t.n: the next value is 2, which is there already");
    prove("ALTER TABLE t ADD COLUMN c int;", "ALTER TABLE t DROP COLUMN c; DROP SEQUENCE s; CREATE SEQUENCE s;")
        .ends_with(2)
        .says("sequence public.s: the next value is 1, and was 2");
    prove("INSERT INTO t (id, a) VALUES (-77, 'more');", "DELETE FROM t WHERE id = -77;")
        .ends_with(2)
        .says("1 more than the");
    copy.put("before.sql", "CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL, b int DEFAULT 1);");
    prove("ALTER TABLE t DROP COLUMN b;", "ALTER TABLE t ADD COLUMN b int;")
        .ends_with(2)
        .says("expected \"default\": \"1\"")
        .says("down: rows have changed in public.t");
    prove("ALTER TABLE nowhere ADD COLUMN c int;", "SELECT 1;")
        .ends_with(2)
        .says("up: PostgreSQL refuses: relation \"nowhere\" does not exist");
    prove("ALTER TABLE t ADD CHECK (b > 100);", "ALTER TABLE t DROP CONSTRAINT t_b_check;")
        .ends_with(0)
        .says("the way up fails on rows that the schema before allows: check constraint \"t_b_check\"");
    copy.run_with_servers(&["prove", "--up", "missing.sql", "--down", "down.sql"])
        .ends_with(1)
        .complains("missing.sql: can't be read");
    copy.run_with_servers(&["prove", "--up", "missing.sql"]).ends_with(1).complains("--down");
    copy.run_with_servers(&["prove", "--pg", "9"]).ends_with(1).complains("no PostgreSQL server of major 9");
}

#[test]
fn own_rows_are_put_in_first_and_are_part_of_what_is_proved() {
    let copy = Copy::generated();
    fs::create_dir_all(copy.path("schema/fixtures")).unwrap();
    let rows = fs::read_to_string(seed("rows_152.sql")).unwrap();
    copy.put("schema/fixtures/153_rows.sql", &rows);
    copy.run_with_servers(&["prove"]).ends_with(0);
    copy.run_untouched(&["check"]).ends_with(0);
    copy.put("schema/fixtures/153_rows.sql", &format!("{rows}\nUPDATE clusters SET name = 'another';"));
    copy.run_untouched(&["check"]).ends_with(2).says(MARKDOWN);
    copy.put("schema/fixtures/153_rows.sql", "INSERT INTO nowhere VALUES (1);");
    copy.run_with_servers(&["prove"]).ends_with(1).complains("schema/fixtures/153_rows.sql:1").complains("nowhere");
}

#[test]
fn a_live_database_is_cloned_and_its_losses_are_counted() {
    let copy = Copy::generated();
    let (_server, database) = live();
    let url = database.url();
    let before = copy.seen();
    copy.run_with_servers(&["prove", "--database-url", &url, "--with-counts"])
        .ends_with(0)
        .says("holds on PostgreSQL")
        .says("as large as that database")
        .says(" s  ALTER TABLE")
        .says("its values: 3 in this database");
    assert!(copy.seen() == before, "what a database holds is no part of the project");
    copy.run(&["losses", "--database-url", &url])
        .ends_with(0)
        .says("column public.clusters.external_cluster_id: its values (3 in this database) (accepted:")
        .says("by ALTER TABLE clusters DROP COLUMN IF EXISTS external_cluster_id")
        .says("The rollback can't bring back")
        .says("The rollback destroys");
    copy.run(&["losses", "--rollback", "retained"]).ends_with(0).says("The way up keeps for the rollback");
    let json: serde_json::Value = serde_json::from_str(&copy.run(&["losses", "--json"]).ends_with(0).out).unwrap();
    assert_eq!(json["losses"][0]["object"], "column public.clusters.external_cluster_id");
    assert_eq!(json["losses"][0]["way"], "up");
    let accepted = "        Accept::Loss {
            object: \"column clusters.external_cluster_id\",
            because: \"no process could fill it, and clusters has no rows\",
        },
";
    copy.replace("schema/src/migrations/m153_remove_external_cluster_id.rs", accepted, "");
    copy.run(&["losses"])
        .ends_with(3)
        .complains("nobody has accepted the loss of column public.clusters.external_cluster_id");
}

#[test]
fn a_clone_gets_as_many_rows_as_the_database_has() {
    let copy = Copy::generated();
    let (_server, database) = live();
    let more = "INSERT INTO clusters (organization_id, model_id, name, external_cluster_id)
        SELECT organization_id, model_id, name || number, external_cluster_id || number
        FROM (SELECT * FROM clusters LIMIT 1) AS one, generate_series(1, 3000) AS number";
    database.connect().unwrap().batch_execute(more).unwrap();
    let url = database.url();
    let proved =
        copy.run_with_servers(&["prove", "--database-url", &url, "--with-counts", "--rows-at-most", "1500", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&proved.ends_with(0).out).unwrap();
    let at_size = &json["at_size"][0];
    let rows = |table: &str| {
        let tables = at_size["tables"].as_array().unwrap();
        let one = tables.iter().find(|it| it["table"] == table).unwrap_or_else(|| panic!("{at_size}"));
        (one["rows"].as_u64().unwrap(), one["wanted"].as_u64().unwrap())
    };
    assert_eq!(rows("table public.clusters"), (1500, 1500), "{at_size}");
    assert_eq!(at_size["refused"], serde_json::Value::Null);
    let named = |text: &str| {
        at_size["statements"].as_array().unwrap().iter().any(|it| it["sql"].as_str().unwrap().contains(text))
    };
    assert!(named("DROP COLUMN") && named("ADD COLUMN"), "{at_size}");
}

#[test]
fn what_a_retained_rollback_needs_is_kept_until_it_is_given_up() {
    let copy = Copy::generated();
    copy.run(&["seal", "--drop-retained"]).ends_with(1).complains("a migration is open");
    copy.replace(
        "schema/src/migrations/m153_remove_external_cluster_id.rs",
        "Rollback::Runnable",
        "Rollback::Retained",
    );
    copy.run(&[]).ends_with(0);
    let [up, down] = ["migrations", "rollbacks"]
        .map(|folder| move |name: &str| format!("generated/packages/api-server/src/database/{folder}/{name}.sql"));
    let kept = "tablewright.retained_153_1_clusters_external_cluster_id";
    let text = copy.text(&up("153_remove_external_cluster_id"));
    assert!(text.contains(&format!("--   - column clusters.external_cluster_id: its values, in {kept}")), "{text}");
    copy.run_with_servers(&["prove"]).ends_with(0).says("retained, with rows");
    copy.run(&["seal"]).ends_with(0);
    copy.run(&["seal", "--drop-retained"]).ends_with(0).says("sealed   154_drop_retained_153");
    copy.run_untouched(&["check"]).ends_with(0);
    copy.run_untouched(&[]).ends_with(0);
    copy.run(&["seal", "--drop-retained"]).ends_with(1).complains("nothing is kept");
    copy.run_with_servers(&["prove", "--all"]).ends_with(0).says("154_drop_retained_153 holds");

    let (_server, database) = live();
    let mut client = database.connect().unwrap();
    let said = |error: postgres::Error| error.as_db_error().map_or(error.to_string(), |it| it.message().to_owned());
    let mut run = |path: &str| client.batch_execute(&copy.text(path)).map_err(said);
    run(&up("153_remove_external_cluster_id")).unwrap();
    run(&up("154_drop_retained_153")).unwrap();
    run(&down("154_drop_retained_153")).unwrap();
    let refused = run(&down("153_remove_external_cluster_id")).unwrap_err();
    assert!(refused.contains(&format!("{kept}, where that was kept, is gone")), "{refused}");
}

/// The database of 152, with rows, and a table of others.
fn live() -> (Server, Database) {
    let server = Server::start(&Binaries::find(None, &root()).unwrap()).unwrap();
    let database = server.database().unwrap();
    let mut client = database.connect().unwrap();
    let project = codegen::run::read(&root()).unwrap_or_else(|failure| panic!("{failure:?}"));
    client.batch_execute(&codegen::prove::build(project.history.schema()).unwrap()).unwrap();
    client.batch_execute(&fs::read_to_string(seed("rows_152.sql")).unwrap()).unwrap();
    client.batch_execute("CREATE TABLE of_others (id int PRIMARY KEY)").unwrap();
    (server, database)
}

fn seed(name: &str) -> PathBuf {
    root().join("tests/seed").join(name)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}
