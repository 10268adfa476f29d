CREATE TABLE parcel (id integer NOT NULL, label text, CONSTRAINT parcel_key PRIMARY KEY (id), CONSTRAINT known UNIQUE (label));
CREATE INDEX spot ON parcel (lower(label));
CREATE VIEW shelf AS SELECT 1 AS n;
CREATE TYPE mark AS ENUM ('a');
