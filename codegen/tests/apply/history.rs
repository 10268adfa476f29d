//! A database that another runner uses too, which notes what it has applied in `migration_history`.

use super::fixture::{Project, applied, database, value};

const APPLY: [&str; 2] = ["apply", "--no-verify"];

fn project() -> Project {
    Project::new(&[
        ("CREATE TABLE first (id int);", "DROP TABLE first;"),
        ("CREATE TABLE second (id int);", "DROP TABLE second;"),
    ])
}

#[test]
fn what_the_other_runner_has_applied_is_not_applied_again_and_it_is_told_of_the_rest() {
    for (book, entry, next) in [
        (
            "(id serial PRIMARY KEY, filename varchar(255) NOT NULL UNIQUE, executed_at timestamptz NOT NULL)",
            "011_step.sql",
            "012_step.sql",
        ),
        ("(name text PRIMARY KEY, success bool NOT NULL)", "011_step", "012_step"),
        ("(version int PRIMARY KEY, applied_at timestamptz DEFAULT now())", "11", "12"),
    ] {
        let (database, mut client) =
            database(&format!("CREATE TABLE migration_history {book}; CREATE TABLE first (id int);"));
        let column: String = value(
            &mut client,
            "SELECT attname::text FROM pg_attribute WHERE attrelid = 'migration_history'::regclass AND attname IN ('filename', 'name', 'version')",
        );
        let line = match column.as_str() {
            "filename" => format!("INSERT INTO migration_history (filename, executed_at) VALUES ('{entry}', now())"),
            "name" => format!("INSERT INTO migration_history VALUES ('{entry}', true), ('012_step', false)"),
            _ => format!("INSERT INTO migration_history VALUES ('{entry}')"),
        };
        client.batch_execute(&line).unwrap();
        let project = project();
        project.run(&database.url(), &["status"]).ends_with(2).tells("011_step  applied, says migration_history");
        if column == "name" {
            // One that failed there is noted there already, and its own runner decides on that line.
            client.batch_execute("DELETE FROM migration_history WHERE NOT success").unwrap();
        }
        project
            .run(&database.url(), &APPLY)
            .ends_with(0)
            .tells("noted as applied by the other runner: 011_step")
            .tells("applied: 012_step");
        assert_eq!(applied(&mut client), [11, 12]);
        let noted = format!("SELECT {column}::text FROM migration_history ORDER BY 1 DESC LIMIT 1");
        assert_eq!(value::<String>(&mut client, &noted), next);
        project.run(&database.url(), &["rollback", "--no-verify"]).ends_with(0).tells("rolled back: 012_step");
        assert_eq!(value::<String>(&mut client, &noted), entry);
    }
}

#[test]
fn a_book_that_wants_more_than_we_know_is_left_alone_and_that_is_said() {
    let (database, mut client) =
        database("CREATE TABLE migration_history (name text PRIMARY KEY, checksum text NOT NULL)");
    project().run(&database.url(), &APPLY).ends_with(0).tells("wants a value for its column checksum");
    assert_eq!(value::<i64>(&mut client, "SELECT count(*) FROM migration_history"), 0);
    assert_eq!(applied(&mut client), [11, 12]);
}
