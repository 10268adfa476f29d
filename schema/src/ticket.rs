use tablewright_declare::prelude::*;

use crate::cluster::Cluster;
use crate::data_source_connection::DataSourceConnection;
use crate::enums::RitaStatus;
use crate::functions::UpdateUpdatedAtColumn;
use crate::organization::Organization;

/// ITSM tickets from Workflow Platform (NULL cluster_id = unclassified)
#[derive(Table)]
#[table(name = "tickets")]
#[unique(uq_tickets_external_id_org, on(organization_id, external_id), natural_key)]
#[index(idx_tickets_organization_id, on(organization_id))]
#[index(idx_tickets_cluster_id, on(cluster_id))]
#[index(idx_tickets_data_source_conn, on(data_source_connection_id))]
#[index(idx_tickets_external_id, on(external_id))]
#[index(idx_tickets_rita_status, on(rita_status))]
#[index(idx_tickets_created_at, on(created_at.desc()))]
#[trigger(set_tickets_updated_at, before(update), for_each_row, execute = UpdateUpdatedAtColumn)]
#[row_level_security]
#[policy(
    users_access_own_organization_tickets,
    using = "organization_id = current_setting('app.current_organization_id', true)::uuid"
)]
pub struct Ticket {
    #[column(primary_key, default = sql("gen_random_uuid()"))]
    pub id: Uuid,
    #[column(references(Organization::id, on_delete = cascade))]
    pub organization_id: Uuid,
    /// NULL until classification workflow assigns cluster
    #[column(references(Cluster::id, on_delete = set_null))]
    pub cluster_id: Option<Uuid>,
    #[column(references(DataSourceConnection::id, on_delete = set_null))]
    pub data_source_connection_id: Option<Uuid>,
    /// Ticket ID from ITSM system (Jira/ServiceNow)
    pub external_id: Text,
    pub subject: Text,
    pub external_status: Text,
    /// Rita processing status: NEEDS_RESPONSE or COMPLETED
    #[column(default = RitaStatus::NeedsResponse)]
    #[ts(required)]
    pub rita_status: Option<RitaStatus>,
    #[column(default = "{}")]
    #[ts(required, type = "Record<string, unknown>")]
    pub source_metadata: Option<Jsonb<Value>>,
    #[column(default = sql("now()"))]
    #[ts(required)]
    pub created_at: Option<Timestamptz>,
    #[column(default = sql("now()"))]
    #[ts(required)]
    pub updated_at: Option<Timestamptz>,
    /// Text used for classification (set by ingestion, used by classification workflow)
    pub cluster_text: Option<Text>,
}
