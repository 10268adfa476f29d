//! A project with names that need quotes, whose open migration needs several transactions: it fills a column in batches,
//! makes and drops indexes, a unique constraint, a NOT NULL and a check.

use codegen::prove::build;
use codegen::read;
use codegen::scratch::{Database, Server};
use postgres::Client;

use super::copy::Copy;

/// What the names of its ten files up, and of its three files down, begin with.
pub const UP: &str = "generated/up/002_codes";
pub const DOWN: &str = "generated/down/002_codes";

const LIB: &str = "pub mod migrations;\npub mod parcel;\npub mod project;\n";

pub const PROJECT: &str = "schema/src/project.rs";

const SETTINGS: &str = r#"use tablewright_declare::prelude::*;

pub const PROJECT: Project = Project {
    name: "shop",
    migrations: "up",
    rollbacks: "down",
    online: true,
    runner: Runner::WrapsEachFile,
    ..Project::DEFAULT
};
"#;

const BEFORE: &str = r#"use tablewright_declare::prelude::*;

/// Parcels
#[derive(Table)]
#[table(name = "Parcel of \"T\"")]
#[index(by_old, on(name))]
pub struct Parcel {
    #[column(primary_key)]
    pub id: Integer,
    #[column(name = "The name")]
    pub name: Option<Text>,
}
"#;

const AFTER: &str = r#"use tablewright_declare::prelude::*;

/// Parcels
#[derive(Table)]
#[table(name = "Parcel of \"T\"")]
#[index("By 'name'", on(sql("lower(\"The name\")")), where = "\"The name\" <> 'a\\b'")]
#[unique("One code", on(code), natural_key)]
#[check(code_there, "code <> ''")]
pub struct Parcel {
    #[column(primary_key)]
    pub id: Integer,
    #[column(name = "The name")]
    pub name: Option<Text>,
    pub code: Text,
}
"#;

const INTENT: &str = r#"use tablewright_declare::prelude::*;

pub const MIGRATION: Migration = Migration {
    number: 2,
    name: "codes",
    title: "Give parcels a code",
    reason: "people can't remember numbers",
    backfills: &[Backfill {
        column: "\"Parcel of \"\"T\"\"\".code",
        sql: "UPDATE \"Parcel of \"\"T\"\"\" SET code = 'c' || id",
        batch: Some(Batch { set: "code = 'c' || id", only: "code IS NULL", rows: 10, ..Batch::DEFAULT }),
        ..Backfill::DEFAULT
    }],
    ..Migration::DEFAULT
};
"#;

/// Rows for the schema before.
pub const ROWS: &str = r#"INSERT INTO "Parcel of ""T""" SELECT n, 'Name ' || n FROM generate_series(1, 35) AS n"#;

/// The project with its migration generated.
pub fn generated() -> Copy {
    let shop = Copy::of(&[
        ("schema/src/lib.rs", LIB),
        (PROJECT, SETTINGS),
        ("schema/src/parcel.rs", BEFORE),
        ("schema/src/migrations.rs", "\n"),
    ]);
    shop.run(&["seal", "--baseline", "1_start"]).ends_with(0);
    shop.put("schema/src/parcel.rs", AFTER);
    shop.put("schema/src/migrations.rs", "pub mod m002_codes;\n");
    shop.put("schema/src/migrations/m002_codes.rs", INTENT);
    shop.run(&[]).ends_with(0);
    shop
}

/// The same, sealed.
pub fn sealed() -> Copy {
    let shop = generated();
    shop.run(&["seal"]).ends_with(0);
    shop
}

/// A database as it is before the migration, with rows.
pub fn database(server: &Server, shop: &Copy) -> (Database, Client) {
    let history = read::history(&shop.path("")).unwrap_or_else(|faults| panic!("{faults:?}"));
    let (_, before) = read::history::entry(&shop.path(""), &history.sealed[0]).unwrap();
    let database = server.database().unwrap();
    let mut client = database.connect().unwrap();
    client.batch_execute(&build(&before).unwrap()).unwrap();
    client.batch_execute(ROWS).unwrap();
    (database, client)
}
