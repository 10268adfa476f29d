use tablewright_declare::prelude::*;

pub const MIGRATION: Migration = Migration {
    number: 1,
    name: "case",
    title: "A case",
    reason: "To show it",
    backfills: &[
        Backfill { column: "items.name", sql: "UPDATE items SET name = 'unnamed' WHERE name IS NULL", rollback: None },
        Backfill { column: "items.size", sql: "UPDATE items SET size = length(name)", rollback: None },
    ],
    ..Migration::DEFAULT
};
