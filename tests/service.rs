//! What a service does with this package, on a real server: migrate, write with upserts, read rows.

#[path = "service/database.rs"]
mod database;
#[path = "service/migrating.rs"]
mod migrating;
#[path = "service/odd_types.rs"]
mod odd_types;
#[path = "service/rows.rs"]
mod rows;
