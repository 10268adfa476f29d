use tablewright_declare::prelude::*;

use crate::blob::Blob;
use crate::blob_metadata::BlobMetadata;
use crate::cluster::Cluster;
use crate::cluster_kb_link::ClusterKbLink;
use crate::data_source_connection::DataSourceConnection;
use crate::ingestion_run::IngestionRun;
use crate::ml_model::MlModel;
use crate::organization::Organization;
use crate::ticket::Ticket;
use crate::user_profile::UserProfile;

pub const TECHNICAL_DESIGN: Document = Document {
    path: "docs/feat-autopilot-ticket-cluster/technical-design-autopilot-tickets.md",
    tables: exports![
        Organization,
        UserProfile,
        MlModel,
        Cluster,
        Ticket,
        ClusterKbLink,
        DataSourceConnection,
        Blob,
        BlobMetadata,
        IngestionRun,
    ],
    regions: &[Region::Erd, Region::Tables, Region::Upserts],
};
