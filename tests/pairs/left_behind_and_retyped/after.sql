CREATE TABLE vehicles (id integer);
CREATE TABLE trucks (weight bigint NOT NULL DEFAULT 1) INHERITS (vehicles);
