//! What writes a table anew.

mod domain_column_rewrites;
mod identity_rewrites;
mod storage_change_rewrites;
mod stored_generated_rewrites;
mod type_change_rewrites;
mod volatile_default_rewrites;

use super::Rule;

/// Its rules.
pub const RULES: &[Rule] = &[
    volatile_default_rewrites::RULE,
    identity_rewrites::RULE,
    stored_generated_rewrites::RULE,
    domain_column_rewrites::RULE,
    type_change_rewrites::RULE,
    storage_change_rewrites::RULE,
];
