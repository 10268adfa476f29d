use tablewright_declare::prelude::*;

pub const MIGRATION: Migration = Migration {
    number: 1,
    name: "case",
    title: "A case",
    reason: "To show it",
    renames: &[Rename { from: "index items_name", to: "items_by_name" }],
    ..Migration::DEFAULT
};
