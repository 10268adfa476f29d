//! The files themselves: what they say, and that every reader of migration files knows them.

use super::copy::Copy;
use super::shop::{self, DOWN, UP};
use super::{runner, shop::PROJECT};

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// All files of a folder, each below its name.
fn all(copy: &Copy, folder: &str) -> String {
    let names = runner::names(&copy.path(folder));
    names.iter().map(|name| format!("==== {name}\n{}", copy.text(&format!("{folder}/{name}")))).collect()
}

#[test]
fn an_online_migration_is_one_file_where_the_runner_runs_it_as_it_is_written() {
    let shop = shop::generated();
    shop.replace(PROJECT, "    runner: Runner::WrapsEachFile,\n", "");
    shop.run(&[]).ends_with(0).says(&format!("removed  {UP}.01.sql")).says(&format!("removed  {DOWN}.1.sql"));
    snapshot("migration__online_up", &all(&shop, "generated/up"));
    snapshot("migration__online_down", &all(&shop, "generated/down"));
}

#[test]
fn each_part_is_a_file_where_the_runner_wraps_files() {
    let shop = shop::generated();
    for folder in ["generated/up", "generated/down"] {
        for line in all(&shop, folder).lines() {
            assert!(!["BEGIN;", "COMMIT;", "SET lock_timeout = 0;"].contains(&line), "{folder}: {line}");
        }
    }
    snapshot("migration__split_up", &all(&shop, "generated/up"));
    snapshot("migration__split_down", &all(&shop, "generated/down"));
}

#[test]
fn one_file_becomes_several_and_one_again() {
    let shop = shop::generated();
    let several = runner::names(&shop.path("generated/up"));
    assert!(several.len() > 2, "{several:?}");
    let text = shop.text(&format!("{UP}.02.sql"));
    shop.replace(&format!("{UP}.02.sql"), "SET LOCAL lock_timeout", "SET lock_timeout");
    shop.run_untouched(&["check"]).ends_with(2).says(&format!("{UP}.02.sql:")).says("is stale");
    shop.run(&[]).ends_with(0).says(&format!("wrote    {UP}.02.sql"));
    assert_eq!(shop.text(&format!("{UP}.02.sql")), text);

    let settings = shop.text(PROJECT);
    shop.replace(PROJECT, "online: true", "online: false");
    let drifts = shop.run_untouched(&["check"]).ends_with(2).says(&format!("{UP}.sql:1: is missing"));
    drifts.says(&format!("{UP}.01.sql:1: is not generated any more"));
    let written = shop.run(&[]).ends_with(0).says(&format!("wrote    {UP}.sql"));
    several.iter().fold(written, |it, name| it.says(&format!("removed  generated/up/{name}")));
    assert_eq!(runner::names(&shop.path("generated/up")), ["002_codes.sql"]);
    assert_eq!(runner::names(&shop.path("generated/down")), ["002_codes.sql"]);

    shop.put(PROJECT, &settings);
    shop.run(&[]).ends_with(0).says(&format!("removed  {UP}.sql")).says(&format!("removed  {DOWN}.sql"));
    assert_eq!(runner::names(&shop.path("generated/up")), several);
    shop.run_untouched(&["check"]).ends_with(0);
}

#[test]
fn sealing_freezes_every_file() {
    let shop = shop::sealed();
    shop.run_untouched(&["check"]).ends_with(0);
    for path in [format!("{UP}.02.sql"), format!("{DOWN}.2.sql")] {
        assert!(
            shop.text("schema/history/002_codes.json").contains(&format!("\"{path}\": \"")),
            "{path} is not frozen"
        );
        let text = shop.text(&path);
        shop.put(&path, &format!("{text}\nSELECT 1;\n"));
        shop.run_untouched(&["check"])
            .ends_with(2)
            .says(&format!("{path}:1: was edited after its migration was sealed"));
        shop.remove(&path);
        shop.run_untouched(&["check"]).ends_with(2).says(&format!("{path}:1: is missing"));
        shop.put(&path, &text);
    }
    // What was sealed as several files stays so, whatever the project says now.
    shop.replace(PROJECT, "    runner: Runner::WrapsEachFile,\n", "");
    shop.run_untouched(&["check"]).ends_with(0);
}

#[test]
fn a_proof_is_made_of_several_files_and_holds() {
    let shop = shop::generated();
    shop.run_with_servers(&["prove"]).ends_with(0).says("002_codes holds on PostgreSQL").says("runnable, with rows");
    shop.run_untouched(&["check"]).ends_with(0);
    shop.run(&["seal"]).ends_with(0);
    shop.run_with_servers(&["prove", "--all"]).ends_with(0).says("002_codes holds on PostgreSQL");
    shop.remove(&format!("{UP}.02.sql"));
    shop.run_with_servers(&["prove", "2"]).ends_with(1).complains(&format!("{UP}.02.sql"));
}

#[test]
fn a_difference_is_written_into_several_files() {
    let folder = Copy::of(&[
        ("a.sql", "CREATE TABLE t (a int);"),
        ("b.sql", "CREATE TABLE t (a int); CREATE INDEX one ON t (a); CREATE INDEX two ON t ((a + 1));"),
    ]);
    let way = ["diff", "--from", "a.sql", "--to", "b.sql", "--online", "--up", "up.sql", "--down", "down.sql"];
    folder.run_with_servers(&way).ends_with(0);
    assert!(folder.text("up.sql").contains("CONCURRENTLY"));
    let split = [&way[..], &["--split"]].concat();
    folder.run_with_servers(&split).ends_with(1).complains("down.sql, up.sql: left from an earlier run");
    ["up.sql", "down.sql"].iter().for_each(|file| folder.remove(file));
    folder.run_with_servers(&split).ends_with(0);
    for (file, text) in [("up.1.sql", "INDEX IF NOT EXISTS one"), ("up.2.sql", "two"), ("down.2.sql", "DROP INDEX")] {
        assert!(folder.text(file).contains(text), "{file}: {}", folder.text(file));
    }
    let files = ["--up", "up.1.sql", "--up", "up.2.sql", "--down", "down.1.sql", "--down", "down.2.sql"];
    folder.run_with_servers(&[&["prove", "--from", "a.sql"], &files[..]].concat()).ends_with(0).says("holds on");
    folder
        .run_with_servers(&[&["prove", "--from", "a.sql"], &files[..6]].concat())
        .ends_with(2)
        .says("down: the catalog is not what it was");
}

#[test]
fn what_is_kept_is_said_to_be_changed_offline() {
    let copy = Copy::as_committed();
    copy.run(&["--online", "--rollback", "retained"]).ends_with(0);
    for folder in ["migrations", "rollbacks"] {
        let text = all(&copy, &format!("generated/packages/api-server/src/database/{folder}"));
        let said = text.lines().skip_while(|line| !line.contains("Can't be had online:")).nth(1).unwrap_or_default();
        assert!(said.contains("column clusters.external_cluster_id: is kept for the rollback"), "{text}");
        assert!(text.contains("takes SHARE on public.") && !text.contains("CONCURRENTLY"), "{text}");
    }
    // Where nothing has to be kept, nothing hinders.
    let shop = shop::generated();
    shop.run(&["--rollback", "retained"]).ends_with(0);
    let text = all(&shop, "generated/up");
    assert!(!text.contains("is kept for the rollback") && text.contains("CONCURRENTLY"), "{text}");
}

#[test]
fn a_service_carries_several_files_as_one_migration_that_is_not_one_transaction() {
    let shop = shop::sealed();
    let carried = |shop: &Copy| -> (usize, usize, bool, String) {
        let build = codegen::service::build(&shop.path(""));
        let text = &build.files.iter().find(|(name, _)| *name == "migrations.rs").expect("it builds").1;
        let hash = text.split("sha256 : \"").nth(1).unwrap()[..64].to_owned();
        let count = |part: &str| text.matches(part).count();
        (count("Migration {"), count("include_str ! "), text.contains("is_one_transaction : true"), hash)
    };
    let (migrations, files, is_one, hash) = carried(&shop);
    assert_eq!((migrations, files, is_one), (1, 10, false));
    // It is the hash that `codegen apply` notes.
    let (hashes, history) = (shop.text("schema/history/002_codes.json"), "\"generated/up/002_codes.");
    let hashes: Vec<String> =
        hashes.split(history).skip(1).map(|it| it.split('"').nth(2).unwrap().to_owned()).collect();
    assert_eq!((hashes.len(), codegen::read::history::of_files(hashes)), (10, hash));
    let text = shop.text(&format!("{UP}.01.sql"));
    shop.put(&format!("{UP}.sql"), &text);
    let errors = codegen::service::build(&shop.path("")).instructions.join("\n");
    assert!(errors.contains("migration 2 is there twice"), "{errors}");
}
