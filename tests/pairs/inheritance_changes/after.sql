CREATE TABLE vehicle (id int NOT NULL, wheels bigint DEFAULT 3, colour text NOT NULL, added int DEFAULT 1, CONSTRAINT rolls CHECK (wheels > 1));
CREATE TABLE car (doors int) INHERITS (vehicle);
ALTER TABLE car ALTER wheels SET DEFAULT 4;
CREATE TABLE van (gone text) INHERITS (car);
CREATE TABLE bike (id int NOT NULL, wheels bigint, colour text NOT NULL, added int, CONSTRAINT rolls CHECK (wheels > 1));
ALTER TABLE bike INHERIT vehicle;
CREATE TABLE engine (power int);
