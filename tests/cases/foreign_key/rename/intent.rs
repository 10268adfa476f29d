use tablewright_declare::prelude::*;

pub const MIGRATION: Migration = Migration {
    number: 1,
    name: "case",
    title: "A case",
    reason: "To show it",
    renames: &[Rename { from: "foreign key items.items_group_id_fkey", to: "belongs" }],
    ..Migration::DEFAULT
};
