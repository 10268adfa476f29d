//! Migrations that are several files, for a runner that runs each file in one transaction; and online ones that are one.

#![cfg(all(feature = "cli", feature = "database"))]

mod applied;
mod by_hand;
#[path = "../cases/case.rs"]
#[allow(dead_code, reason = "only the root is needed here")]
mod case;
#[path = "../check/copy.rs"]
mod copy;
mod files;
mod played;
#[path = "../program/mod.rs"]
mod program;
mod runner;
#[path = "../cases/servers.rs"]
mod servers;
mod shop;
