use tablewright_declare::prelude::*;

use crate::cluster::Cluster;
use crate::ml_model::MlModel;

pub const MIGRATION: Migration = Migration {
    number: 153,
    name: "remove_external_cluster_id",
    title: "Remove external_cluster_id, add a natural key for clusters and an active flag for ml_models",
    reason: "topics come from CSV files and have no remote ID, so WF has nothing to put into external_cluster_id",
    rollback: Rollback::Runnable,
    sections: &[
        Section {
            title: "CLUSTERS: Remove external_cluster_id",
            objects: &[
                "index idx_clusters_external_cluster_id",
                "unique clusters.uq_clusters_external_id_org",
                "column clusters.external_cluster_id",
            ],
        },
        Section {
            title: "CLUSTERS: Make model_id required",
            objects: &["column clusters.model_id", "foreign key clusters.clusters_model_id_fkey"],
        },
        Section {
            title: "CLUSTERS: Add natural key for idempotent upserts",
            objects: &["index uq_clusters_org_model_name_subcluster"],
        },
        Section {
            title: "ML_MODELS: Add active flag",
            objects: &["column ml_models.active", "index idx_ml_models_active"],
        },
    ],
    accepts: &[
        Accept::Loss {
            object: "column clusters.external_cluster_id",
            because: "no process could fill it, and clusters has no rows",
        },
        Accept::Hazard {
            rule: "deletes-propagate",
            object: "foreign key clusters.clusters_model_id_fkey",
            because: "a cluster means nothing without its model, and model_id can no longer be emptied",
        },
    ],
    notices: &[Notice {
        team: "wf",
        name: "Workflow Platform (WF)",
        writes: exports![MlModel, Cluster],
        actions: &[
            "Stop sending `external_cluster_id`: the column is gone, and a statement that names it fails.",
            "Send `model_id` with every cluster: it is required, and the clusters of a model are deleted together with it.",
            "Write clusters with the upsert below: its conflict target is the natural key, with the COALESCE exactly as it stands there.",
            "Give a top-level cluster no `subcluster_name`: NULL and the empty string are the same key.",
            "Set `ml_models.active` on the model in use, and clear it on the one before in the same transaction: the database allows several active models, you keep it to one per organization.",
        ],
        deploy: "Pause the workflows that write clusters, run migration 153, deploy the new upsert, resume. \
            The old upsert fails after the migration and the new one fails before it.",
        ..Notice::DEFAULT
    }],
    ..Migration::DEFAULT
};
