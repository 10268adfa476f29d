-- postgres: 18
CREATE TABLE person (name text CONSTRAINT has_name NOT NULL, mail text, age integer CONSTRAINT has_age NOT NULL);
COMMENT ON CONSTRAINT has_name ON person IS 'called somehow';
COMMENT ON CONSTRAINT has_age ON person IS 'born';
