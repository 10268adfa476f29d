CREATE TABLE vehicle (id int NOT NULL, wheels int DEFAULT 4, colour text, gone text, CONSTRAINT rolls CHECK (wheels > 0));
CREATE TABLE car (doors int) INHERITS (vehicle);
CREATE TABLE van (gone text) INHERITS (car);
CREATE TABLE bike (id int NOT NULL, wheels int, colour text, gone text);
CREATE TABLE engine (power int);
