-- Upsert of cluster_kb_links: inserts a row, or overwrites the one that has the same key.
--
-- Parameters:
--   $1 cluster_id        uuid, required
--   $2 blob_metadata_id  uuid, required
--   $3 organization_id   uuid, required
--
-- The unique constraint cluster_kb_links_cluster_id_blob_metadata_id_key decides which rows are the same.
-- The database fills id, created_at.

INSERT INTO cluster_kb_links (cluster_id, blob_metadata_id, organization_id)
VALUES ($1, $2, $3)
ON CONFLICT (cluster_id, blob_metadata_id)
DO UPDATE SET
  organization_id = EXCLUDED.organization_id;
