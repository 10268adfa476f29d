-- postgres: 15
CREATE UNLOGGED SEQUENCE one;
CREATE SEQUENCE two AS integer;
CREATE UNLOGGED SEQUENCE three;
-- It keeps its log, though it comes to be owned by a table that loses its own.
CREATE UNLOGGED TABLE guest (id integer);
CREATE SEQUENCE guests;
ALTER SEQUENCE guests OWNED BY guest.id;
CREATE UNLOGGED TABLE visit (id serial);
