CREATE SCHEMA "Back Office";
CREATE SCHEMA text;
CREATE TABLE "Back Office"."Order Lines" (
  "self" integer PRIMARY KEY, "Self" integer, "type" text NOT NULL, "_" integer, "1st" integer, "größe" integer,
  "a b" integer, "a.b" integer, "a""b" integer, "createdAt" timestamptz, "crate" text, "日本" text, "x" text
);
CREATE TABLE text.option (id integer PRIMARY KEY, "vec" text);
CREATE TABLE "Option" (id integer PRIMARY KEY, "string" text, "box" integer REFERENCES text.option);
CREATE TABLE "text" (id integer PRIMARY KEY, "name" text, other integer REFERENCES "Back Office"."Order Lines" ("self"));
CREATE TABLE "Text" (id integer PRIMARY KEY, "select" text);
CREATE TABLE project (id integer PRIMARY KEY);
CREATE TABLE lib (id integer PRIMARY KEY);
CREATE TABLE "functions" (id integer PRIMARY KEY);
CREATE TABLE "match" (id integer PRIMARY KEY, "desc" integer, "index" text);
CREATE TABLE user_profiles (id integer PRIMARY KEY);
CREATE TABLE "userProfile" (id integer PRIMARY KEY);
CREATE TABLE "---" ();
CREATE TABLE people_with_a_name_that_is_just_as_long_as_postgresql_lets_it (
  identifier_that_is_rather_long_too integer PRIMARY KEY,
  another_identifier_that_is_long integer UNIQUE CHECK (another_identifier_that_is_long > 0)
);
CREATE INDEX "desc" ON "match" ("desc" DESC);
CREATE INDEX "nulls_not_distinct" ON "match" ("index");
ALTER TABLE "match" ADD CONSTRAINT "primary_key" UNIQUE ("desc", "index");
CREATE VIEW "Back Office"."select" AS SELECT "self" AS "from", "a""b" AS "a""b", "type" FROM "Back Office"."Order Lines";
CREATE FUNCTION "Back Office"."Do It"("the type" integer, OUT "self" text) LANGUAGE sql AS $$ SELECT "the type"::text $$;
CREATE TYPE "Back Office"."Mood?" AS ENUM ('', 'Self', '1', 'a-b', 'a b', 'it''s', 'ünï', 'SELF', '"');
ALTER TABLE "Back Office"."Order Lines" ADD COLUMN mood "Back Office"."Mood?" DEFAULT 'it''s';
COMMENT ON TABLE "Back Office"."Order Lines" IS E'  leads with blanks\n\nhas ``` and */ and \\n and "quotes"#';
COMMENT ON COLUMN "Back Office"."Order Lines"."_" IS E'ends with a line end\n';
COMMENT ON COLUMN "Back Office"."Order Lines"."type" IS E'a\ttab and a \x01 sign';
COMMENT ON COLUMN "Back Office"."Order Lines"."a b" IS E'windows\r\nlines';
COMMENT ON TABLE project IS '/ begins like another comment';
