-- What no row can reach, and what is around it.
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE contradiction (a integer NOT NULL CHECK (a > 5), CHECK (a < 3));
CREATE TABLE after_it (b integer NOT NULL);
ALTER TABLE contradiction ADD PRIMARY KEY (a);
ALTER TABLE after_it ADD CONSTRAINT to_nothing FOREIGN KEY (b) REFERENCES contradiction;
CREATE TABLE never_sad (m mood CHECK (m <> 'sad'));
CREATE TABLE only_null (n integer CHECK (n > 5 AND n < 3));
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''never''; END';
CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TABLE refused (id integer PRIMARY KEY);
CREATE TRIGGER refuse BEFORE INSERT ON refused FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TABLE swallowed (id integer PRIMARY KEY);
CREATE TRIGGER swallow BEFORE INSERT ON swallowed FOR EACH ROW EXECUTE FUNCTION swallow();
CREATE TABLE one (id integer PRIMARY KEY, two integer NOT NULL);
CREATE TABLE two (id integer PRIMARY KEY, one integer NOT NULL REFERENCES one);
ALTER TABLE one ADD CONSTRAINT to_two FOREIGN KEY (two) REFERENCES two;
CREATE TABLE no_partition (id integer NOT NULL) PARTITION BY LIST (id);
CREATE TABLE single (id boolean PRIMARY KEY CHECK (id));
