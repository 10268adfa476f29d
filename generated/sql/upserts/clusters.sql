-- Upsert of clusters: inserts a row, or overwrites the one that has the same key.
--
-- Parameters:
--   $1 organization_id  uuid, required
--   $2 model_id         uuid, required
--   $3 name             text, required
--   $4 subcluster_name  text, may be NULL
--   $5 kb_status        text, may be NULL; NULL is stored as NULL, not as the default 'PENDING'
--   $6 config           jsonb, may be NULL; NULL is stored as NULL, not as the default '{}'
--
-- The unique index uq_clusters_org_model_name_subcluster decides which rows are the same.
-- COALESCE(subcluster_name, '') in the conflict target makes NULL and '' the same key.
-- The database fills id, created_at, updated_at.

INSERT INTO clusters (organization_id, model_id, name, subcluster_name, kb_status, config)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (organization_id, model_id, name, COALESCE(subcluster_name, ''))
DO UPDATE SET
  kb_status = EXCLUDED.kb_status,
  config = EXCLUDED.config,
  updated_at = now();
