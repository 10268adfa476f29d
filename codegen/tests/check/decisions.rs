//! What the program leaves to people, and the codes that it says so with: 1 failed, 2 pending, 3 refused.

use serde_json::Value;

use crate::copy::Copy;
use crate::{CLUSTER, INTENT, MIGRATION};

const MODEL: &str = "schema/src/ml_model.rs";

#[test]
fn a_change_without_an_open_migration_is_pending() {
    let copy = Copy::sealed();
    copy.replace(CLUSTER, "    pub name: Text,\n", "    pub name: Text,\n    pub note: Option<Text>,\n");
    for arguments in [&["check"][..], &["generate"]] {
        copy.run_untouched(arguments)
            .ends_with(2)
            .complains("and no migration is open")
            .complains("\n  create column clusters.note\n")
            .complains("cargo run -p codegen -- new NAME");
    }
    let answer = copy.run(&["check", "--json"]).ends_with(2);
    let value: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!((value["failure"].as_str(), value["exit_code"].as_i64()), (Some("pending"), Some(2)));

    copy.run(&["new", "add_note"]).ends_with(0).says("wrote    schema/src/migrations/m154_add_note.rs");
    copy.replace("schema/src/migrations/m154_add_note.rs", "reason: \"\"", "reason: \"people want to say more\"");
    copy.run(&[]).ends_with(0).says("154_add_note.sql");
    copy.run(&["check"]).ends_with(0);
}

#[test]
fn a_loss_that_nobody_accepted_is_refused() {
    let copy = Copy::generated();
    let intent = copy.text(INTENT);
    let (head, rest) = intent.split_once("    accepts: &[").unwrap();
    let (_, tail) = rest.split_once("    }],\n").unwrap();
    copy.put(INTENT, &format!("{head}{tail}"));
    for arguments in [&["check"][..], &["generate"], &["seal"]] {
        copy.run_untouched(arguments)
            .ends_with(3)
            .complains("\n  column clusters.external_cluster_id: its values\n")
            .complains(r#"accepts: &[Accept::Loss { object: "column clusters.external_cluster_id", because: "..." }]"#);
    }
}

#[test]
fn what_could_be_a_rename_is_refused_until_a_human_says_which() {
    let copy = Copy::generated();
    copy.replace(MODEL, "pub model_name: Text,", "pub title: Text,");
    let rename = r#"renames: &[Rename { from: "column ml_models.model_name", to: "title" }]"#;
    let accept = r#"Accept::Loss { object: "column ml_models.model_name", because: "..." }"#;
    for arguments in [&["check"][..], &["generate"]] {
        copy.run_untouched(arguments)
            .ends_with(3)
            .complains("column ml_models.model_name goes and column ml_models.title comes: is it a rename?")
            .complains(rename)
            .complains(&format!("accepts: &[{accept}]"));
    }

    // Both ways out are valid as they were printed.
    let intent = copy.text(INTENT);
    copy.put(INTENT, &intent.replacen("    accepts:", &format!("    {rename},\n    accepts:"), 1));
    copy.run(&[]).ends_with(0);
    assert!(copy.text(MIGRATION).contains("ALTER TABLE ml_models RENAME COLUMN model_name TO title;"));

    copy.put(INTENT, &intent.replacen("    accepts: &[", &format!("    accepts: &[{accept}, "), 1));
    copy.run(&[]).ends_with(0);
    let migration = copy.text(MIGRATION);
    assert!(migration.contains("ALTER TABLE ml_models DROP COLUMN IF EXISTS model_name;"), "{migration}");
    assert!(migration.contains("ALTER TABLE ml_models ADD COLUMN title text NOT NULL;"), "{migration}");
}

#[test]
fn a_fault_in_the_declaration_fails_and_shows_its_place() {
    let copy = Copy::generated();
    let line = 1 + copy.text(CLUSTER).lines().position(|line| line.contains("MlModel::id")).unwrap();
    copy.replace(
        CLUSTER,
        "references(MlModel::id, on_delete = cascade)",
        "references(MlModel::ids, on_delete = cascade)",
    );
    for arguments in [&["check"][..], &["generate"]] {
        copy.run_untouched(arguments)
            .ends_with(1)
            .complains(&format!("--> {CLUSTER}:{line}:"))
            .complains("one fault in the declaration; nothing was written");
    }
    copy.run_on_github(&["check"]).ends_with(1).says(&format!("::error file={CLUSTER},line={line},col="));
    let answer = copy.run(&["check", "--json"]).ends_with(1);
    let value: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!((value["failure"].as_str(), value["details"][0]["line"].as_u64()), (Some("faulty"), Some(line as u64)));
}
