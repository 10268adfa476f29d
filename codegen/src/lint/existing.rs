//! What may fail on the rows that are there.

mod check_on_existing;
mod column_required_without_value;
mod constraint_validated;
mod domain_stricter;
mod enum_value_used_at_once;
mod exclusion_on_existing;
mod foreign_key_on_existing;
mod not_null_on_existing;
mod partition_attached;
mod primary_key_on_existing;
mod type_changed_on_existing;
mod unique_on_existing;

use super::Rule;

/// Its rules.
pub const RULES: &[Rule] = &[
    column_required_without_value::RULE,
    not_null_on_existing::RULE,
    unique_on_existing::RULE,
    primary_key_on_existing::RULE,
    check_on_existing::RULE,
    foreign_key_on_existing::RULE,
    exclusion_on_existing::RULE,
    constraint_validated::RULE,
    type_changed_on_existing::RULE,
    domain_stricter::RULE,
    partition_attached::RULE,
    enum_value_used_at_once::RULE,
];
