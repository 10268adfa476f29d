-- What the plan offers as the rollback of 153, step by step. It forgets two comments and says nothing of the column's
-- position: the tests assert that the comparison finds exactly that.

-- ml_models
DROP INDEX idx_ml_models_active;
ALTER TABLE ml_models DROP COLUMN active;

-- clusters: without the natural key, and a cluster outlives its model again
DROP INDEX uq_clusters_org_model_name_subcluster;
ALTER TABLE clusters DROP CONSTRAINT clusters_model_id_fkey;
ALTER TABLE clusters ADD CONSTRAINT clusters_model_id_fkey
    FOREIGN KEY (model_id) REFERENCES ml_models (id) ON DELETE SET NULL;
ALTER TABLE clusters ALTER COLUMN model_id DROP NOT NULL;

-- clusters: the column comes back empty, so it can't be NOT NULL
ALTER TABLE clusters ADD COLUMN external_cluster_id text;
CREATE INDEX idx_clusters_external_cluster_id ON clusters (external_cluster_id);
ALTER TABLE clusters ADD CONSTRAINT uq_clusters_external_id_org UNIQUE (organization_id, external_cluster_id);
