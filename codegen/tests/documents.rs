//! Upserts, diagrams, table references, notices and manifests: what they say, and that their readers can read them.

#![cfg(all(feature = "cli", feature = "database"))]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::emit::{Settings, World, emit, upsert};
use codegen::model::Schema;
use codegen::output::{Artifact, Content};
use codegen::plan::Plan;
use codegen::read::{Declared, Sources, declared};
use codegen::run;
use codegen::scratch::{Binaries, INSTALL_COMMAND, Server};
use codegen::sql::Style;
use sea_query::{Alias, Expr, OnConflict, PostgresQueryBuilder, Query};

const NASTY: &str = include_str!("documents/nasty.rs");
const PAGE: &str = "docs/feat-autopilot-ticket-cluster/technical-design-autopilot-tickets.md";
/// The statement of the plan that this project began with.
const SEED: &str = "INSERT INTO clusters (organization_id, model_id, name, subcluster_name, kb_status, config)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (organization_id, model_id, name, COALESCE(subcluster_name, ''))
DO UPDATE SET
  kb_status = EXCLUDED.kb_status,
  config = EXCLUDED.config,
  updated_at = NOW();";

#[test]
fn the_upsert_of_clusters_is_the_seeds() {
    let text = &texts(&project())["generated/sql/upserts/clusters.sql"];
    let statement = text.split_once("\n\n").unwrap().1;
    assert_eq!(normal(statement), normal(SEED));
}

#[test]
fn the_documents_of_the_seed_read_well() {
    let texts = texts(&project());
    let shown = |path: &str| path.contains("upserts/") || path.contains("notices/") || path.starts_with(PAGE);
    for (path, text) in texts.iter().filter(|(path, _)| shown(path)) {
        let name = path.rsplit('/').next().unwrap().replace(['.', '#'], "_");
        snapshot(&name, text);
    }
}

#[test]
fn nasty_names_and_comments_read_well() {
    let declared = nasty();
    for (path, text) in of_world(&world(&declared)) {
        snapshot(&format!("nasty_{}", path.rsplit('/').next().unwrap().replace(['.', '#', '%'], "_")), &text);
    }
}

#[test]
fn diagrams_are_mermaid_and_tables_have_as_many_cells_as_heads() {
    let nasty = nasty();
    for texts in [texts(&project()), of_world(&world(&nasty))] {
        let pages = texts.iter().filter(|(path, _)| path.contains(".md"));
        for (path, text) in pages {
            same_number_of_cells(path, text);
            if path.ends_with("#erd") {
                assert_mermaid(text);
            }
        }
    }
}

#[test]
fn cells_are_counted_and_diagrams_are_refused() {
    let broken = std::panic::catch_unwind(|| same_number_of_cells("a", "| a | b |\n| --- | --- |\n| 1 | 2 | 3 |\n"));
    assert!(broken.is_err());
    assert!(std::panic::catch_unwind(|| assert_mermaid("```mermaid\nerDiagram\n  a {\n```\n")).is_err());
}

#[test]
fn sea_query_builds_the_same_upserts() {
    let (nasty, project) = (nasty(), project());
    let planned = run::plan(&project, None).unwrap();
    for world in [world(&nasty), run::world(&project, &planned)] {
        let upserts = upsert::upserts(&world);
        assert!(!upserts.is_empty());
        for upsert in &upserts {
            assert_eq!(bare(&by_sea_query(upsert)), bare(&upsert.sql(&style())));
        }
    }
}

#[test]
fn upserts_run_under_a_generic_plan() {
    let (nasty, project) = (nasty(), project());
    let planned = run::plan(&project, None).unwrap();
    let server = server();
    for world in [world(&nasty), run::world(&project, &planned)] {
        let database = server.database().unwrap();
        let mut client = database.connect().unwrap();
        let build = Plan::between(&Schema::default(), world.schema, &style(), &[], &[]).unwrap();
        client.batch_execute(&build.sql()).unwrap();
        client.batch_execute("SET plan_cache_mode = force_generic_plan").unwrap();
        for (at, upsert) in upsert::upserts(&world).iter().enumerate() {
            let nulls = vec!["NULL"; upsert.columns.len()].join(", ");
            let prepare = format!("PREPARE u{at} AS {}; EXPLAIN EXECUTE u{at}({nulls})", upsert.sql(&style()));
            client.batch_execute(&prepare).unwrap_or_else(|error| panic!("{error:?}: {prepare}"));
        }
    }
}

#[test]
fn the_notice_says_what_wf_must_know() {
    let notice = &texts(&project())["generated/notices/153-wf.md"];
    let facts = [
        "The column `external_cluster_id` is gone.",
        "The column `model_id` is required now.",
        "The column `active` is new: `boolean`, required, `false` if you do not send it.",
        "deleting a row of ml_models deletes its rows of clusters",
        "Every statement that names `clusters.external_cluster_id` fails.",
        "A write that sends NULL for `model_id` or leaves it out fails.",
        "An upsert with `ON CONFLICT (organization_id, external_cluster_id)` fails",
        "`(organization_id, model_id, name, COALESCE(subcluster_name, ''))`",
        "ON CONFLICT (organization_id, external_model_id)",
        "## In which order to deploy",
        "the migration destroys its values (accepted, since",
    ];
    let missing: Vec<&str> = facts.into_iter().filter(|fact| !notice.contains(fact)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "{notice}");
}

#[test]
fn the_manifest_is_json_and_names_every_file() {
    let texts = texts(&project());
    let path = "generated/manifests/153_remove_external_cluster_id.json";
    let manifest: serde_json::Value = serde_json::from_str(&texts[path]).unwrap();
    assert_eq!(manifest["number"], 153);
    assert_ne!(manifest["schema_before"], manifest["schema_after"]);
    assert_eq!(manifest["files"].as_array().unwrap().len(), texts.len() - 1);
    let losses = manifest["losses"].as_array().unwrap();
    assert!(losses.iter().any(|loss| loss["aspect"] == "data" && loss["accepted_because"].is_string()));
    assert!(manifest["up"][0]["steps"][0]["statements"][0]["locks"][0]["mode"].is_string());
}

#[test]
fn promises_are_listed_with_the_statement_that_keeps_them() {
    let tables = &texts(&project())[&format!("{PAGE}#tables")];
    assert!(tables.contains("`kb_status` is promised non-null to consumers, nullable in the database; `ALTER TABLE clusters ALTER COLUMN kb_status SET NOT NULL` would make it true"), "{tables}");
}

/// The same statement out of sea-query's parts; what it would quote or bind differently goes in as it is.
fn by_sea_query(upsert: &upsert::Upsert) -> String {
    let mut conflict = OnConflict::new();
    conflict.exprs(upsert.key.target.iter().map(|target| Expr::cust(target.clone())));
    conflict.target_and_where_option(upsert.key.predicate.as_ref().map(|it| Expr::cust(it.clone())));
    if upsert.overwritten.is_empty() && upsert.touched.is_empty() {
        conflict.do_nothing();
    }
    conflict.update_columns(upsert.overwritten.iter().map(|column| Alias::new(&column.name)));
    for column in &upsert.touched {
        conflict.value(Alias::new(&column.name), Expr::cust("now()"));
    }
    let mut query = Query::insert();
    query.into_table(Alias::new(&upsert.table.name.value));
    query.columns(upsert.columns.iter().map(|column| Alias::new(&column.name)));
    query.values_panic((1..=upsert.columns.len()).map(|at| Expr::cust(format!("${at}"))));
    query.on_conflict(conflict).to_string(PostgresQueryBuilder)
}

fn project() -> run::Project {
    run::read(&root()).unwrap()
}

fn nasty() -> Declared {
    declared(&Sources::of([("schema/src/nasty.rs", NASTY)])).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

fn world(declared: &Declared) -> World<'_> {
    World::new(&declared.declarations, &declared.schema, Settings::of(&declared.declarations), None)
}

/// The artifacts of the project by path; `path#region` for a region.
fn texts(project: &run::Project) -> BTreeMap<String, String> {
    let planned = run::plan(project, None).unwrap();
    of_world(&run::world(project, &planned))
}

fn of_world(world: &World) -> BTreeMap<String, String> {
    let named = |artifact: Artifact| {
        let path = artifact.path.to_str().unwrap().to_owned();
        match artifact.content {
            Content::Whole(text) => (path, text),
            Content::Region { name, text } => (format!("{path}#{name}"), text),
        }
    };
    emit(world).into_iter().map(named).collect()
}

fn same_number_of_cells(path: &str, text: &str) {
    let mut head = None;
    for line in text.lines() {
        let is_row = line.starts_with("| ");
        let cells = line.replace("\\|", "").matches('|').count();
        assert!(!is_row || *head.get_or_insert(cells) == cells, "{path}: {line}");
        head = head.filter(|_| is_row);
    }
}

fn assert_mermaid(text: &str) {
    let tools = root().join("tools/node");
    assert!(tools.join("node_modules/mermaid").is_dir(), "Mermaid's parser is missing; run tools/setup");
    let folder = tempfile::TempDir::new().unwrap();
    let page = folder.path().join("page.md");
    fs::write(&page, text).unwrap();
    let output = Command::new("node").arg(tools.join("mermaid-check.mjs")).arg(&page).output().unwrap();
    assert!(output.status.success(), "{}\n{text}", String::from_utf8_lossy(&output.stderr));
}

fn server() -> Server {
    let binaries = Binaries::find(None, &root()).unwrap_or_else(|error| panic!("{error}; run {INSTALL_COMMAND}"));
    Server::start(&binaries).unwrap()
}

fn style() -> Style {
    Style { unqualified: Some("public".into()), ..Default::default() }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The text with one space for any white space, and in lower case.
fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The text without white space, quotes and parentheses, which sea-query puts around expressions, and in lower case.
fn bare(text: &str) -> String {
    text.to_lowercase().chars().filter(|sign| !sign.is_whitespace() && !['"', '(', ')'].contains(sign)).collect()
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("documents__{name}"), text));
}
