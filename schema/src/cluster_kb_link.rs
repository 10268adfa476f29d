use tablewright_declare::prelude::*;

use crate::blob_metadata::BlobMetadata;
use crate::cluster::Cluster;
use crate::organization::Organization;

/// Links clusters to KB articles in blob_metadata
#[derive(Table)]
#[table(name = "cluster_kb_links")]
#[unique(on(cluster_id, blob_metadata_id), natural_key)]
#[index(idx_cluster_kb_links_organization_id, on(organization_id))]
#[index(idx_cluster_kb_links_cluster_id, on(cluster_id))]
#[index(idx_cluster_kb_links_blob_metadata_id, on(blob_metadata_id))]
#[row_level_security]
#[policy(
    users_access_own_organization_kb_links,
    using = "organization_id = current_setting('app.current_organization_id', true)::uuid"
)]
pub struct ClusterKbLink {
    #[column(primary_key, default = sql("gen_random_uuid()"))]
    pub id: Uuid,
    #[column(references(Organization::id, on_delete = cascade))]
    pub organization_id: Uuid,
    #[column(references(Cluster::id, on_delete = cascade))]
    pub cluster_id: Uuid,
    #[column(references(BlobMetadata::id, on_delete = cascade))]
    pub blob_metadata_id: Uuid,
    #[column(default = sql("now()"))]
    pub created_at: Option<Timestamptz>,
}
