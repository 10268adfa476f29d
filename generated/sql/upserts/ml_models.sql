-- Upsert of ml_models: inserts a row, or overwrites the one that has the same key.
--
-- Parameters:
--   $1 organization_id      uuid, required
--   $2 external_model_id    text, required
--   $3 model_name           text, required
--   $4 active               boolean, required; the default false is for those who leave it out
--   $5 training_start_date  date, may be NULL
--   $6 training_end_date    date, may be NULL
--   $7 metadata             jsonb, may be NULL; NULL is stored as NULL, not as the default '{}'
--
-- The unique constraint ml_models_organization_id_external_model_id_key decides which rows are the same.
-- The database fills id, created_at, updated_at.

INSERT INTO ml_models (
  organization_id,
  external_model_id,
  model_name,
  active,
  training_start_date,
  training_end_date,
  metadata
)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (organization_id, external_model_id)
DO UPDATE SET
  model_name = EXCLUDED.model_name,
  active = EXCLUDED.active,
  training_start_date = EXCLUDED.training_start_date,
  training_end_date = EXCLUDED.training_end_date,
  metadata = EXCLUDED.metadata,
  updated_at = now();
