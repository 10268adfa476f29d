use tablewright_declare::prelude::*;

pub const MIGRATION: Migration = Migration {
    number: 1,
    name: "case",
    title: "A case",
    reason: "To show it",
    accepts: &[
       Accept::Loss { object: "column items.code", because: "unused" },
    ],
    ..Migration::DEFAULT
};
