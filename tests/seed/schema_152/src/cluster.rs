use tablewright_declare::prelude::*;

use crate::enums::KbStatus;
use crate::functions::UpdateUpdatedAtColumn;
use crate::json::ClusterConfig;
use crate::ml_model::MlModel;
use crate::organization::Organization;

/// AI-generated ticket groupings from Workflow Platform
#[derive(Table)]
#[table(name = "clusters")]
#[unique(uq_clusters_external_id_org, on(organization_id, external_cluster_id), natural_key)]
#[index(idx_clusters_organization_id, on(organization_id))]
#[index(idx_clusters_external_cluster_id, on(external_cluster_id))]
#[index(idx_clusters_kb_status, on(kb_status))]
#[index(idx_clusters_created_at, on(created_at.desc()))]
#[index(idx_clusters_model_id, on(model_id))]
#[trigger(set_clusters_updated_at, before(update), for_each_row, execute = UpdateUpdatedAtColumn)]
#[row_level_security]
#[policy(
    users_access_own_organization_clusters,
    using = "organization_id = current_setting('app.current_organization_id', true)::uuid"
)]
pub struct Cluster {
    #[column(primary_key, default = sql("gen_random_uuid()"))]
    pub id: Uuid,
    #[column(references(Organization::id, on_delete = cascade))]
    pub organization_id: Uuid,
    /// Stable ID from Workflow Platform for idempotent upsert
    pub external_cluster_id: Text,
    pub name: Text,
    #[column(default = "{}")]
    #[ts(required)]
    pub config: Option<Jsonb<ClusterConfig>>,
    /// Knowledge base coverage: PENDING (checking), FOUND (has KB), GAP (missing KB)
    #[column(default = KbStatus::Pending)]
    #[ts(required)]
    pub kb_status: Option<KbStatus>,
    #[column(default = sql("now()"))]
    #[ts(required)]
    pub created_at: Option<Timestamptz>,
    #[column(default = sql("now()"))]
    #[ts(required)]
    pub updated_at: Option<Timestamptz>,
    /// Subcluster name (NULL = top-level cluster only)
    pub subcluster_name: Option<Text>,
    /// ML model that generated this cluster
    #[column(references(MlModel::id, on_delete = set_null))]
    pub model_id: Option<Uuid>,
}
