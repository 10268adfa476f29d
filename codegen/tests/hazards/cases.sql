-- What is there in every case. `-- case:` names a rule; below it stands what is there besides. Below `-- after` is what
-- makes the rule speak (`-- rename:` says what it renames), below `-- near` what is like it and does not.
-- roles: hazard_reader
CREATE TYPE mood AS ENUM ('sad', 'glad', 'calm');
CREATE DOMAIN short AS text CHECK (length(VALUE) < 20);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE p (id integer PRIMARY KEY, name text);
CREATE TABLE "Odd ""T""" (id integer PRIMARY KEY, "A b" text, pid integer, k text);
-- case: table-dropped
-- after
DROP TABLE "Odd ""T""";
-- near
ALTER TABLE "Odd ""T""" DROP k;
-- case: column-dropped
-- after
ALTER TABLE "Odd ""T""" DROP "A b";
-- near
DROP TABLE "Odd ""T""";
-- case: values-narrowed
-- after
ALTER TABLE p ALTER name TYPE varchar(3);
-- near
ALTER TABLE p ALTER name TYPE varchar;
-- case: enum-value-removed
-- after
DROP TYPE mood; CREATE TYPE mood AS ENUM ('sad', 'calm');
-- near
ALTER TYPE mood ADD VALUE 'new';
-- case: sequence-dropped
CREATE SEQUENCE sq;
-- after
DROP SEQUENCE sq;
-- near
ALTER SEQUENCE sq INCREMENT 2;
-- case: table-unlogged
-- after
ALTER TABLE "Odd ""T""" SET UNLOGGED;
-- near
ALTER TABLE "Odd ""T""" SET (fillfactor = 50);
-- case: deletes-propagate
ALTER TABLE "Odd ""T""" ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p;
-- after
ALTER TABLE "Odd ""T""" DROP CONSTRAINT fk, ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p ON DELETE CASCADE;
-- near
ALTER TABLE "Odd ""T""" DROP CONSTRAINT fk, ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p ON DELETE RESTRICT;
-- case: deletes-empty-values
ALTER TABLE "Odd ""T""" ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p;
-- after
ALTER TABLE "Odd ""T""" DROP CONSTRAINT fk, ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p ON DELETE SET NULL;
-- near
ALTER TABLE "Odd ""T""" DROP CONSTRAINT fk, ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p ON DELETE CASCADE;
-- case: rollback-incomplete
ALTER TABLE p ADD code text NOT NULL;
-- after
ALTER TABLE p DROP code;
-- near
ALTER TABLE p DROP name;
-- case: rollback-destroys-data
-- after
ALTER TABLE p ADD x text;
-- near
CREATE INDEX i ON p (name);
-- case: column-required-without-value
-- after
ALTER TABLE p ADD x text NOT NULL;
-- near
ALTER TABLE p ADD x text NOT NULL DEFAULT 'a';
-- case: not-null-on-existing
-- after
ALTER TABLE p ALTER name SET NOT NULL;
-- near
ALTER TABLE p ALTER name SET DEFAULT 'a';
-- case: unique-on-existing
-- after
CREATE UNIQUE INDEX i ON p (name);
-- near
CREATE TABLE n (a integer UNIQUE);
-- case: primary-key-on-existing
CREATE TABLE bare (id integer NOT NULL);
-- after
ALTER TABLE bare ADD PRIMARY KEY (id);
-- near
CREATE TABLE n (a integer PRIMARY KEY);
-- case: check-on-existing
-- after
ALTER TABLE "Odd ""T""" ADD CONSTRAINT c CHECK ("A b" <> '');
-- near
ALTER TABLE "Odd ""T""" ADD CONSTRAINT c CHECK ("A b" <> '') NOT VALID;
-- case: foreign-key-on-existing
-- after
ALTER TABLE "Odd ""T""" ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p;
-- near
ALTER TABLE "Odd ""T""" ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p NOT VALID;
-- case: exclusion-on-existing
-- after
ALTER TABLE p ADD CONSTRAINT ex EXCLUDE USING btree (name WITH =);
-- near
CREATE TABLE n (a integer, EXCLUDE USING btree (a WITH =));
-- case: constraint-validated
ALTER TABLE p ADD CONSTRAINT c CHECK (id > 0) NOT VALID;
-- after
ALTER TABLE p VALIDATE CONSTRAINT c;
-- near
ALTER TABLE p DROP CONSTRAINT c;
-- case: type-changed-on-existing
-- after
ALTER TABLE p ALTER name TYPE integer USING name::integer;
-- near
ALTER TABLE p ALTER id TYPE bigint;
-- case: domain-stricter
-- after
ALTER DOMAIN short ADD CONSTRAINT c CHECK (VALUE <> '');
-- near
ALTER DOMAIN short SET DEFAULT 'a';
-- case: partition-attached
CREATE TABLE pt (id integer) PARTITION BY RANGE (id); CREATE TABLE pt_1 (id integer);
-- after
ALTER TABLE pt ATTACH PARTITION pt_1 FOR VALUES FROM (1) TO (2);
-- near
CREATE TABLE pt_2 PARTITION OF pt FOR VALUES FROM (1) TO (2);
-- case: enum-value-used-at-once
-- after
ALTER TYPE mood ADD VALUE 'new'; ALTER TABLE p ADD m mood; COMMIT; ALTER TABLE p ALTER m SET DEFAULT 'new';
-- near
ALTER TYPE mood ADD VALUE 'new';
-- case: index-built-under-lock
-- after
CREATE INDEX i ON "Odd ""T""" ("A b");
-- near
CREATE TABLE n (a integer); CREATE INDEX i ON n (a);
-- case: index-dropped-under-lock
CREATE INDEX i ON "Odd ""T""" ("A b");
-- after
DROP INDEX i;
-- near
DROP TABLE "Odd ""T""";
-- case: key-built-under-lock
-- after
ALTER TABLE "Odd ""T""" ADD CONSTRAINT "U q" UNIQUE ("A b");
-- near
CREATE TABLE n (a integer UNIQUE);
-- case: check-validated-under-lock
-- after
ALTER TABLE p ADD CONSTRAINT c CHECK (id > 0);
-- near
ALTER TABLE p ADD CONSTRAINT c CHECK (id > 0) NOT VALID;
-- case: foreign-key-validated-under-lock
-- after
ALTER TABLE "Odd ""T""" ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p;
-- near
ALTER TABLE "Odd ""T""" ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p NOT VALID;
-- case: not-null-validated-under-lock
-- after
ALTER TABLE p ALTER name SET NOT NULL;
-- near
ALTER TABLE p ADD x text NOT NULL DEFAULT '';
-- case: exclusion-built-under-lock
-- after
ALTER TABLE p ADD CONSTRAINT ex EXCLUDE USING btree (name WITH =);
-- near
CREATE TABLE n (a integer, EXCLUDE USING btree (a WITH =));
-- case: domain-locks-tables
ALTER TABLE p ADD s short;
-- after
ALTER DOMAIN short ADD CONSTRAINT c CHECK (VALUE <> '');
-- near
ALTER DOMAIN short ADD CONSTRAINT c CHECK (VALUE <> '') NOT VALID;
-- case: foreign-key-drop-locks-referenced
ALTER TABLE "Odd ""T""" ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p;
-- after
ALTER TABLE "Odd ""T""" DROP CONSTRAINT fk;
-- near
ALTER TABLE "Odd ""T""" ALTER CONSTRAINT fk DEFERRABLE;
-- case: table-drop-locks-referenced
ALTER TABLE "Odd ""T""" ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p;
-- after
DROP TABLE "Odd ""T""";
-- near
ALTER TABLE p DROP name;
-- case: new-table-locks-referenced
-- after
CREATE TABLE n (pid integer REFERENCES p);
-- near
CREATE TABLE n (pid integer);
-- case: partition-attach-locks
CREATE TABLE pt (id integer) PARTITION BY RANGE (id); CREATE TABLE pt_1 (id integer); CREATE TABLE pt_d PARTITION OF pt DEFAULT;
-- after
ALTER TABLE pt ATTACH PARTITION pt_1 FOR VALUES FROM (1) TO (2);
-- near
ALTER TABLE pt ADD x text;
-- case: partition-detach-locks
CREATE TABLE pt (id integer) PARTITION BY RANGE (id); CREATE TABLE pt_1 PARTITION OF pt FOR VALUES FROM (1) TO (2);
-- after
ALTER TABLE pt DETACH PARTITION pt_1;
-- near
DROP TABLE pt_1;
-- case: trigger-locks
-- after
CREATE TRIGGER g BEFORE UPDATE ON p FOR EACH ROW EXECUTE FUNCTION touch();
-- near
CREATE TABLE n (a integer); CREATE TRIGGER g BEFORE UPDATE ON n FOR EACH ROW EXECUTE FUNCTION touch();
-- case: row-security-locks
-- after
CREATE POLICY y ON p USING (id > 0);
-- near
CREATE TABLE n (a integer); CREATE POLICY y ON n USING (a > 0);
-- case: not-online
-- online
CREATE INDEX oi ON p (name);
-- after
DROP INDEX oi; CREATE INDEX oi ON p (name, id);
-- near
CREATE INDEX oj ON p (name, id);
-- case: work-under-exclusive-lock
ALTER TABLE "Odd ""T""" ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p;
-- after
ALTER TABLE "Odd ""T""" DROP CONSTRAINT fk; ALTER TABLE p ALTER id TYPE bigint; ALTER TABLE "Odd ""T""" ALTER pid TYPE bigint;
ALTER TABLE "Odd ""T""" ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p;
-- near
CREATE INDEX i ON "Odd ""T""" ("A b");
-- case: many-tables-locked
CREATE TABLE a (x text); CREATE TABLE b (x text); CREATE TABLE c (x text);
-- after
ALTER TABLE a DROP x; ALTER TABLE b DROP x; ALTER TABLE c DROP x; ALTER TABLE p DROP name;
-- near
ALTER TABLE a DROP x; ALTER TABLE b DROP x;
-- case: materialized-view-refilled
CREATE MATERIALIZED VIEW m AS SELECT id FROM p;
-- after
DROP MATERIALIZED VIEW m; CREATE MATERIALIZED VIEW m AS SELECT id + 1 AS id FROM p;
-- near
CREATE MATERIALIZED VIEW m2 AS SELECT id FROM p;
-- case: volatile-default-rewrites
-- after
ALTER TABLE p ADD x uuid DEFAULT gen_random_uuid();
-- near
ALTER TABLE p ADD x timestamptz DEFAULT now();
-- case: identity-rewrites
-- after
ALTER TABLE p ADD x integer GENERATED ALWAYS AS IDENTITY;
-- near
ALTER TABLE p ALTER id ADD GENERATED ALWAYS AS IDENTITY;
-- case: stored-generated-rewrites
-- after
ALTER TABLE p ADD x integer GENERATED ALWAYS AS (id * 2) STORED;
-- near
ALTER TABLE p ADD x integer DEFAULT 2;
-- case: domain-column-rewrites
CREATE DOMAIN free AS text;
-- after
ALTER TABLE p ADD x short;
-- near
ALTER TABLE p ADD x free;
-- case: type-change-rewrites
-- after
ALTER TABLE p ALTER id TYPE bigint;
-- near
ALTER TABLE p ALTER name TYPE varchar;
-- case: storage-change-rewrites
-- after
ALTER TABLE "Odd ""T""" SET UNLOGGED;
-- near
ALTER TABLE "Odd ""T""" SET (fillfactor = 50);
-- case: relation-dropped
CREATE VIEW v AS SELECT id FROM p;
-- after
DROP VIEW v;
-- near
CREATE OR REPLACE VIEW v AS SELECT id, name FROM p;
-- case: column-dropped-in-use
-- after
ALTER TABLE p DROP name;
-- near
DROP TABLE "Odd ""T""";
-- case: routine-dropped
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- after
DROP FUNCTION f();
-- near
CREATE OR REPLACE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 2';
-- case: renamed
-- rename: column public.p.name to title
CREATE INDEX i ON p (name);
-- after
ALTER TABLE p RENAME name TO title;
-- near
ALTER INDEX i RENAME TO j;
-- case: not-null-added
-- after
ALTER TABLE p ALTER name SET NOT NULL;
-- near
ALTER TABLE p ALTER name SET NOT NULL, ALTER name SET DEFAULT 'a';
-- case: required-column-added
-- after
ALTER TABLE p ADD x text NOT NULL;
-- near
ALTER TABLE p ADD x text NOT NULL DEFAULT 'a';
-- case: not-null-dropped
ALTER TABLE p ALTER name SET NOT NULL;
-- after
ALTER TABLE p ALTER name DROP NOT NULL;
-- near
ALTER TABLE p DROP name;
-- case: default-dropped
ALTER TABLE p ALTER name SET DEFAULT 'a';
-- after
ALTER TABLE p ALTER name DROP DEFAULT;
-- near
ALTER TABLE p ALTER name SET DEFAULT 'b';
-- case: type-changed-in-use
-- after
ALTER TABLE p ALTER id TYPE bigint;
-- near
ALTER TABLE p ALTER name TYPE text COLLATE "C";
-- case: conflict-target-changed
CREATE UNIQUE INDEX i ON "Odd ""T""" ("A b", lower(k));
-- after
DROP INDEX i;
-- near
DROP TABLE "Odd ""T""";
-- case: enum-value-added
-- after
ALTER TYPE mood ADD VALUE 'new';
-- near
ALTER TABLE p ADD m mood;
-- case: view-columns-changed
CREATE VIEW v AS SELECT id FROM p;
-- after
CREATE OR REPLACE VIEW v AS SELECT id, name FROM p;
-- near
CREATE OR REPLACE VIEW v AS SELECT id FROM p WHERE id > 0;
-- case: row-security-disabled
ALTER TABLE "Odd ""T""" ENABLE ROW LEVEL SECURITY;
-- after
ALTER TABLE "Odd ""T""" DISABLE ROW LEVEL SECURITY;
-- near
DROP TABLE "Odd ""T""";
-- case: row-security-unforced
ALTER TABLE p ENABLE ROW LEVEL SECURITY; ALTER TABLE p FORCE ROW LEVEL SECURITY;
-- after
ALTER TABLE p NO FORCE ROW LEVEL SECURITY;
-- near
CREATE POLICY y ON p USING (id > 0);
-- case: restrictive-policy-dropped
CREATE POLICY y ON p AS RESTRICTIVE USING (id > 0); CREATE POLICY z ON p USING (id > 0);
-- after
DROP POLICY y ON p;
-- near
DROP POLICY z ON p;
-- case: permissive-policy-added
-- after
CREATE POLICY y ON p USING (id > 0);
-- near
CREATE POLICY y ON p AS RESTRICTIVE USING (id > 0);
-- case: policy-changed
CREATE POLICY y ON p USING (id > 0);
-- after
ALTER POLICY y ON p USING (id > 1);
-- near
DROP POLICY y ON p;
-- case: grant-to-public
-- after
GRANT SELECT ON "Odd ""T""" TO PUBLIC;
-- near
GRANT SELECT ON "Odd ""T""" TO hazard_reader;
-- case: default-privileges-to-public
-- after
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
-- near
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO hazard_reader;
-- case: grant-widened
-- after
GRANT SELECT ON p TO hazard_reader;
-- near
CREATE TABLE n (a integer); GRANT SELECT ON n TO hazard_reader;
-- case: trigger-disabled
CREATE TRIGGER g BEFORE UPDATE ON p FOR EACH ROW EXECUTE FUNCTION touch();
-- after
ALTER TABLE p DISABLE TRIGGER g;
-- near
ALTER TABLE p ENABLE ALWAYS TRIGGER g;
-- case: privilege-revoked
GRANT SELECT, INSERT ON p TO hazard_reader;
-- after
REVOKE INSERT ON p FROM hazard_reader;
-- near
GRANT DELETE ON p TO hazard_reader;
-- case: definer-without-search-path
-- after
CREATE FUNCTION f() RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
-- near
CREATE FUNCTION f() RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT 1';
-- case: view-loses-security-invoker
-- postgres: 15
CREATE VIEW v WITH (security_invoker = true) AS SELECT id FROM p;
-- after
ALTER VIEW v SET (security_invoker = false);
-- near
ALTER VIEW v SET (security_barrier = true);
-- case: owner-changed
-- after
ALTER TABLE p OWNER TO hazard_reader;
-- near
CREATE TABLE n (a integer); ALTER TABLE n OWNER TO hazard_reader;
-- case: foreign-key-without-index
-- after
ALTER TABLE "Odd ""T""" ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p;
-- near
ALTER TABLE "Odd ""T""" ADD CONSTRAINT fk FOREIGN KEY (pid) REFERENCES p; CREATE INDEX i ON "Odd ""T""" (pid, k);
-- case: index-redundant
CREATE INDEX i ON p (name, id);
-- after
CREATE INDEX j ON p (name);
-- near
CREATE INDEX j ON p (name) WHERE id > 0;
-- case: index-dropped
CREATE INDEX i ON p (name);
-- after
DROP INDEX i;
-- near
ALTER INDEX i RENAME TO j;
-- case: statistics-lost
-- after
ALTER TABLE p ALTER id TYPE bigint;
-- near
ALTER TABLE p ALTER id SET STATISTICS 50;
-- case: row-trigger-added
-- after
CREATE TRIGGER g BEFORE UPDATE ON p FOR EACH ROW EXECUTE FUNCTION touch();
-- near
CREATE TRIGGER g BEFORE UPDATE ON p FOR EACH STATEMENT EXECUTE FUNCTION touch();
-- case: replica-identity-changed
-- after
ALTER TABLE p REPLICA IDENTITY FULL;
-- near
CREATE TABLE n (a integer); ALTER TABLE n REPLICA IDENTITY FULL;
-- case: extension-changed
CREATE EXTENSION btree_gist;
-- after
DROP EXTENSION btree_gist;
-- near
CREATE EXTENSION btree_gin;
-- case: kept-by-copying
-- policy: retained
-- after
ALTER TABLE "Odd ""T""" DROP "A b";
-- near
ALTER TABLE "Odd ""T""" ADD more integer;
