use tablewright_declare::prelude::*;

pub const MIGRATION: Migration = Migration {
    number: 1,
    name: "case",
    title: "A case",
    reason: "To show it",
    renames: &[Rename { from: "column items.name", to: "label" }],
    ..Migration::DEFAULT
};
