use tablewright_declare::prelude::*;

use crate::cluster::Cluster;
use crate::enums::KbStatus;
use crate::json::ClusterConfig;

// A count is cast because JavaScript drivers read a bigint as a string.

/// A cluster with its counts, for its own page
#[derive(Interface)]
#[interface(extends = Cluster, own_fields_before = created_at, by(organization_id, id))]
pub struct ClusterDetails {
    /// Linked knowledge base articles
    #[field(sql = "(SELECT count(*) FROM cluster_kb_links WHERE cluster_kb_links.cluster_id = clusters.id)::integer")]
    pub kb_articles_count: Count,
    /// All tickets
    #[field(sql = "(SELECT count(*) FROM tickets WHERE tickets.cluster_id = clusters.id)::integer")]
    pub ticket_count: Count,
    /// Tickets that still need a response
    #[field(sql = "(SELECT count(*) FROM tickets \
        WHERE tickets.cluster_id = clusters.id AND tickets.rita_status = 'NEEDS_RESPONSE')::integer")]
    pub open_count: Count,
}

/// A line of the list of clusters
#[derive(Interface)]
#[interface(of = Cluster, by(organization_id), order_by(name))]
pub struct ClusterListItem {
    pub id: Uuid,
    pub name: Text,
    pub subcluster_name: Option<Text>,
    #[ts(required)]
    pub kb_status: Option<KbStatus>,
    #[ts(required)]
    pub config: Option<Jsonb<ClusterConfig>>,
    /// All tickets
    #[field(sql = "(SELECT count(*) FROM tickets WHERE tickets.cluster_id = clusters.id)::integer")]
    pub ticket_count: Count,
    /// Tickets that still need a response
    #[field(sql = "(SELECT count(*) FROM tickets \
        WHERE tickets.cluster_id = clusters.id AND tickets.rita_status = 'NEEDS_RESPONSE')::integer")]
    pub needs_response_count: Count,
    #[ts(required)]
    pub created_at: Option<Timestamptz>,
    #[ts(required)]
    pub updated_at: Option<Timestamptz>,
}
