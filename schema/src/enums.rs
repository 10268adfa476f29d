use tablewright_declare::prelude::*;

/// Whether the knowledge base has an answer to a cluster's tickets
#[derive(TextEnum)]
#[text_enum(rename_all = "SCREAMING_SNAKE_CASE")]
#[ts(name = "KBStatus", constant = "KB_STATUSES")]
pub enum KbStatus {
    /// Not looked at yet
    Pending,
    /// There are articles
    Found,
    /// There should be articles
    Gap,
}

/// Whether Rita still has to answer a ticket
#[derive(TextEnum)]
#[text_enum(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RitaStatus {
    /// Nobody has answered yet
    NeedsResponse,
    /// Answered
    Completed,
}

/// How far an ingestion run has come
#[derive(TextEnum)]
#[text_enum(rename_all = "lowercase")]
pub enum IngestionStatus {
    /// Waiting to be started
    Pending,
    /// Reading tickets
    Running,
    /// Ended well
    Completed,
    /// Ended with an error
    Failed,
    /// Ended by a user
    Cancelled,
}
