use tablewright_declare::prelude::*;

/// What Rita may do with the tickets of a cluster on its own
#[derive(JsonObject)]
pub struct ClusterConfig {
    /// Answer a new ticket without asking
    pub auto_respond: Option<bool>,
    /// Fill in the fields of a new ticket without asking
    pub auto_populate: Option<bool>,
}
