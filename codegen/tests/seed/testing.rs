//! The section "Testing" of the plan, but for the compilation of TypeScript, which is tested with the TypeScript.

use postgres::error::SqlState;
use postgres::{Client, Error};

use crate::baseline::{file, on_every_baseline, run_migrations};

const ORGANIZATION: &str = "11111111-1111-1111-1111-111111111111";
const MODEL: &str = "22222222-2222-2222-2222-222222222222";
const NATURAL_KEY: &str = "uq_clusters_org_model_name_subcluster";

/// Every row of the result, its columns joined by `|`, NULL as `-`. The columns are text.
fn lines(client: &mut Client, query: &str) -> Vec<String> {
    let line = |row: &postgres::Row| {
        let cells = (0..row.len()).map(|at| row.get::<_, Option<String>>(at).unwrap_or_else(|| "-".into()));
        cells.collect::<Vec<_>>().join("|")
    };
    client.query(query, &[]).unwrap().iter().map(line).collect()
}

fn after_153(test: impl Fn(&mut Client)) {
    on_every_baseline(|baseline| {
        let database = baseline.copy();
        let mut client = database.connect().unwrap();
        run_migrations(&mut client);
        test(&mut client);
    });
}

/// The plan's third test begins with these rows.
fn with_model(client: &mut Client) {
    let sql = format!(
        "INSERT INTO organizations (id, name) VALUES ('{ORGANIZATION}', 'Test Org');
         INSERT INTO ml_models (id, organization_id, external_model_id, model_name, active)
         VALUES ('{MODEL}', '{ORGANIZATION}', 'ext-model-1', 'Model v1', true);"
    );
    client.batch_execute(&sql).unwrap();
}

fn insert_cluster(client: &mut Client, name: &str, subcluster: &str) -> Result<(), Error> {
    client.batch_execute(&format!(
        "INSERT INTO clusters (organization_id, model_id, name, subcluster_name)
         VALUES ('{ORGANIZATION}', '{MODEL}', '{name}', {subcluster})"
    ))
}

#[test]
fn clusters_has_the_columns_of_the_plan() {
    let expected = [
        "id|uuid|NO|gen_random_uuid()",
        "organization_id|uuid|NO|-",
        "name|text|NO|-",
        "config|jsonb|YES|'{}'::jsonb",
        "kb_status|text|YES|'PENDING'::text",
        "created_at|timestamp with time zone|YES|now()",
        "updated_at|timestamp with time zone|YES|now()",
        "subcluster_name|text|YES|-",
        "model_id|uuid|NO|-",
    ];
    after_153(|client| assert_eq!(columns(client, "clusters"), expected));
}

#[test]
fn ml_models_gets_the_active_flag_at_its_end() {
    after_153(|client| {
        assert_eq!(columns(client, "ml_models").last().map(String::as_str), Some("active|boolean|NO|false"));
    });
}

fn columns(client: &mut Client, table: &str) -> Vec<String> {
    let query = format!(
        "SELECT column_name::text, data_type::text, is_nullable::text, column_default::text
         FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
    );
    lines(client, &query)
}

#[test]
fn indexes_and_constraints_of_clusters_are_those_of_the_plan() {
    let indexes = "SELECT indexname::text FROM pg_indexes WHERE tablename = 'clusters' ORDER BY 1";
    // PostgreSQL 18 lists NOT NULL as constraints too; the columns tell of it on every major.
    let constraints = "SELECT conname::text, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conrelid = 'clusters'::regclass AND contype <> 'n' ORDER BY 1";
    after_153(|client| {
        let expected = [
            "clusters_pkey",
            "idx_clusters_created_at",
            "idx_clusters_kb_status",
            "idx_clusters_model_id",
            "idx_clusters_organization_id",
            NATURAL_KEY,
        ];
        assert_eq!(lines(client, indexes), expected);
        let expected = [
            "clusters_kb_status_check|CHECK ((kb_status = ANY (ARRAY['PENDING'::text, 'FOUND'::text, 'GAP'::text])))",
            "clusters_model_id_fkey|FOREIGN KEY (model_id) REFERENCES ml_models(id) ON DELETE CASCADE",
            "clusters_organization_id_fkey|FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE",
            "clusters_pkey|PRIMARY KEY (id)",
        ];
        assert_eq!(lines(client, constraints), expected);
    });
}

#[test]
fn the_new_indexes_are_defined_as_planned() {
    let definitions = "SELECT indexdef FROM pg_indexes
        WHERE indexname IN ('uq_clusters_org_model_name_subcluster', 'idx_ml_models_active') ORDER BY indexname";
    after_153(|client| {
        let expected = [
            "CREATE INDEX idx_ml_models_active ON public.ml_models USING btree (organization_id, active) WHERE (active = true)",
            "CREATE UNIQUE INDEX uq_clusters_org_model_name_subcluster ON public.clusters USING btree \
             (organization_id, model_id, name, COALESCE(subcluster_name, ''::text))",
        ];
        assert_eq!(lines(client, definitions), expected);
    });
}

#[test]
fn the_comments_are_those_of_the_plan() {
    let column = |table: &str, name: &str| {
        format!(
            "SELECT col_description(attrelid, attnum) FROM pg_attribute
             WHERE attrelid = '{table}'::regclass AND attname = '{name}'"
        )
    };
    after_153(|client| {
        let model = lines(client, &column("clusters", "model_id"));
        assert_eq!(model, ["ML model that generated this cluster (required)"]);
        let active = lines(client, &column("ml_models", "active"));
        assert_eq!(active, ["Whether this is the active model for the org (one per org, enforced by WF)"]);
        let key = lines(client, &format!("SELECT obj_description('{NATURAL_KEY}'::regclass)"));
        assert_eq!(key, ["Natural key for idempotent upsert by WF"]);
    });
}

#[test]
fn the_natural_key_lets_subclusters_in_and_keeps_duplicates_out() {
    after_153(|client| {
        with_model(client);
        insert_cluster(client, "Network", "NULL").unwrap();
        insert_cluster(client, "Network", "'VPN Issues'").unwrap();
        for duplicate in ["NULL", "''"] {
            let error = insert_cluster(client, "Network", duplicate).unwrap_err();
            let refusal = error.as_db_error().unwrap();
            assert_eq!(refusal.code(), &SqlState::UNIQUE_VIOLATION, "23505 is expected: {refusal}");
            assert_eq!(refusal.constraint(), Some(NATURAL_KEY));
            assert!(refusal.message().starts_with("duplicate key value violates unique constraint"), "{refusal}");
        }
        assert_eq!(lines(client, "SELECT count(*)::text FROM clusters"), ["2"]);
    });
}

#[test]
fn the_upsert_updates_the_row_and_creates_none() {
    after_153(|client| {
        for mode in ["force_custom_plan", "force_generic_plan"] {
            for (stored, given) in [("NULL", "NULL"), ("NULL", "''"), ("''", "NULL"), ("''", "''")] {
                eprintln!("{mode}: {given} is given where {stored} is stored");
                upsert_meets(client, mode, stored, given);
                client.batch_execute("TRUNCATE organizations CASCADE; DEALLOCATE upsert").unwrap();
            }
        }
    });
}

fn upsert_meets(client: &mut Client, mode: &str, stored: &str, given: &str) {
    with_model(client);
    insert_cluster(client, "Network", stored).unwrap();
    insert_cluster(client, "Network", "'VPN Issues'").unwrap();
    let ids = lines(client, "SELECT id::text FROM clusters ORDER BY 1");

    let upsert = file("generated/sql/upserts/clusters.sql");
    client.batch_execute(&format!("SET plan_cache_mode = {mode}; PREPARE upsert AS {upsert}")).unwrap();
    let execute = |status: &str| {
        format!(
            "EXECUTE upsert ('{ORGANIZATION}', '{MODEL}', 'Network', {given}, '{status}', '{{\"auto_respond\": true}}')"
        )
    };
    for status in ["GAP", "FOUND"] {
        assert_eq!(client.execute(&execute(status), &[]).unwrap(), 1);
    }

    assert_eq!(lines(client, "SELECT id::text FROM clusters ORDER BY 1"), ids, "a row was created");
    let found = "SELECT kb_status, config::text, (updated_at > created_at)::text FROM clusters ORDER BY kb_status";
    assert_eq!(lines(client, found), [r#"FOUND|{"auto_respond": true}|true"#, "PENDING|{}|false"]);
    let generic = "SELECT (generic_plans > 0)::text FROM pg_prepared_statements WHERE name = 'upsert'";
    assert_eq!(lines(client, generic), [(mode == "force_generic_plan").to_string()]);
}

#[test]
fn the_upsert_creates_the_row_that_is_not_there() {
    after_153(|client| {
        with_model(client);
        let upsert = file("generated/sql/upserts/clusters.sql");
        client.batch_execute(&format!("PREPARE upsert AS {upsert}")).unwrap();
        let execute =
            format!("EXECUTE upsert ('{ORGANIZATION}', '{MODEL}', 'Account', 'Password Reset', 'GAP', '{{}}')");
        client.batch_execute(&execute).unwrap();
        let found = "SELECT name, subcluster_name, kb_status FROM clusters";
        assert_eq!(lines(client, found), ["Account|Password Reset|GAP"]);
    });
}

#[test]
fn a_model_takes_its_clusters_along_and_cleaning_up_leaves_nothing() {
    after_153(|client| {
        with_model(client);
        insert_cluster(client, "Network", "NULL").unwrap();
        insert_cluster(client, "Network", "'VPN Issues'").unwrap();
        assert_eq!(client.execute(&format!("DELETE FROM ml_models WHERE id = '{MODEL}'"), &[]).unwrap(), 1);
        assert_eq!(lines(client, "SELECT count(*)::text FROM clusters"), ["0"]);
        let cleanup = format!("DELETE FROM organizations WHERE id = '{ORGANIZATION}'");
        assert_eq!(client.execute(&cleanup, &[]).unwrap(), 1);
        let left =
            "SELECT count(*)::text FROM (SELECT id FROM organizations UNION ALL SELECT id FROM ml_models) AS left_over";
        assert_eq!(lines(client, left), ["0"]);
    });
}
