//! What keeps others waiting.

mod check_validated_under_lock;
mod domain_locks_tables;
mod exclusion_built_under_lock;
mod foreign_key_drop_locks_referenced;
mod foreign_key_validated_under_lock;
mod index_built_under_lock;
mod index_dropped_under_lock;
mod kept_by_copying;
mod key_built_under_lock;
mod many_tables_locked;
mod materialized_view_refilled;
mod new_table_locks_referenced;
mod not_null_validated_under_lock;
mod not_online;
mod partition_attach_locks;
mod partition_detach_locks;
mod row_security_locks;
mod table_drop_locks_referenced;
mod trigger_locks;
mod work_under_exclusive_lock;

use super::Rule;

/// Its rules.
pub const RULES: &[Rule] = &[
    index_built_under_lock::RULE,
    index_dropped_under_lock::RULE,
    key_built_under_lock::RULE,
    check_validated_under_lock::RULE,
    foreign_key_validated_under_lock::RULE,
    not_null_validated_under_lock::RULE,
    exclusion_built_under_lock::RULE,
    domain_locks_tables::RULE,
    foreign_key_drop_locks_referenced::RULE,
    table_drop_locks_referenced::RULE,
    new_table_locks_referenced::RULE,
    partition_attach_locks::RULE,
    partition_detach_locks::RULE,
    trigger_locks::RULE,
    row_security_locks::RULE,
    work_under_exclusive_lock::RULE,
    kept_by_copying::RULE,
    many_tables_locked::RULE,
    materialized_view_refilled::RULE,
    not_online::RULE,
];
