//! Up, down and up again through the generated files, beside what was written by hand and beside the declaration.

use std::collections::BTreeSet;

use codegen::intent::short;
use codegen::kinds::Kind;
use codegen::model::{Id, Schema};
use codegen::output::{Artifact, Content};
use codegen::plan::{Aspect, Loss, Policy};
use codegen::prove::{self, Positions, differences, moved_columns};
use codegen::read::catalog::catalog;
use codegen::run::{self, Planned, Project};
use postgres::Client;
use postgres::error::SqlState;

use crate::baseline::{
    build_of_152, dump, filled, folders, on_every_baseline, planned_sql, project, rollback, run_in_one_transaction,
    run_migrations, schema_152,
};
use crate::contents::contents;
use crate::servers::servers;

const ROWS: &str = include_str!("../../../tests/seed/rows_152.sql");
const BY_HAND: &str = include_str!("../../../tests/seed/by_hand_153.sql");
const ROLLBACK_BY_HAND: &str = include_str!("../../../tests/seed/by_hand_153_rollback.sql");

/// What was lost: the object as people write it, and in which way.
type Lost = BTreeSet<(String, Aspect)>;

#[test]
fn up_leads_to_what_is_declared() {
    let declared = prove::build(&project().declared.schema).unwrap();
    for server in servers() {
        let (built, migrated) = (filled(server, &declared), filled(server, &build_of_152()));
        let mut client = migrated.connect().unwrap();
        run_migrations(&mut client);
        assert_same(&read(&mut built.connect().unwrap()), &read(&mut client), Positions::Ignored);
    }
}

#[test]
fn up_leads_to_what_the_statements_of_the_plan_lead_to() {
    let planned = planned_sql("## Migration");
    let by_hand: Vec<&str> = [Some(BY_HAND), planned.as_deref()].into_iter().flatten().collect();
    on_every_baseline(|baseline| {
        let generated = baseline.copy();
        let mut client = generated.connect().unwrap();
        let before = read(&mut client);
        run_migrations(&mut client);
        let after = read(&mut client);
        assert!(!differences(&before, &after, Positions::Ignored).is_empty(), "nothing has happened");
        for sql in &by_hand {
            let typed = baseline.copy();
            let mut client = typed.connect().unwrap();
            run_in_one_transaction(&mut client, sql).unwrap();
            assert_same(&read(&mut client), &after, Positions::Compared);
        }
    });
}

#[test]
fn down_loses_what_is_stated_and_up_works_again() {
    let (project, rollback) = (project(), rollback());
    let losses = plan(&project, None).migration.losses;
    assert_stated(&losses, &rollback);
    on_every_baseline(|baseline| {
        let database = baseline.copy();
        let mut client = database.connect().unwrap();
        client.batch_execute(ROWS).unwrap();
        let (schema, rows) = (read(&mut client), contents(&mut client, &of_data(&losses)));

        run_migrations(&mut client);
        let up = read(&mut client);
        let active = Id::new(Kind::Column, ["public", "ml_models", "active"]);
        assert_eq!(contents(&mut client, &[active]), rows, "rows have changed on the way up");

        run_in_one_transaction(&mut client, &rollback).unwrap();
        assert_eq!(lost(&schema, &read(&mut client)), of_schema(&losses));
        assert_eq!(contents(&mut client, &of_data(&losses)), rows, "rows have changed on the way down");
        assert_eq!(client.execute("DELETE FROM clusters WHERE external_cluster_id IS NOT NULL", &[]).unwrap(), 0);

        run_migrations(&mut client);
        assert_same(&up, &read(&mut client), Positions::Ignored);
    });
}

#[test]
fn an_exact_rollback_refuses_rows_before_it_touches_anything() {
    let project = project();
    let exact = exact_rollback(&project);
    on_every_baseline(|baseline| {
        let database = baseline.copy();
        let mut client = database.connect().unwrap();
        client.batch_execute(ROWS).unwrap();
        run_migrations(&mut client);
        client.batch_execute(COUNTS_COMMANDS).unwrap();

        let error = run_in_one_transaction(&mut client, &exact).unwrap_err();
        let message = error.as_db_error().unwrap().message();
        assert!(message.contains("clusters") && message.contains("external_cluster_id"), "{message}");
        assert_ne!(error.code(), Some(&SqlState::NOT_NULL_VIOLATION), "it was refused too late: {message}");
        let touched: bool = client.query_one("SELECT is_called FROM commands", &[]).unwrap().get(0);
        assert!(!touched, "statements ran before the refusal: {message}");
    });
}

/// Notes that a statement has changed or was about to change the schema. A sequence keeps it, since a transaction that
/// fails takes everything else back.
const COUNTS_COMMANDS: &str = "
    CREATE SEQUENCE commands;
    CREATE FUNCTION count_command() RETURNS event_trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM nextval('commands'); END $$;
    CREATE EVENT TRIGGER counts_commands ON ddl_command_start EXECUTE FUNCTION count_command();";

#[test]
fn an_exact_rollback_restores_empty_tables() {
    let project = project();
    let losses = plan(&project, Some(Policy::Exact)).migration.losses;
    let expected: Lost = [("column clusters.external_cluster_id".to_owned(), Aspect::Position)].into();
    assert_eq!(of_schema(&losses), expected);
    on_every_baseline(|baseline| {
        let database = baseline.copy();
        let mut client = database.connect().unwrap();
        let before = read(&mut client);
        run_migrations(&mut client);
        run_in_one_transaction(&mut client, &exact_rollback(&project)).unwrap();
        assert_eq!(lost(&before, &read(&mut client)), expected);
    });
}

#[test]
fn the_rollback_by_hand_is_guilty_of_four_differences() {
    let planned = planned_sql("### Rollback");
    let column = "column clusters.external_cluster_id";
    let expected: Lost = [
        (column.to_owned(), Aspect::Definition),
        (column.to_owned(), Aspect::Position),
        (format!("comment {column}"), Aspect::Object),
        ("comment column clusters.model_id".to_owned(), Aspect::Definition),
    ]
    .into();
    for sql in [Some(ROLLBACK_BY_HAND), planned.as_deref()].into_iter().flatten() {
        on_every_baseline(|baseline| {
            let database = baseline.copy();
            let mut client = database.connect().unwrap();
            let before = read(&mut client);
            run_migrations(&mut client);
            run_in_one_transaction(&mut client, sql).unwrap();
            assert_eq!(lost(&before, &read(&mut client)), expected);
        });
    }
}

#[test]
fn the_runner_never_meets_a_rollback() {
    let [migrations, rollbacks] = folders().map(|folder| folder.canonicalize().unwrap());
    assert!(!migrations.starts_with(&rollbacks) && !rollbacks.starts_with(&migrations));
    for entry in std::fs::read_dir(&migrations).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("-- Migration "), "{} is no migration", path.display());
    }
}

#[test]
fn the_history_has_the_declared_tables_as_the_whole_database_has_them() {
    let Some(dump) = dump() else { return eprintln!("the dump of the whole database is not here") };
    let declared = schema_152();
    for server in servers() {
        let built = read(&mut filled(server, &build_of_152()).connect().unwrap());
        let whole = read(&mut filled(server, &dump).connect().unwrap());
        let ours = whole.iter().filter(|(id, _)| declared.contains(&whole.root(id)));
        let ours = Schema::of(ours.map(|(_, object)| object.clone())).unwrap();
        assert!(ours.len() < whole.len(), "the dump holds no table of others");
        assert_same(&ours, &built, Positions::Compared);
    }
}

fn plan(project: &Project, policy: Option<Policy>) -> Planned<'_> {
    let planned = run::plan(project, policy).unwrap_or_else(|failure| panic!("{failure:?}"));
    assert_eq!(planned.intent.map(|intent| intent.number.value), Some(153));
    planned
}

/// The rollback that the exact policy would write.
fn exact_rollback(project: &Project) -> String {
    let artifacts = run::artifacts(project, &plan(project, Some(Policy::Exact)));
    let is_rollback = |it: &Artifact| it.path.to_string_lossy().contains("/rollbacks/153_");
    match artifacts.into_iter().find(is_rollback).map(|it| it.content) {
        Some(Content::Whole(text)) => text,
        other => panic!("{other:?}"),
    }
}

/// Reads a catalog of which every part is understood.
fn read(client: &mut Client) -> Schema {
    let reading = catalog(client).unwrap();
    assert!(reading.unmodelled.is_empty(), "the catalog holds more than is read: {:?}", reading.unmodelled);
    reading.schema
}

fn assert_same(expected: &Schema, found: &Schema, positions: Positions) {
    let differences = differences(expected, found, positions);
    let words: String = differences.iter().map(ToString::to_string).collect();
    assert!(differences.is_empty(), "{words}");
}

/// What a schema lacks of another, however small.
fn lost(expected: &Schema, found: &Schema) -> Lost {
    let differences = differences(expected, found, Positions::Ignored);
    let of_definition = differences.iter().map(|it| match (&it.expected, &it.found) {
        (Some(_), Some(_)) => (short(&it.id), Aspect::Definition),
        _ => (short(&it.id), Aspect::Object),
    });
    let moved = moved_columns(expected, found).into_iter();
    of_definition.chain(moved.map(|id| (short(&id), Aspect::Position))).collect()
}

/// The stated losses of the schema.
fn of_schema(losses: &[Loss]) -> Lost {
    let of_schema = losses.iter().filter(|loss| loss.aspect != Aspect::Data);
    of_schema.map(|loss| (short(&loss.id), loss.aspect)).collect()
}

/// The objects whose data is stated as lost.
fn of_data(losses: &[Loss]) -> Vec<Id> {
    losses.iter().filter(|loss| loss.aspect == Aspect::Data).map(|loss| loss.id.clone()).collect()
}

/// Every loss is told in the file, and the file is that of the plan.
fn assert_stated(losses: &[Loss], rollback: &str) {
    assert!(!losses.is_empty(), "153 drops a column, so it loses something");
    for loss in losses {
        let sentence = format!("--   - {}: {}\n", short(&loss.id), loss.what);
        assert!(rollback.contains(&sentence), "the rollback does not say: {sentence}");
    }
}
