-- What the plan asks of migration 153, step by step, as a careful person would type it.
-- The tests compare what this leads to with what the generated migration leads to.

-- clusters: external_cluster_id goes, with the index and the constraint that stand on it
DROP INDEX idx_clusters_external_cluster_id;
ALTER TABLE clusters DROP CONSTRAINT uq_clusters_external_id_org;
ALTER TABLE clusters DROP COLUMN external_cluster_id;

-- clusters: every cluster belongs to a model and goes with it
ALTER TABLE clusters ALTER COLUMN model_id SET NOT NULL;
ALTER TABLE clusters DROP CONSTRAINT clusters_model_id_fkey;
ALTER TABLE clusters ADD CONSTRAINT clusters_model_id_fkey
    FOREIGN KEY (model_id) REFERENCES ml_models (id) ON DELETE CASCADE;
COMMENT ON COLUMN clusters.model_id IS 'ML model that generated this cluster (required)';

-- clusters: the natural key, in which NULL and '' are the same
CREATE UNIQUE INDEX uq_clusters_org_model_name_subcluster
    ON clusters (organization_id, model_id, name, (COALESCE(subcluster_name, '')));
COMMENT ON INDEX uq_clusters_org_model_name_subcluster IS 'Natural key for idempotent upsert by WF';

-- ml_models: which of an organization's models is in use
ALTER TABLE ml_models ADD COLUMN active boolean NOT NULL DEFAULT false;
CREATE INDEX idx_ml_models_active ON ml_models (organization_id, active) WHERE active = true;
COMMENT ON COLUMN ml_models.active IS 'Whether this is the active model for the org (one per org, enforced by WF)';
