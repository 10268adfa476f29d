//! `codegen apply`, `rollback`, `status` and `verify` as people run them, also on days when everything goes wrong.

#![cfg(all(feature = "cli", feature = "database"))]

mod fixture;
mod killed;
mod plain;
mod proxy;
