-- Upsert of tickets: inserts a row, or overwrites the one that has the same key.
--
-- Parameters:
--   $1 organization_id            uuid, required
--   $2 external_id                text, required
--   $3 cluster_id                 uuid, may be NULL
--   $4 data_source_connection_id  uuid, may be NULL
--   $5 subject                    text, required
--   $6 external_status            text, required
--   $7 rita_status                text, may be NULL; NULL is stored as NULL, not as the default 'NEEDS_RESPONSE'
--   $8 cluster_text               text, may be NULL
--   $9 source_metadata            jsonb, may be NULL; NULL is stored as NULL, not as the default '{}'
--
-- The unique constraint uq_tickets_external_id_org decides which rows are the same.
-- The database fills id, created_at, updated_at.

INSERT INTO tickets (
  organization_id,
  external_id,
  cluster_id,
  data_source_connection_id,
  subject,
  external_status,
  rita_status,
  cluster_text,
  source_metadata
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (organization_id, external_id)
DO UPDATE SET
  cluster_id = EXCLUDED.cluster_id,
  data_source_connection_id = EXCLUDED.data_source_connection_id,
  subject = EXCLUDED.subject,
  external_status = EXCLUDED.external_status,
  rita_status = EXCLUDED.rita_status,
  cluster_text = EXCLUDED.cluster_text,
  source_metadata = EXCLUDED.source_metadata,
  updated_at = now();
