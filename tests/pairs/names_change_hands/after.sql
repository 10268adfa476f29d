CREATE TABLE crate_of_things (id integer NOT NULL, weight numeric, CONSTRAINT parcel_key PRIMARY KEY (id));
CREATE TABLE shelf (id integer, CONSTRAINT known CHECK (id > 0));
CREATE SEQUENCE spot;
CREATE VIEW mark AS SELECT 2 AS n;
