//! What opens a hole.

mod default_privileges_to_public;
mod definer_without_search_path;
mod grant_to_public;
mod grant_widened;
mod owner_changed;
mod permissive_policy_added;
mod policy_changed;
mod restrictive_policy_dropped;
mod row_security_disabled;
mod row_security_unforced;
mod view_loses_security_invoker;

use super::Rule;

/// Its rules.
pub const RULES: &[Rule] = &[
    row_security_disabled::RULE,
    row_security_unforced::RULE,
    restrictive_policy_dropped::RULE,
    permissive_policy_added::RULE,
    policy_changed::RULE,
    grant_to_public::RULE,
    default_privileges_to_public::RULE,
    grant_widened::RULE,
    definer_without_search_path::RULE,
    view_loses_security_invoker::RULE,
    owner_changed::RULE,
];
