//! `codegen apply`, `rollback`, `status` and `verify` as people run them, also on days when everything goes wrong.

#![cfg(all(feature = "cli", feature = "database"))]

mod caught;
#[path = "../check/copy.rs"]
mod copy;
mod crashed;
mod disk;
mod documented;
mod fixture;
mod halves;
mod history;
mod killed;
mod limits;
mod many;
mod plain;
#[path = "../program/mod.rs"]
mod program;
mod proxy;
mod refused;
#[path = "../connect/servers.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod servers;
mod verified;

use codegen::connect::Environment;

/// Surroundings that say nothing.
fn environment(_: &[(&str, &str)]) -> Environment {
    Environment { user: Some("ada".to_owned()), ..Environment::default() }
}
