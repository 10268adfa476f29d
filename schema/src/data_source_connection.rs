use tablewright_declare::prelude::*;

use crate::organization::Organization;

/// External data source configurations (no credentials stored)
#[derive(Table)]
#[table(name = "data_source_connections")]
#[unique(unique_org_data_source, on(organization_id, r#type))]
#[index(idx_data_source_connections_org, on(organization_id))]
#[index(idx_data_source_connections_type, on(r#type))]
#[index(idx_data_source_connections_status, on(status))]
#[index(idx_data_source_connections_enabled, on(enabled))]
pub struct DataSourceConnection {
    #[column(primary_key, default = sql("gen_random_uuid()"))]
    pub id: Uuid,
    #[column(references(Organization::id, on_delete = cascade))]
    pub organization_id: Uuid,
    /// Data source type: confluence, servicenow, sharepoint, websearch
    pub r#type: Text,
    pub name: Text,
    pub description: Option<Text>,
    /// JSONB settings specific to each data source type (no credentials)
    #[column(default = "{}")]
    pub settings: Option<Jsonb<Value>>,
    /// Current operation status: idle (ready), verifying (checking credentials), syncing (in progress)
    #[column(default = "idle")]
    pub status: Text,
    /// Last sync result: NULL (never synced), completed, failed
    pub last_sync_status: Option<Text>,
    pub last_sync_at: Option<Timestamptz>,
    /// Whether the data source is configured and active
    #[column(default = false)]
    pub enabled: Option<Boolean>,
    // These two name users, but the database does not hold them to it.
    pub created_by: Uuid,
    pub updated_by: Uuid,
    #[column(default = sql("now()"))]
    pub created_at: Option<Timestamptz>,
    #[column(default = sql("now()"))]
    pub updated_at: Option<Timestamptz>,
    /// Error message from last sync operation (cleared on successful sync)
    pub last_sync_error: Option<Text>,
    /// Timestamp of last credential verification attempt
    pub last_verification_at: Option<Timestamptz>,
    /// Error message from last verification attempt (cleared on successful verification)
    pub last_verification_error: Option<Text>,
    /// JSONB with connection-type-specific options from last successful verification (e.g., {"spaces": "ENG,PROD", "sites": "confluence.company.com"})
    pub latest_options: Option<Jsonb<Value>>,
}
