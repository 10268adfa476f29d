use tablewright_declare::prelude::*;

use crate::blob::Blob;
use crate::functions::UpdateUpdatedAtColumn;
use crate::organization::Organization;
use crate::user_profile::UserProfile;

// A file that an organization has, uploaded or synced; the articles of the knowledge base are such files.
#[derive(Table)]
#[table(name = "blob_metadata")]
#[index(idx_blob_metadata_organization_id, on(organization_id))]
#[index(idx_blob_metadata_user_id, on(user_id))]
#[index(idx_blob_metadata_blob_id, on(blob_id))]
#[index(idx_blob_metadata_filename, on(filename))]
#[index(idx_blob_metadata_status, on(status))]
#[index(idx_blob_metadata_source, on(source))]
#[index(idx_blob_metadata_created_at, on(created_at))]
#[trigger(update_blob_metadata_updated_at, before(update), for_each_row, execute = UpdateUpdatedAtColumn)]
pub struct BlobMetadata {
    #[column(primary_key, default = sql("gen_random_uuid()"))]
    pub id: Uuid,
    #[column(references(Organization::id, on_delete = cascade))]
    pub organization_id: Uuid,
    #[column(references(UserProfile::user_id, on_delete = cascade, name = fk_blob_metadata_user_id))]
    pub user_id: Uuid,
    pub filename: Text,
    pub file_size: Integer,
    pub mime_type: Text,
    #[column(default = "uploaded")]
    pub status: Text,
    pub processed_markdown: Option<Text>,
    #[column(default = "{}")]
    pub metadata: Jsonb<Value>,
    #[column(default = sql("now()"))]
    pub created_at: Timestamptz,
    #[column(default = sql("now()"))]
    pub updated_at: Timestamptz,
    #[column(references(Blob::blob_id, on_delete = cascade))]
    pub blob_id: Uuid,
    /// Data source origin: manual (uploaded), confluence, servicenow, sharepoint, websearch. NULL if unknown.
    pub source: Option<Text>,
}
