-- Files in which there is nothing to say, by their text alone and on the schema of `schema.sql`. Each begins with `-- file:`.
-- file: a new table with all that belongs to it
CREATE TABLE fresh (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, n int CHECK (n > 0));
CREATE INDEX fresh_n_idx ON fresh (n);
CREATE UNIQUE INDEX ON fresh (lower(name));
ALTER TABLE fresh ADD CONSTRAINT c CHECK (n < 10);
ALTER TABLE fresh ALTER COLUMN n SET NOT NULL;
ALTER TABLE fresh ADD COLUMN made timestamptz NOT NULL DEFAULT clock_timestamp();
ALTER TABLE fresh ALTER n TYPE bigint;
ALTER TABLE fresh ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON fresh USING (n > 1);
CREATE TRIGGER g BEFORE UPDATE ON fresh FOR EACH ROW EXECUTE FUNCTION touch();
INSERT INTO fresh (name) SELECT 'a' WHERE false;
UPDATE fresh SET n = 2;
DELETE FROM fresh;
TRUNCATE fresh;
COMMENT ON TABLE fresh IS 'new';
-- file: a new table and its index, one of them dropped again
CREATE TABLE fresh (a int);
CREATE INDEX fresh_a_idx ON fresh (a);
DROP INDEX fresh_a_idx;
-- file: two new tables, one of which refers to the other
BEGIN;
CREATE TABLE fresh (id int PRIMARY KEY);
CREATE TABLE friend (id int PRIMARY KEY, fresh int REFERENCES fresh (id));
CREATE INDEX ON friend (fresh);
COMMIT;
-- file: a column that may be NULL, with a limit to waiting
SET lock_timeout = '3s';
ALTER TABLE p ADD COLUMN later text;
-- file: a column with a constant, with a limit to waiting in the transaction
BEGIN;
SET LOCAL lock_timeout TO '500ms';
ALTER TABLE p ADD COLUMN later int NOT NULL DEFAULT 0;
COMMIT;
-- file: a column with a stable default, with a limit to the statement
SET statement_timeout = 5000;
ALTER TABLE p ADD COLUMN later timestamptz DEFAULT now();
-- file: an index beside running work
CREATE INDEX CONCURRENTLY IF NOT EXISTS p_name_idx ON p (name);
-- file: a constraint for new rows
SET lock_timeout = '3s';
ALTER TABLE p ADD CONSTRAINT named CHECK (name <> '') NOT VALID;
-- file: types, views, functions and settings
SET search_path = public;
CREATE TYPE colour AS ENUM ('red');
CREATE DOMAIN even AS int CHECK (VALUE % 2 = 0);
CREATE VIEW names AS SELECT name FROM p;
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n * 2';
CREATE SEQUENCE tickets;
CREATE SCHEMA aside;
RESET search_path;
-- file: rows
INSERT INTO p (id, name) SELECT 1, 'a' WHERE false;
UPDATE p SET name = 'b' WHERE id = 1;
DELETE FROM p WHERE id = 2;
SELECT count(*) FROM p;
ANALYZE p;
VACUUM p;
-- file: a table of one's own
CREATE TEMP TABLE mine AS SELECT * FROM p;
CREATE TABLE fresh AS SELECT * FROM p;
CREATE INDEX ON fresh (id);
-- file: what stands beside running work
REINDEX INDEX CONCURRENTLY t_a_idx;
-- file: words that only look like something
SELECT 'DROP TABLE p; TRUNCATE p';
COMMENT ON COLUMN p.name IS 'ALTER TABLE p DROP COLUMN name';
INSERT INTO p (id, name) SELECT 3, 'VACUUM FULL' WHERE false;
