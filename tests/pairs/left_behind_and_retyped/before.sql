-- The parent's column goes, and that of the heir stays with another type.
CREATE TABLE vehicles (id integer, weight integer);
CREATE TABLE trucks () INHERITS (vehicles);
