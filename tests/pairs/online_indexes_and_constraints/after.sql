CREATE SCHEMA "My schema";
CREATE TABLE "My schema"."Owner" (id bigint PRIMARY KEY, code text, CONSTRAINT "Code" UNIQUE (code) DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "My schema"."Thing" (
  "Key" bigint,
  "second ""half""" integer,
  owner bigint NOT NULL,
  name text,
  "a column whose name is as long as a name in PostgreSQL can be!!" integer NOT NULL,
  price numeric CONSTRAINT "It's positive" CHECK (price > 0),
  old text,
  CONSTRAINT "The key" PRIMARY KEY ("Key", "second ""half""") INCLUDE (name),
  CONSTRAINT "To owner" FOREIGN KEY (owner) REFERENCES "My schema"."Owner" ON DELETE CASCADE
);
CREATE UNIQUE INDEX "Thing name" ON "My schema"."Thing" (lower(name), price DESC) WHERE price > 0;
CREATE INDEX thing_name ON "My schema"."Thing" USING hash (name);
CREATE TABLE parent (a integer NOT NULL, b text, CHECK (a > 0));
CREATE TABLE heir (c integer) INHERITS (parent);
CREATE INDEX ON heir (c);
CREATE TABLE parts (a integer, b integer NOT NULL, CHECK (b > 0)) PARTITION BY RANGE (a);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (100);
CREATE TABLE parts_2 PARTITION OF parts DEFAULT;
CREATE INDEX ON parts (b);
ALTER TABLE parts ADD UNIQUE (a, b);
CREATE MATERIALIZED VIEW seen AS SELECT a, b FROM ONLY parent;
CREATE UNIQUE INDEX seen_a ON seen (b, a);
