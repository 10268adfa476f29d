use tablewright_declare::prelude::*;

pub const MIGRATION: Migration = Migration {
    number: 1,
    name: "case",
    title: "A case",
    reason: "To show it",
    renames: &[Rename { from: "table parcels", to: "boxes" }],
    ..Migration::DEFAULT
};
