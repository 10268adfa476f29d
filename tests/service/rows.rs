//! Rows and upserts of the declared schema.

use postgres::types::Json;
use sea_query::{Expr, ExprTrait, PostgresQueryBuilder, Query};
use tablewright::migrate;
use tablewright::rows::{Cluster, ClusterColumn, ClusterConfig, ClusterUpsert, KbStatus};
use uuid::Uuid;

use crate::database::at_152;

#[test]
fn an_upsert_inserts_once_and_then_updates() {
    let database = at_152();
    let mut client = database.connect().unwrap();
    let wanted = prepared(&mut client);

    let inserted = wanted.upsert(&mut client).unwrap();
    assert_eq!((inserted.name.as_str(), inserted.kb_status), ("Network", Some(KbStatus::Pending)));
    assert_eq!(inserted.config, wanted.config);

    let found = ClusterUpsert { kb_status: Some(KbStatus::Found), config: None, ..wanted };
    let updated = found.upsert(&mut client).unwrap();
    assert_eq!((updated.id, updated.created_at), (inserted.id, inserted.created_at));
    assert_eq!((updated.kb_status, updated.config), (Some(KbStatus::Found), None));
    assert!(updated.updated_at > inserted.updated_at);
    assert_eq!(clusters(&mut client).len(), 1);
}

#[test]
fn null_and_the_empty_subcluster_are_one_key() {
    let database = at_152();
    let mut client = database.connect().unwrap();
    let wanted = prepared(&mut client);
    let without = wanted.upsert(&mut client).unwrap();
    let empty = ClusterUpsert { subcluster_name: Some(String::new()), ..wanted.clone() }.upsert(&mut client).unwrap();
    let other = ClusterUpsert { subcluster_name: Some("VPN".into()), ..wanted }.upsert(&mut client).unwrap();
    assert_eq!(without.id, empty.id);
    assert_ne!(without.id, other.id);
    assert_eq!(empty.subcluster_name, None, "an upsert does not overwrite its key");
    assert_eq!(clusters(&mut client).len(), 2);
}

#[test]
fn an_upsert_takes_part_in_a_transaction() {
    let database = at_152();
    let mut client = database.connect().unwrap();
    let wanted = prepared(&mut client);
    let mut transaction = client.transaction().unwrap();
    wanted.upsert(&mut transaction).unwrap();
    transaction.rollback().unwrap();
    assert_eq!(clusters(&mut client), []);
}

#[test]
fn column_identifiers_serve_sea_query() {
    let database = at_152();
    let mut client = database.connect().unwrap();
    let id = prepared(&mut client).upsert(&mut client).unwrap().id;
    let query = Query::select()
        .column(ClusterColumn::SubclusterName)
        .column(ClusterColumn::Id)
        .from((Cluster::SCHEMA, Cluster::TABLE))
        .and_where(Expr::col(ClusterColumn::KbStatus).eq(KbStatus::Pending.as_str()))
        .to_string(PostgresQueryBuilder);
    assert_eq!(client.query_one(query.as_str(), &[]).unwrap().get::<_, Uuid>("id"), id);
}

#[test]
fn an_unknown_value_is_an_error_in_words() {
    assert_eq!("LOST".parse::<KbStatus>().unwrap_err().to_string(), "\"LOST\" is no value of KbStatus");
    assert!(KbStatus::ALL.iter().all(|it| it.as_str().parse() == Ok(*it)));
}

/// A migrated database that has an organization and a model, and a cluster to put there.
fn prepared(client: &mut postgres::Client) -> ClusterUpsert {
    migrate(client).unwrap_or_else(|error| panic!("{error}"));
    let insert = "INSERT INTO organizations (name) VALUES ('Acme') RETURNING id";
    let organization_id: Uuid = client.query_one(insert, &[]).unwrap().get(0);
    let insert =
        "INSERT INTO ml_models (organization_id, external_model_id, model_name) VALUES ($1, 'm', 'M') RETURNING id";
    let model_id: Uuid = client.query_one(insert, &[&organization_id]).unwrap().get(0);
    ClusterUpsert {
        organization_id,
        model_id,
        name: "Network".into(),
        subcluster_name: None,
        kb_status: Some(KbStatus::Pending),
        config: Some(Json(ClusterConfig { auto_respond: Some(true), auto_populate: None })),
    }
}

fn clusters(client: &mut postgres::Client) -> Vec<Cluster> {
    let rows = client.query(&format!("SELECT {} FROM clusters", Cluster::COLUMNS), &[]).unwrap();
    rows.iter().map(|row| Cluster::from_row(row).unwrap()).collect()
}
