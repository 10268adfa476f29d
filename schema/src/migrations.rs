//! The intents of migrations: what only a human knows about them. Their SQL is planned, not written.

pub mod m153_remove_external_cluster_id;
