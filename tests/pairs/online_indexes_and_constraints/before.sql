CREATE SCHEMA "My schema";
CREATE TABLE "My schema"."Owner" (id bigint PRIMARY KEY, code text);
CREATE TABLE "My schema"."Thing" (
  "Key" bigint,
  "second ""half""" integer,
  owner bigint,
  name text,
  "a column whose name is as long as a name in PostgreSQL can be!!" integer,
  price numeric,
  old text
);
CREATE INDEX thing_old ON "My schema"."Thing" (old);
CREATE INDEX thing_name ON "My schema"."Thing" (name);
INSERT INTO "My schema"."Owner" SELECT n, 'c' || n FROM generate_series(1, 10) AS n;
INSERT INTO "My schema"."Thing" SELECT n, n, 1 + n % 10, 'n' || n, n, n, n FROM generate_series(1, 1000) AS n;
CREATE TABLE parent (a integer, b text);
CREATE TABLE heir (c integer) INHERITS (parent);
INSERT INTO parent SELECT n, n FROM generate_series(1, 10) AS n;
INSERT INTO heir SELECT n, n, n FROM generate_series(1, 10) AS n;
CREATE TABLE parts (a integer, b integer) PARTITION BY RANGE (a);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (100);
CREATE TABLE parts_2 PARTITION OF parts DEFAULT;
INSERT INTO parts SELECT n, n FROM generate_series(1, 200) AS n;
CREATE MATERIALIZED VIEW seen AS SELECT a, b FROM ONLY parent;
