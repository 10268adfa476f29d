//! A search path on which a user's own things come before PostgreSQL's of the same name.

use codegen::scratch::{Database, Server, script};

use super::{Folder, binaries};

/// What somebody could have put in the way. Whoever calls one of the functions hears of it.
const TRICK: &str = "
    CREATE SCHEMA trick;
    CREATE FUNCTION trick.caught() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE 'a function of the user is called'; END $$;
    CREATE FUNCTION trick.lower(text) RETURNS text IMMUTABLE RETURN trick.caught();
    CREATE FUNCTION trick.length(text) RETURNS int4 IMMUTABLE RETURN trick.caught()::int4;
    CREATE FUNCTION trick.format(text) RETURNS text RETURN trick.caught();
    CREATE FUNCTION trick.format_type(oid, int4) RETURNS text RETURN trick.caught();
    CREATE FUNCTION trick.upper(text) RETURNS text RETURN trick.caught();
    CREATE FUNCTION trick.current_setting(text) RETURNS text RETURN trick.caught();
    CREATE FUNCTION trick.set_config(text, text, boolean) RETURNS text RETURN trick.caught();
    CREATE FUNCTION trick.pg_is_in_recovery() RETURNS boolean RETURN trick.caught()::boolean;
    CREATE FUNCTION trick.equal(text, text) RETURNS boolean IMMUTABLE RETURN trick.caught()::boolean;
    CREATE FUNCTION trick.equal(int4, int4) RETURNS boolean IMMUTABLE RETURN trick.caught()::boolean;
    CREATE OPERATOR trick.= (FUNCTION = trick.equal, LEFTARG = text, RIGHTARG = text);
    CREATE OPERATOR trick.= (FUNCTION = trick.equal, LEFTARG = int4, RIGHTARG = int4);
    CREATE OPERATOR trick.> (FUNCTION = trick.equal, LEFTARG = int4, RIGHTARG = int4);
    CREATE TABLE trick.pg_class (oid oid, relname name);
    CREATE TABLE trick.pg_attribute (attrelid oid);
    CREATE VIEW trick.pg_settings AS SELECT trick.caught() AS name;
    CREATE DOMAIN trick.text AS varchar(3);
    CREATE DOMAIN trick.int4 AS bigint;
    CREATE DOMAIN trick.\"numeric\" AS float8;
    CREATE TABLE trick.item (id bigint);
";

const BEFORE: &str = "
    CREATE TABLE public.item (id integer PRIMARY KEY, label text, price numeric DEFAULT 1, CHECK (length(label) > 1));
    INSERT INTO public.item VALUES (1, 'Some label', 2);
    CREATE VIEW public.cheap AS SELECT id, lower(label) AS label FROM public.item WHERE price < 5::numeric;
";

const AFTER: &str = "
    CREATE TABLE public.item (id integer PRIMARY KEY, label text NOT NULL DEFAULT 'none', price numeric(10, 2) DEFAULT 1.5, more text,
        CHECK (length(label) > 2), CONSTRAINT known CHECK (lower(label) = 'some label'), own trick.text);
    CREATE INDEX item_label ON public.item (lower(label)) WHERE label = 'Some label';
    CREATE VIEW public.cheap AS SELECT id, lower(label) AS label, more FROM public.item WHERE price < 6::numeric;
    CREATE DOMAIN public.short AS text CHECK (length(VALUE) > 1);
    CREATE FUNCTION public.twice(a text) RETURNS text LANGUAGE sql RETURN concat(lower(a), upper(a));
    CREATE FUNCTION public.sized(a public.short, b text[]) RETURNS numeric LANGUAGE sql AS 'SELECT 1::numeric';
";

const ON_THE_PATH: &str = "trick, pg_catalog, public";

fn database(server: &Server, sql: &str) -> Database {
    script::load(server, &[("trick.sql".to_owned(), TRICK.to_owned()), ("own.sql".to_owned(), sql.to_owned())]).unwrap()
}

/// Every session of the database begins with the path.
fn set_path(database: &Database, path: &str) {
    let set =
        format!("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = {path}', current_database()); END $$");
    database.connect().unwrap().batch_execute(&set).unwrap();
}

#[test]
fn nothing_that_stands_in_the_way_of_a_reader_is_called_or_taken_for_what_it_is_not() {
    let server = Server::start(&binaries()).unwrap();
    let (plain, tricked) = (database(&server, AFTER), database(&server, AFTER));
    set_path(&tricked, ON_THE_PATH);
    let url = |database: &Database| format!("{}?target_session_attrs=primary", database.url());
    let answer = Folder::new().diff(&["--from", &url(&plain), "--to", &url(&tricked)]);
    assert_eq!(answer.code, 0, "{answer:?}");
    let shown = Folder::new().diff(&["--from", &url(&database(&server, "")), "--to", &url(&tricked)]);
    for part in ["label text ", "own trick.text", "lower(label)", "price numeric(10,2)"] {
        assert!(shown.out.contains(part), "{part} is not in {}", shown.out);
    }
}

#[test]
fn scripts_mean_the_same_whatever_the_search_path_is() {
    let server = Server::start(&binaries()).unwrap();
    let (plain, tricked) = (database(&server, BEFORE), database(&server, BEFORE));
    let after = database(&server, AFTER);
    let folder = Folder::new();
    let ways = ["--up", "up.sql", "--down", "down.sql"];
    let answer = folder.diff(&[&["--from", &plain.url(), "--to", &after.url()], &ways[..]].concat());
    assert_eq!(answer.code, 0, "{answer:?}");
    for (way, reached) in [("up.sql", Some(&after)), ("down.sql", None)] {
        for (database, path) in [(&plain, "''"), (&tricked, ON_THE_PATH)] {
            let mut client = database.connect().unwrap();
            client.batch_execute(&format!("SET search_path = {path}")).unwrap();
            client.batch_execute(&folder.text(way)).unwrap_or_else(|error| panic!("{way} under {path}: {error:?}"));
        }
        let answer = folder.diff(&["--from", &plain.url(), "--to", &tricked.url()]);
        assert_eq!(answer.code, 0, "{way}: {answer:?}");
        if let Some(reached) = reached {
            let answer = folder.diff(&["--from", &tricked.url(), "--to", &reached.url()]);
            assert_eq!(answer.code, 0, "{way}: {answer:?}");
        }
    }
}
