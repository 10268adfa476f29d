-- roles: pw_baker, pw_miller
CREATE SCHEMA mill AUTHORIZATION pw_miller;
CREATE TYPE grain AS ENUM ('rye', 'wheat');
CREATE DOMAIN weight AS numeric CHECK (VALUE > 0);
CREATE TABLE flour (id serial PRIMARY KEY, kind grain, mass weight);
CREATE SEQUENCE batch;
CREATE VIEW heavy AS SELECT id FROM flour WHERE mass > 10;
CREATE FUNCTION ground(integer, text) RETURNS integer LANGUAGE sql AS 'SELECT $1';
ALTER TABLE flour OWNER TO pw_baker;
ALTER FUNCTION ground OWNER TO pw_baker;
