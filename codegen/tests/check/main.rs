//! The program itself on copies of this repository: what `check` finds, what `generate` mends, which code each ends with.

#![cfg(feature = "cli")]

mod copy;
mod decisions;
mod drifts;
#[path = "../program/mod.rs"]
mod program;
mod sealed;

/// The generated migration that most tests tamper with.
const MIGRATION: &str = "generated/packages/api-server/src/database/migrations/153_remove_external_cluster_id.sql";
/// Its rollback.
const ROLLBACK: &str = "generated/packages/api-server/src/database/rollbacks/153_remove_external_cluster_id.sql";
/// The declaration of the table that it is about.
const CLUSTER: &str = "schema/src/cluster.rs";
/// The intent behind it.
const INTENT: &str = "schema/src/migrations/m153_remove_external_cluster_id.rs";
/// What mends whatever can be mended.
const MEND: &str = "cargo run -p codegen";
