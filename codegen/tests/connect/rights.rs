//! A role that may not use what it reads about.

use std::collections::BTreeMap;
use std::sync::Arc;

use codegen::connect::prepare_to_read;
use codegen::kinds::{Kind, Object};
use codegen::model::Id;
use codegen::read::catalog::catalog;

use super::servers::{Listening, cluster, connect_to};

/// Of every sort that PostgreSQL prints itself, or keeps values of.
const CLOSED: &str = "
    CREATE ROLE poor LOGIN;
    CREATE SCHEMA closed;
    SET search_path = closed;
    CREATE TYPE mood AS ENUM ('glad');
    CREATE DOMAIN short AS text CHECK (length(VALUE) > 1);
    CREATE SEQUENCE counter START 5;
    CREATE TABLE things (id serial PRIMARY KEY, number int GENERATED ALWAYS AS IDENTITY, name text DEFAULT 'a' CHECK (name <> ''),
        mood mood, short short, double int GENERATED ALWAYS AS (number * 2) STORED);
    CREATE TABLE more (id int REFERENCES things) PARTITION BY RANGE (id);
    CREATE INDEX lowered ON things (lower(name)) WHERE name > 'b';
    CREATE STATISTICS numbers ON number, name FROM things;
    CREATE VIEW shown AS SELECT * FROM things;
    CREATE MATERIALIZED VIEW kept AS SELECT * FROM things;
    CREATE FUNCTION said(a text DEFAULT 'b') RETURNS text LANGUAGE sql RETURN a;
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER touched BEFORE INSERT ON things FOR EACH ROW WHEN (NEW.name <> 'c') EXECUTE FUNCTION touch();
    CREATE RULE stays AS ON DELETE TO things DO INSTEAD NOTHING;
    ALTER TABLE things ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON things USING (name = current_user);
    COMMENT ON COLUMN things.name IS 'What it is called';
    REVOKE ALL ON FUNCTION said(text) FROM PUBLIC;
    REVOKE ALL ON TYPE mood, short FROM PUBLIC";

#[test]
fn a_role_without_any_right_reads_what_its_owner_reads() {
    let server = Listening::start("closed", &cluster(), &[], &["max_locks_per_transaction=512"]);
    server.superuser().batch_execute(CLOSED).unwrap();
    let read = |user: &str| {
        let folder = server.directory.display();
        let mut client = connect_to(&format!("host={folder} port={} user={user} dbname=postgres", server.port));
        prepare_to_read(&mut client).unwrap();
        let reading = catalog(&mut client).unwrap();
        assert!(reading.hidden.is_empty() && reading.unmodelled.is_empty(), "{reading:?}");
        reading.schema
    };
    let (owner, poor) = (read("postgres"), read("poor"));
    // Owners, and what they give, are told as they stand to who reads (decision 0110).
    let is_said_alike = |(id, _): &(&Id, &Arc<Object>)| !matches!(id.kind, Kind::Owner | Kind::Ownership | Kind::Grant);
    let own: BTreeMap<_, _> = owner.iter().filter(is_said_alike).collect();
    let others: BTreeMap<_, _> = poor.iter().filter(is_said_alike).collect();
    assert_eq!(own, others);
    assert!(own.len() > 25, "{own:?}");
}
