//! What such a runner can't do is done by hand before, by the statements that the files themselves name.

use postgres::Client;

use super::copy::Copy;
use super::{runner, servers, shop};

/// What a file says about doing it by hand: the comment lines behind the one that says so.
fn said(copy: &Copy, words: &str) -> (String, String) {
    let files = runner::names(&copy.path("generated/up"));
    let with = |name: &String| copy.text(&format!("generated/up/{name}")).contains(words);
    let name = files.iter().find(|name| with(name)).unwrap_or_else(|| panic!("no file says {words}"));
    let text = copy.text(&format!("generated/up/{name}"));
    let lines = text.lines().skip_while(|line| !line.contains("unless this was run by hand before")).skip(1);
    let comment: Vec<&str> = lines.map_while(|line| line.strip_prefix("--   ")).collect();
    (name.clone(), comment.join("\n"))
}

/// Runs the files that come before this one.
fn until(client: &mut Client, copy: &Copy, name: &str) {
    let folder = copy.path("generated/up");
    let count = runner::names(&folder).iter().position(|it| it == name).unwrap();
    client.batch_execute(runner::BOOK).unwrap();
    runner::run_some(client, &folder, count).unwrap();
}

fn pages(client: &mut Client, index: &str) -> u32 {
    client.query_one("SELECT relfilenode FROM pg_class WHERE oid = to_regclass($1::text)", &[&index]).unwrap().get(0)
}

const INDEX: &str = "\"By 'name'\"";

#[test]
fn an_index_that_was_made_by_hand_stays() {
    let shop = shop::generated();
    let (name, by_hand) = said(&shop, "CREATE INDEX IF NOT EXISTS");
    for server in servers::start() {
        let (_database, mut client) = shop::database(&server, &shop);
        until(&mut client, &shop, &name);
        client.batch_execute(&by_hand).unwrap();
        let made = pages(&mut client, INDEX);
        runner::run(&mut client, &shop.path("generated/up")).unwrap();
        assert_eq!(pages(&mut client, INDEX), made, "the index was made anew");
    }
}

#[test]
fn an_index_that_was_left_unfinished_is_made() {
    let shop = shop::generated();
    let (name, by_hand) = said(&shop, "CREATE UNIQUE INDEX IF NOT EXISTS");
    for server in servers::start() {
        let (_database, mut client) = shop::database(&server, &shop);
        until(&mut client, &shop, &name);
        let code = |id: u32| format!(r#"UPDATE "Parcel of ""T""" SET code = 'c{id}' WHERE id = 1"#);
        client.batch_execute(&code(2)).unwrap();
        assert!(client.batch_execute(&by_hand).is_err(), "two rows have one code");
        client.batch_execute(&code(1)).unwrap();
        runner::run(&mut client, &shop.path("generated/up")).unwrap();
        let valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = '\"One code\"'::regclass";
        assert!(client.query_one(valid, &[]).unwrap().get::<_, bool>(0));
    }
}

#[test]
fn another_index_of_that_name_is_refused() {
    let shop = shop::generated();
    let (name, _) = said(&shop, "CREATE INDEX IF NOT EXISTS");
    let others = [
        r#"CREATE INDEX "By 'name'" ON "Parcel of ""T""" ("The name") WHERE "The name" <> 'a\b'"#,
        r#"CREATE INDEX "By 'name'" ON "Parcel of ""T""" (lower("The name"))"#,
        r#"CREATE UNIQUE INDEX "By 'name'" ON "Parcel of ""T""" (lower("The name")) WHERE "The name" <> 'a\b'"#,
        r#"CREATE INDEX "By 'name'" ON "Parcel of ""T""" USING hash (lower("The name")) WHERE "The name" <> 'a\b'"#,
        r#"CREATE TABLE other (LIKE "Parcel of ""T""");
           CREATE INDEX "By 'name'" ON other (lower("The name")) WHERE "The name" <> 'a\b'"#,
        r#"CREATE TABLE "By 'name'" (id int)"#,
    ];
    for server in servers::start() {
        for other in others {
            let (_database, mut client) = shop::database(&server, &shop);
            until(&mut client, &shop, &name);
            client.batch_execute(other).unwrap();
            let (file, error) = runner::run(&mut client, &shop.path("generated/up")).expect_err(other);
            assert_eq!(file, name, "{error}");
            assert!(error.contains("is another index than this migration makes"), "{other}: {error}");
        }
    }
}

#[test]
fn rows_that_were_filled_by_hand_are_left_alone() {
    let shop = shop::generated();
    let (name, by_hand) = said(&shop, "SET code = 'c' || id\n");
    assert!(by_hand.starts_with("DO $$"), "{by_hand}");
    for server in servers::start() {
        let (_database, mut client) = shop::database(&server, &shop);
        until(&mut client, &shop, &name);
        client.batch_execute(&by_hand).unwrap();
        let query = r#"SELECT array_agg(ctid::text ORDER BY id) FROM "Parcel of ""T""" WHERE code = 'c' || id"#;
        let places: Vec<String> = client.query_one(query, &[]).unwrap().get(0);
        assert_eq!(places.len(), 35);
        runner::run(&mut client, &shop.path("generated/up")).unwrap();
        assert_eq!(client.query_one(query, &[]).unwrap().get::<_, Vec<String>>(0), places);
    }
}
