use tablewright_declare::prelude::*;

use crate::enums::KbStatus;
use crate::functions::UpdateUpdatedAtColumn;
use crate::json::ClusterConfig;
use crate::ml_model::MlModel;
use crate::organization::Organization;

/// AI-generated ticket groupings from Workflow Platform
#[derive(Table)]
#[table(name = "clusters")]
// COALESCE makes NULL and '' one key: a model has one top-level cluster of a name, not many.
#[unique_index(
    uq_clusters_org_model_name_subcluster,
    on(organization_id, model_id, name, sql("COALESCE(subcluster_name, '')")),
    natural_key,
    comment = "Natural key for idempotent upsert by WF"
)]
#[index(idx_clusters_organization_id, on(organization_id))]
#[index(idx_clusters_model_id, on(model_id))]
#[index(idx_clusters_kb_status, on(kb_status))]
#[index(idx_clusters_created_at, on(created_at.desc()))]
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
    /// ML model that generated this cluster (required)
    #[column(references(MlModel::id, on_delete = cascade))]
    pub model_id: Uuid,
    pub name: Text,
    /// Subcluster name (NULL = top-level cluster only)
    pub subcluster_name: Option<Text>,
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
}
