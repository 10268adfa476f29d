use tablewright_declare::prelude::*;

use crate::data_source_connection::DataSourceConnection;
use crate::enums::IngestionStatus;
use crate::functions::UpdateUpdatedAtColumn;
use crate::organization::Organization;
use crate::user_profile::UserProfile;

/// Track ticket ingestion/sync operations initiated by users
#[derive(Table)]
#[table(name = "ingestion_runs")]
#[index(idx_ingestion_runs_organization_id, on(organization_id))]
#[index(idx_ingestion_runs_data_source_conn, on(data_source_connection_id))]
#[index(idx_ingestion_runs_started_by, on(started_by))]
#[index(idx_ingestion_runs_status, on(status))]
#[index(idx_ingestion_runs_created_at, on(created_at.desc()))]
#[trigger(set_ingestion_runs_updated_at, before(update), for_each_row, execute = UpdateUpdatedAtColumn)]
#[row_level_security]
#[policy(
    users_access_own_organization_ingestion_runs,
    using = "organization_id = current_setting('app.current_organization_id', true)::uuid"
)]
pub struct IngestionRun {
    #[column(primary_key, default = sql("gen_random_uuid()"))]
    pub id: Uuid,
    #[column(references(Organization::id, on_delete = cascade))]
    pub organization_id: Uuid,
    #[column(references(DataSourceConnection::id, on_delete = set_null))]
    pub data_source_connection_id: Option<Uuid>,
    /// User who triggered the sync (required - always user-initiated)
    #[column(references(UserProfile::user_id))]
    pub started_by: Uuid,
    #[column(default = IngestionStatus::Pending)]
    pub status: Option<IngestionStatus>,
    #[column(default = 0)]
    pub records_processed: Option<Integer>,
    #[column(default = 0)]
    pub records_failed: Option<Integer>,
    #[column(default = "{}")]
    pub metadata: Option<Jsonb<Value>>,
    pub error_message: Option<Text>,
    pub completed_at: Option<Timestamptz>,
    #[column(default = sql("now()"))]
    pub created_at: Option<Timestamptz>,
    #[column(default = sql("now()"))]
    pub updated_at: Option<Timestamptz>,
}
