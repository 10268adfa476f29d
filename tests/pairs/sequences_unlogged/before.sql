CREATE SEQUENCE one;
CREATE UNLOGGED SEQUENCE two AS smallint;
CREATE TABLE guest (id integer);
CREATE TABLE visit (id serial);
