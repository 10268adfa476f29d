CREATE TABLE target (id integer PRIMARY KEY, code text CONSTRAINT target_code UNIQUE WITH (fillfactor = 70));
CREATE UNIQUE INDEX target_lower ON target (id, code);
CREATE TABLE source (id integer, target_id integer, code text, at tsrange, size integer);
ALTER TABLE source ADD CONSTRAINT positive CHECK (size > 0) NOT VALID;
ALTER TABLE source ADD CONSTRAINT small CHECK (size < 100);
ALTER TABLE source ADD CONSTRAINT to_target FOREIGN KEY (target_id) REFERENCES target NOT VALID;
ALTER TABLE source ADD CONSTRAINT to_code FOREIGN KEY (code) REFERENCES target (code) DEFERRABLE;
ALTER TABLE source ADD CONSTRAINT alone EXCLUDE USING gist (at WITH &&) INCLUDE (size) WITH (fillfactor = 80) WHERE (size > 1);
