CREATE EXTENSION btree_gist;
CREATE EXTENSION pg_trgm;
CREATE TABLE rooms (
  building text, number integer, name varchar(80) NOT NULL UNIQUE, floor integer, code char(4),
  CONSTRAINT rooms_key PRIMARY KEY (building, number) INCLUDE (name),
  UNIQUE (floor, name), CONSTRAINT one_code UNIQUE (code), UNIQUE (number) DEFERRABLE INITIALLY DEFERRED,
  CHECK (floor > 0), CONSTRAINT "even floors" CHECK (floor % 2 = 0 AND (number > 0)) NO INHERIT
);
CREATE TABLE bookings (
  id integer PRIMARY KEY, building text NOT NULL, number integer NOT NULL, during tstzrange NOT NULL, parent integer REFERENCES bookings ON DELETE SET NULL,
  second integer CONSTRAINT "the other" REFERENCES bookings ON UPDATE CASCADE DEFERRABLE, code varchar(4), text_code text,
  FOREIGN KEY (building, number) REFERENCES rooms ON DELETE CASCADE, FOREIGN KEY (parent) REFERENCES bookings,
  CONSTRAINT apart EXCLUDE USING gist (building WITH =, number WITH =, during WITH &&) WHERE (id > 0) DEFERRABLE,
  FOREIGN KEY (text_code) REFERENCES rooms (name), FOREIGN KEY (code) REFERENCES rooms (code), UNIQUE (parent, id)
);
CREATE TABLE parts (booking integer, parent integer, FOREIGN KEY (booking, parent) REFERENCES bookings (id, parent) MATCH FULL ON DELETE SET NULL);
CREATE UNIQUE INDEX rooms_lower ON rooms (lower(name), COALESCE(floor, 0)) WHERE name <> '';
CREATE INDEX rooms_order ON rooms (floor DESC NULLS LAST, name COLLATE "C" text_pattern_ops, code NULLS FIRST) INCLUDE (building) WITH (fillfactor = 70);
CREATE INDEX rooms_words ON rooms USING gin (name gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX bookings_during ON bookings USING gist (during);
COMMENT ON CONSTRAINT rooms_key ON rooms IS 'the "key"';
COMMENT ON CONSTRAINT "the other" ON bookings IS 'another one';
COMMENT ON CONSTRAINT apart ON bookings IS 'one at a time';
COMMENT ON CONSTRAINT "even floors" ON rooms IS 'odd ones are dark';
COMMENT ON INDEX rooms_words IS E'two\nlines';
