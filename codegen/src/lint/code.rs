//! What breaks code of the version before.

mod column_dropped_in_use;
mod conflict_target_changed;
mod default_dropped;
mod enum_value_added;
mod not_null_added;
mod not_null_dropped;
mod privilege_revoked;
mod relation_dropped;
mod renamed;
mod required_column_added;
mod routine_dropped;
mod trigger_disabled;
mod type_changed_in_use;
mod view_columns_changed;

use super::Rule;

/// Its rules.
pub const RULES: &[Rule] = &[
    relation_dropped::RULE,
    column_dropped_in_use::RULE,
    routine_dropped::RULE,
    renamed::RULE,
    not_null_added::RULE,
    required_column_added::RULE,
    not_null_dropped::RULE,
    default_dropped::RULE,
    type_changed_in_use::RULE,
    conflict_target_changed::RULE,
    enum_value_added::RULE,
    view_columns_changed::RULE,
    trigger_disabled::RULE,
    privilege_revoked::RULE,
];
