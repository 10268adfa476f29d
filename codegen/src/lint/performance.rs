//! What makes others slower.

mod extension_changed;
mod foreign_key_without_index;
mod index_dropped;
mod index_redundant;
mod replica_identity_changed;
mod row_trigger_added;
mod statistics_lost;

use super::Rule;

/// Its rules.
pub const RULES: &[Rule] = &[
    foreign_key_without_index::RULE,
    index_redundant::RULE,
    index_dropped::RULE,
    statistics_lost::RULE,
    row_trigger_added::RULE,
    replica_identity_changed::RULE,
    extension_changed::RULE,
];
