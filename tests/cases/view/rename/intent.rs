use tablewright_declare::prelude::*;

pub const MIGRATION: Migration = Migration {
    number: 1,
    name: "case",
    title: "A case",
    reason: "To show it",
    renames: &[Rename { from: "view some_item", to: "few_items" }],
    ..Migration::DEFAULT
};
