CREATE TABLE person (name text CONSTRAINT has_name NOT NULL, mail text CONSTRAINT has_mail NOT NULL);
COMMENT ON CONSTRAINT has_mail ON person IS 'else nobody can write';
