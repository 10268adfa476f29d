use tablewright_declare::prelude::*;

use crate::cluster::Cluster;
use crate::enums::{KbStatus, RitaStatus};
use crate::interfaces::{ClusterDetails, ClusterListItem};
use crate::json::ClusterConfig;
use crate::ticket::Ticket;

// Reads rows with a database driver.
pub const API_SERVER: Consumer = Consumer {
    name: "api-server",
    timestamps: Timestamps::Date,
    inheritance: Inheritance::Extends,
    files: &[TypeFile {
        path: "packages/api-server/src/types/cluster.ts",
        exports: exports![KbStatus, RitaStatus, ClusterConfig, Cluster, ClusterDetails, ClusterListItem, Ticket],
        ..TypeFile::DEFAULT
    }],
    indent: Indent::Tab,
    quotes: Quotes::Double,
};

// Reads what the api-server answers, as JSON.
pub const CLIENT: Consumer = Consumer {
    name: "client",
    timestamps: Timestamps::IsoString,
    inheritance: Inheritance::Flat,
    files: &[TypeFile {
        path: "packages/client/src/types/cluster.ts",
        exports: exports![KbStatus, RitaStatus, ClusterConfig, ClusterDetails, ClusterListItem, Ticket],
        constants: exports![KbStatus],
        ..TypeFile::DEFAULT
    }],
    indent: Indent::Tab,
    quotes: Quotes::Double,
};
