//! What destroys data, or can't be undone.

mod column_dropped;
mod data_lost;
mod deletes_empty_values;
mod deletes_propagate;
mod enum_value_removed;
mod rollback_destroys_data;
mod rollback_incomplete;
mod sequence_dropped;
mod table_dropped;
mod table_unlogged;
mod values_narrowed;

use super::Rule;

/// Its rules.
pub const RULES: &[Rule] = &[
    table_dropped::RULE,
    column_dropped::RULE,
    values_narrowed::RULE,
    enum_value_removed::RULE,
    sequence_dropped::RULE,
    data_lost::RULE,
    table_unlogged::RULE,
    deletes_propagate::RULE,
    deletes_empty_values::RULE,
    rollback_incomplete::RULE,
    rollback_destroys_data::RULE,
];
